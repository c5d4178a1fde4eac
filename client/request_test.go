package client

import (
	"net/http"
	"strings"
	"testing"

	"rollcall/client/account"
)

func TestRedirectStatusIsTold(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://login.example/?session=hush", http.StatusFound)
	})
	out := newPlainClient(testNetwork(t), s.URL).check(t.Context(), checkOptions{})
	h := out.snapshot.Health
	expect(t, h, account.Misconfigured, "", "https://login.example/…,", "login page")
	if h.HTTPStatus != http.StatusFound {
		t.Errorf("status %d", h.HTTPStatus)
	}
	if lines := strings.Join(out.exchange.Response, "\n"); !strings.Contains(lines, "Location: https://login.example/") || strings.Contains(lines, "hush") {
		t.Errorf("the exchange has %q", lines)
	}
}
