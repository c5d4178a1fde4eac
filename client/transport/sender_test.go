package transport_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"rollcall/client/service"
	"rollcall/client/transport"
)

func TestRequestsWithABody(t *testing.T) {
	t.Parallel()
	type seen struct{ method, contentType, credential, body string }
	var got []seen
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
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
	}))
	defer s.Close()
	sends := transport.Sender{
		Pool: transport.NewPool("rollcall/test"), Root: s.URL, Origin: s.URL, Host: "host.example", Timeout: 10 * time.Second,
		Prepare: func(h http.Header) { h.Set("X-Auth-Token", "s3cret") },
		Before:  func(service.Request) (time.Time, bool) { return time.Time{}, false },
		After:   func(service.Answer, service.Request) {},
	}
	defer sends.Pool.Close()
	const body = `{"token":"x"}`
	tests := []struct {
		name   string
		r      service.Request
		status int
		want   []seen
	}{
		{"plain", service.Request{Path: "/"}, 200, []seen{{"GET", "", "s3cret", ""}}},
		{"bare", service.Request{Path: "/", Bare: true}, 200, []seen{{"GET", "", "", ""}}},
		{"with a body", service.Request{Method: "POST", Path: "/", Body: []byte(body)}, 200,
			[]seen{{"POST", "application/json", "s3cret", body}}},
		{"sent again", service.Request{Method: "POST", Path: "/shaky", Body: []byte(body), Bare: true}, 200,
			[]seen{{"POST", "application/json", "", body}, {"POST", "application/json", "", body}}},
		{"never sent on", service.Request{Method: "POST", Path: "/moved", Body: []byte(body)}, 307,
			[]seen{{"POST", "application/json", "s3cret", body}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got = nil
			answered, failed := sends.Do(t.Context(), tt.r, true)
			if failed != nil || answered.Answer.Status != tt.status {
				t.Fatalf("status %d, %v", answered.Answer.Status, failed)
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
