package client

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

const (
	// shownBody is how many bytes of an answer an exchange keeps.
	shownBody = 4 << 10
	// indentedBody is up to which size JSON is laid out for people.
	indentedBody = 64 << 10
	// keptExchanges is for how many checks of a profile they are kept.
	keptExchanges = 10
	// shownHeaders is how many headers of an answer are kept.
	shownHeaders = 60
)

// newExchange is what went over the wire, without anything secret. The
// answer's header is nil where none came.
func newExchange(req *http.Request, header http.Header, body []byte, r redaction) *Exchange {
	e := &Exchange{
		Method:  req.Method,
		URL:     r.text(withoutQuery(req.URL)),
		Request: requestLines(req.Header, r),
	}
	for _, name := range slices.Sorted(maps.Keys(header)) {
		if telling(name) {
			for _, value := range header[name] {
				e.Response = append(e.Response, headerLine(name, value, r))
			}
		}
	}
	if more := len(e.Response) - shownHeaders; more > 0 {
		e.Response = append(slices.Clone(e.Response[:shownHeaders]), fmt.Sprintf("… and %d more", more))
	}
	e.Body, e.Clipped = bodyLines(body, r)
	return e
}

// requestLines tells the headers that rollcall itself chose. All others carry
// the credential, of which only the name is told.
func requestLines(h http.Header, r redaction) (lines []string) {
	for _, name := range slices.Sorted(maps.Keys(h)) {
		switch name {
		case "Accept", "Content-Type", "User-Agent":
			lines = append(lines, headerLine(name, h.Get(name), r))
		default:
			lines = append(lines, name+": "+redacted)
		}
	}
	return lines
}

// tellingHeaders are those of an answer that help to find out what happened.
var tellingHeaders = []string{
	"Age", "Cache-Control", "Cf-Ray", "Content-Encoding", "Content-Length", "Content-Type", "Date",
	"Location", "Retry-After", "Server", "Via", "Www-Authenticate", "X-Cache", "X-Retry-After",
}

// telling reports whether a header of an answer is worth being shown.
func telling(name string) bool {
	lower := strings.ToLower(name)
	return slices.Contains(tellingHeaders, name) || strings.Contains(lower, "ratelimit") ||
		strings.Contains(lower, "rate-limit") || strings.HasSuffix(lower, "request-id") ||
		strings.HasSuffix(lower, "correlation-id") || strings.HasSuffix(lower, "trace-id")
}

// headerLine is one header on one line.
func headerLine(name, value string, r redaction) string {
	if name == "Location" {
		// The query of such an address often holds a secret.
		u, err := url.Parse(value)
		if err != nil {
			return name + ": " + redacted
		}
		value = withoutQuery(u)
	}
	return Printable(bound(name, maxFact) + ": " + bound(r.text(value), maxFact))
}

// withoutQuery is an address without what may be secret in it.
func withoutQuery(u *url.URL) string {
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// bodyLines is the beginning of a body as lines fit for a screen.
func bodyLines(body []byte, r redaction) (lines []string, clipped bool) {
	body = trimBody(body)
	if len(body) <= indentedBody && json.Valid(body) {
		var b bytes.Buffer
		if json.Indent(&b, body, "", "  ") == nil {
			body = b.Bytes()
		}
	}
	// Enough to hold as a whole every secret that begins in what is shown.
	most := min(len(body), shownBody+r.longest)
	cut := ""
	if most < len(body) {
		// The sign by which the beginning of a secret is looked for at the end.
		cut = "…"
	}
	text := r.keys(strings.TrimSuffix(r.text(string(body[:most])+cut), cut))
	if clipped = cut != "" || len(text) > shownBody; clipped {
		text = strings.ToValidUTF8(text[:min(len(text), shownBody)], "")
	}
	if text == "" {
		return nil, clipped
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, Printable(boundMarks(line)))
	}
	return lines, clipped
}

// redaction takes secrets out of what is shown of an exchange.
type redaction struct {
	// text replaces the credential itself.
	text func(string) string
	// longest is how long the credential can be in any form, in bytes.
	longest int
}

func newRedaction(username, secret string) redaction {
	// Escaped in JSON, a byte takes six.
	return redaction{newRedactor(username, secret), 6 * (len(username) + len(secret) + 1)}
}

const secretWords = `(?:token|secret|password|passwd|passphrase|pwd|api[_-]?key|private[_-]?key|access[_-]?key|` +
	`credentials?|authorization|cookie|session|signature|macaroon)s?`

// jsonString is a text in JSON, which may be cut off.
const jsonString = `"(?:[^"\\]|\\.)*(?:"|\\?$)`

var (
	// secretKey is a key of JSON that holds a secret with its text, secretList
	// one with a list of texts.
	secretKey  = regexp.MustCompile(`(?i)(` + secretWords + `"\s*:\s*)` + jsonString)
	secretList = regexp.MustCompile(`(?i)(` + secretWords + `"\s*:\s*\[\s*)` + jsonString + `(?:\s*,\s*` + jsonString + `)*`)
	// secretParameter is one of a form or an address.
	secretParameter = regexp.MustCompile(`(?i)(` + secretWords + `=)[^&\s"'<>]+`)
)

// keys replaces what is secret by the name of its key, whosever it is.
func (redaction) keys(text string) string {
	text = secretKey.ReplaceAllString(text, `${1}"`+redacted+`"`)
	text = secretList.ReplaceAllString(text, `${1}"`+redacted+`"`)
	return secretParameter.ReplaceAllString(text, "${1}"+redacted)
}
