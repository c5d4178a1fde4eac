package client

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/service"
)

func TestRequestsWithABody(t *testing.T) {
	t.Parallel()
	type seen struct{ method, contentType, credential, body string }
	var got []seen
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = append(got, seen{r.Method, r.Header.Get("Content-Type"), r.Header.Get("X-Auth-Token"), string(body)})
		switch {
		case r.URL.Path == "/moved":
			http.Redirect(w, r, "/there", http.StatusTemporaryRedirect)
		case r.URL.Path == "/shaky" && len(got) == 1:
			w.WriteHeader(http.StatusBadGateway)
		default:
			io.WriteString(w, "{}")
		}
	})
	c := newPlainClient(testNetwork(t), s.URL)
	const body = `{"token":"x"}`
	tests := []struct {
		name   string
		r      service.Request
		status int
		want   []seen
	}{
		{"plain", service.Request{Target: s.URL + "/"}, 200, []seen{{"GET", "", plainSecret, ""}}},
		{"bare", service.Request{Target: s.URL + "/", Bare: true}, 200, []seen{{"GET", "", "", ""}}},
		{"with a body", service.Request{Method: "POST", Target: s.URL + "/", Body: []byte(body)}, 200,
			[]seen{{"POST", "application/json", plainSecret, body}}},
		{"sent again", service.Request{Method: "POST", Target: s.URL + "/shaky", Body: []byte(body), Bare: true}, 200,
			[]seen{{"POST", "application/json", "", body}, {"POST", "application/json", "", body}}},
		{"never sent on", service.Request{Method: "POST", Target: s.URL + "/moved", Body: []byte(body)}, 307,
			[]seen{{"POST", "application/json", plainSecret, body}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got = nil
			answered, failed := c.sender(plainSecret).do(t.Context(), tt.r, true)
			if failed != nil || answered.answer.Status != tt.status {
				t.Fatalf("status %d, %v", answered.answer.Status, failed)
			}
			if len(got) != len(tt.want) {
				t.Fatalf("the service saw %+v", got)
			}
			for i := range got {
				if got[i] != tt.want[i] {
					t.Errorf("the service saw %+v, want %+v", got[i], tt.want[i])
				}
			}
		})
	}
}

func TestRedirectStatusIsTold(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://login.example/?session=hush", http.StatusFound)
	})
	out := newPlainClient(testNetwork(t), s.URL).check(t.Context(), checkOptions{})
	h := out.snapshot.Health
	expect(t, h, account.Misconfigured, "", "https://login.example/,", "login page")
	if h.HTTPStatus != http.StatusFound {
		t.Errorf("status %d", h.HTTPStatus)
	}
	if lines := strings.Join(out.exchange.Response, "\n"); !strings.Contains(lines, "Location: https://login.example/") || strings.Contains(lines, "hush") {
		t.Errorf("the exchange has %q", lines)
	}
}
