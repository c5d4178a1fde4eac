package client

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
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
