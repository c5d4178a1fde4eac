package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"rollcall/client/account"
	"strings"
	"testing"
)

// TestSplitSecretsDoNotReachTheScreen has a service put things into the secret
// that the screen leaves out.
func TestSplitSecretsDoNotReachTheScreen(t *testing.T) {
	for _, by := range []string{"\u202e", "\u200b", "\x00", "\u00ad", "\u2028"} {
		n := overRoundTrip(func(*http.Request) (*http.Response, error) {
			name, _ := json.Marshal(strings.Join(strings.Split(plainSecret, ""), by))
			return respond(200, fmt.Sprintf(`{"id":%s,"name":%[1]s}`, name), "Server", strings.Join(strings.Split(plainSecret, ""), by)), nil
		})
		out := newPlainClient(n, "https://host.example").check(t.Context(), checkOptions{})
		out.snapshot.History = []account.Check{out.newCheck(out.snapshot.Health)}
		if out.snapshot.Account == nil || out.exchange == nil {
			t.Fatalf("%+v", out)
		}
		out.snapshot.Harmless().MapText(func(text string) string {
			if seen := strings.ReplaceAll(text, by, ""); strings.Contains(seen, "s3cret/t0ken") {
				t.Errorf("%q: %q shows", by, text)
			}
			return text
		})
	}
}
