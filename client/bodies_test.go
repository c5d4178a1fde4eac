package client

import (
	"io"
	"net/http"
	"net/http/httptest"
	"rollcall/client/service"
	"testing"
	"time"
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
	sends := sender{
		pool: newPool("rollcall/test"), origin: s.URL, host: "host.example", timeout: 10 * time.Second,
		authorize: func(h http.Header) { h.Set("X-Auth-Token", "s3cret") },
		before:    func() (time.Time, bool) { return time.Time{}, false },
		after:     func(service.Answer, service.Request) {},
	}
	defer sends.pool.close()
	const body = `{"token":"x"}`
	tests := []struct {
		name   string
		r      service.Request
		status int
		want   []seen
	}{
		{"plain", service.Request{Target: s.URL + "/"}, 200, []seen{{"GET", "", "s3cret", ""}}},
		{"bare", service.Request{Target: s.URL + "/", Bare: true}, 200, []seen{{"GET", "", "", ""}}},
		{"with a body", service.Request{Method: "POST", Target: s.URL + "/", Body: []byte(body)}, 200,
			[]seen{{"POST", "application/json", "s3cret", body}}},
		{"sent again", service.Request{Method: "POST", Target: s.URL + "/shaky", Body: []byte(body), Bare: true}, 200,
			[]seen{{"POST", "application/json", "", body}, {"POST", "application/json", "", body}}},
		{"never sent on", service.Request{Method: "POST", Target: s.URL + "/moved", Body: []byte(body)}, 307,
			[]seen{{"POST", "application/json", "s3cret", body}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got = nil
			answered, failed := sends.do(t.Context(), tt.r, true)
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
