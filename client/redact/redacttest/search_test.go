package redacttest_test

import (
	"strings"
	"testing"

	"rollcall/client/redact"
	"rollcall/client/redact/redacttest"
)

// TestSearchFinds writes a secret in every way: the search finds it, and does not find
// it where the redactor has been at work.
func TestSearchFinds(t *testing.T) {
	t.Parallel()
	for _, source := range []string{"env", "file", "a keyring"} {
		secret := redacttest.Secret(source)
		redactor := redact.New("sam", secret)
		for _, echo := range redacttest.Echoes() {
			for _, part := range []string{secret, secret[:18], secret[14:]} {
				s := redacttest.NewSearch("another", source)
				written := "it says " + echo.Write(part) + " there"
				if found := s.In("here", []byte(written)); len(found) == 0 || !strings.Contains(found[0], "here: the secret of "+source+", ") {
					t.Errorf("%s of %s is not found in %s: %q", echo.Name, part, written, found)
				}
				if found := s.In("here", []byte(redactor(written))); part == secret && len(found) > 0 {
					t.Errorf("%s of %s is left in %s: %q", echo.Name, part, redactor(written), found)
				}
			}
		}
	}
	if found := redacttest.NewSearch("env").In("here", []byte(redacttest.Secret("file"))); len(found) > 0 {
		t.Errorf("%q", found)
	}
}
