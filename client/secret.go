package client

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// secret resolves the credential of the profile. The diagnosis has a state
// where there is none that could be sent.
func (c *Client) secret(ctx context.Context) (secret, warning string, d Diagnosis) {
	secret, warning, err := c.profile.Credential.Resolve(ctx)
	if err != nil {
		d = Diagnosis{State: CredentialMissing, Explanation: sentence(err.Error())}
		if r, ok := errors.AsType[interface {
			error
			Remedy() string
		}](err); ok {
			d.Remedy = Capitalized(r.Remedy())
		}
		return "", warning, d
	}
	source := c.profile.Credential.Source()
	if strings.TrimSpace(secret) == "" {
		return "", warning, Diagnosis{
			State:       CredentialMissing,
			Explanation: "The credential (" + source + ") is empty.",
			Remedy:      "Put the token or password there.",
		}
	}
	if strings.ContainsFunc(secret, unicode.IsControl) {
		return "", warning, Diagnosis{
			State:       CredentialMissing,
			Explanation: "The credential (" + source + ") holds a line break or control character, which no request can carry.",
			Remedy:      "Store the credential alone, on one line.",
		}
	}
	return secret, warning, Diagnosis{}
}

// sentence makes one of the text of an error.
func sentence(s string) string {
	if last, _ := utf8.DecodeLastRuneInString(s); unicode.IsLetter(last) || unicode.IsDigit(last) || last == ')' {
		s += "."
	}
	return Capitalized(s)
}

// Capitalized is a text with a capital at its beginning. What to do can end with a
// command to copy, to which no full stop is added.
func Capitalized(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[n:]
}

// fingerprint stands for a secret at an origin, within this process only.
func (n *Network) fingerprint(origin, secret string) string {
	m := hmac.New(sha256.New, n.key[:])
	m.Write([]byte(origin))
	m.Write([]byte{0})
	m.Write([]byte(secret))
	return string(m.Sum(nil))
}

const (
	// redacted takes the place of a secret.
	redacted = "[redacted]"
	// shortestRedacted is the length in bytes from which a secret, or a part
	// of one, is looked for within other text.
	shortestRedacted = 4
)

// newRedactor returns a function that replaces the secret in a text, in all
// forms in which a service could send it back. A secret too short to be told
// from ordinary letters is replaced only where it is the whole text.
func newRedactor(username, secret string) func(string) string {
	forms := []string{base64.StdEncoding.EncodeToString([]byte(username + ":" + secret))}
	if len(secret) >= shortestRedacted {
		quoted, _ := json.Marshal(secret)
		forms = append(forms, url.QueryEscape(secret), url.PathEscape(secret), strings.Trim(string(quoted), `"`), secret)
	}
	// The longest first: a form may be a part of another.
	slices.SortStableFunc(forms, func(a, b string) int { return len(b) - len(a) })
	var pairs []string
	for _, f := range forms {
		pairs = append(pairs, f, redacted)
	}
	r := strings.NewReplacer(pairs...)
	return func(s string) string {
		if s == secret {
			return redacted
		}
		return redactCut(r.Replace(s), forms)
	}
}

// redactCut replaces the beginning of a secret where a text was shortened in
// the middle of it.
func redactCut(s string, forms []string) string {
	parts := strings.Split(s, "…")
	for i, part := range parts[:len(parts)-1] {
		for _, f := range forms {
			n := min(len(f)-1, len(part))
			for n >= shortestRedacted && !strings.HasSuffix(part, f[:n]) {
				n--
			}
			if n >= shortestRedacted {
				parts[i] = part[:len(part)-n] + redacted
				break
			}
		}
	}
	return strings.Join(parts, "…")
}

// redact is the snapshot without the secret. What comes from the profile and
// the states are our own words and stay, whatever the secret may be.
func redact(s Snapshot, redactor func(string) string) Snapshot {
	t := s.mapText(redactor)
	t.Profile, t.Endpoint, t.Health.State = s.Profile, s.Endpoint, s.Health.State
	if s.Account != nil {
		t.Account.Token.Expiry.Kind = s.Account.Token.Expiry.Kind
	}
	return t
}
