package transport

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"rollcall/client/account"
	"rollcall/client/redact"
	"rollcall/client/service"
	"rollcall/client/text"
)

const (
	// shownBody is how many bytes of a body are shown.
	shownBody = 4 << 10
	// indentedBody is the largest body, in bytes, whose JSON is indented.
	indentedBody = 64 << 10
	// shownHeaders is how many headers of an answer are shown.
	shownHeaders = 60
)

// NewExchange describes a request and its answer without anything secret.
// header and body are those of the answer, and nil where none came. redactor
// replaces the credential in a text.
func NewExchange(req *http.Request, header http.Header, body []byte, redactor func(string) string) *account.Exchange {
	e := &account.Exchange{
		Method:  req.Method,
		URL:     text.Harmless(redactor(redact.Address(req.URL))),
		Request: requestLines(req.Header, redactor),
	}
	for _, name := range slices.Sorted(maps.Keys(header)) {
		if telling(name) {
			for _, value := range header[name] {
				e.Response = append(e.Response, headerLine(name, value, redactor))
			}
		}
	}
	if more := len(e.Response) - shownHeaders; more > 0 {
		e.Response = append(slices.Clone(e.Response[:shownHeaders]), fmt.Sprintf("… and %d more", more))
	}
	e.Body, e.Clipped = bodyLines(body, redactor)
	return e
}

// requestLines lists the headers of a request. Only the headers that say
// nothing about the credential have their values; any other may carry it.
func requestLines(h http.Header, redactor func(string) string) (lines []string) {
	for _, name := range slices.Sorted(maps.Keys(h)) {
		switch name {
		case "Accept", "Accept-Encoding", "Content-Type", "User-Agent":
			lines = append(lines, headerLine(name, h.Get(name), redactor))
		default:
			lines = append(lines, name+": "+redact.Mark)
		}
	}
	return lines
}

// tellingHeaders are the headers of an answer that help to find a fault.
var tellingHeaders = []string{
	"Age", "Cache-Control", "Cf-Ray", "Content-Encoding", "Content-Length", "Content-Type", "Date",
	"Location", "Retry-After", "Server", "Via", "Www-Authenticate", "X-Cache", "X-Retry-After",
}

// telling reports whether a header of an answer helps to find a fault.
func telling(name string) bool {
	lower := strings.ToLower(name)
	return slices.Contains(tellingHeaders, name) || strings.Contains(lower, "ratelimit") ||
		strings.Contains(lower, "rate-limit") || strings.HasSuffix(lower, "request-id") ||
		strings.HasSuffix(lower, "correlation-id") || strings.HasSuffix(lower, "trace-id")
}

// headerLine is one header on one line.
func headerLine(name, value string, redactor func(string) string) string {
	if name == "Location" {
		// The query of a redirect often holds a secret, of which the path can have a part.
		u, err := url.Parse(value)
		if err != nil {
			return name + ": " + redact.Mark
		}
		value = redact.Address(u)
	}
	return text.Harmless(text.Bound(redactor(name), text.MaxFact) + ": " + text.Bound(redact.Beginning(value, redactor), text.MaxFact))
}

// bodyLines returns the beginning of a body as lines fit for a screen. clipped
// is set where the body is longer.
func bodyLines(body []byte, redactor func(string) string) (lines []string, clipped bool) {
	body = service.TrimBody(body)
	if len(body) <= indentedBody && json.Valid(body) {
		var b bytes.Buffer
		if json.Indent(&b, body, "", "  ") == nil {
			body = b.Bytes()
		}
	}
	// Twice the limit is searched, since secrets can be longer than their mark.
	most := min(len(body), 2*shownBody)
	words := string(body[:most])
	if clipped = most < len(body); clipped {
		words = redact.Beginning(words, redactor)
	} else {
		words = redactor(words)
	}
	if words = withoutSecretKeys(words); clipped || len(words) > shownBody {
		clipped = true
		words = strings.ToValidUTF8(words[:min(len(words), shownBody)], "")
	}
	if words == "" {
		return nil, clipped
	}
	words = strings.ReplaceAll(words, "\r\n", "\n")
	for line := range strings.SplitSeq(words, "\n") {
		lines = append(lines, text.Harmless(text.BoundMarks(line)))
	}
	return lines, clipped
}
