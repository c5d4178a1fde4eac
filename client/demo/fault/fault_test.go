package fault

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// echo answers with the Authorization header that it got.
func echo(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Header.Get("Authorization")) }

// through asks for a path through a fault. Without an answer the status is
// zero.
func through(h http.Handler, path string) (answer *httptest.ResponseRecorder) {
	defer func() {
		if recover() != nil {
			answer = &httptest.ResponseRecorder{}
		}
	}()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Authorization", "Bearer t")
	answer = httptest.NewRecorder()
	h.ServeHTTP(answer, r)
	return answer
}

// TestFaults asks once through each.
func TestFaults(t *testing.T) {
	behind := Site{Handler: http.HandlerFunc(echo), Address: "http://here.example", Identity: "/me", Now: time.Now}
	for _, tt := range []struct {
		fault        Kind
		status       int
		location     string
		body, within string
	}{
		{None, 200, "", "Bearer t", ""},
		{Overload, 200, "", "Bearer t", ""},
		{Strip, 200, "", "", ""},
		{Login, 200, "", "", "<form"},
		{Moved, 301, "http://here.example/me?a=b", "", "Moved"},
		{Tides, 200, "", "Bearer t", ""},
	} {
		got := through(tt.fault.Handler(behind), "/me?a=b")
		body := got.Body.String()
		if got.Code != tt.status || got.Header().Get("Location") != tt.location {
			t.Errorf("fault %d: %d %v", tt.fault, got.Code, got.Header())
		}
		if tt.within == "" && body != tt.body || !strings.Contains(body, tt.within) {
			t.Errorf("fault %d: body %q", tt.fault, body)
		}
	}
	if Reset.Handler(behind) != nil {
		t.Error("a request is read where every connection is reset")
	}
}

func TestOverloadTurnsAwayEveryThird(t *testing.T) {
	h := Overload.Handler(Site{Handler: http.HandlerFunc(echo), Identity: "/me"})
	for i := range 7 {
		want := 200
		if i%3 == 2 {
			want = 503
		}
		got := through(h, "/me")
		if got.Code != want || (got.Header().Get("Retry-After") == "20") != (want == 503) {
			t.Errorf("request %d: %d %v, want %d", i, got.Code, got.Header(), want)
		}
		if got := through(h, "/details"); got.Code != 200 { // which do not count
			t.Errorf("details after request %d: %d", i, got.Code)
		}
	}
}

func TestTidesComeAndGo(t *testing.T) {
	start := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	now := start
	h := Tides.Handler(Site{Handler: http.HandlerFunc(echo), Now: func() time.Time { return now }})
	for _, tt := range []struct {
		after time.Duration
		gone  bool
	}{
		{0, false}, {89 * time.Second, false}, {90 * time.Second, true}, {164 * time.Second, true}, {165 * time.Second, false},
		{8 * time.Minute, true}, {9 * time.Minute, false},
	} {
		now = start.Add(tt.after)
		if got := through(h, "/me"); (got.Code == 0) != tt.gone {
			t.Errorf("after %v: status %d", tt.after, got.Code)
		}
	}
}

func TestResetAll(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { ResetAll(l); close(done) }()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	io.WriteString(conn, "GET / HTTP/1.1\r\n\r\n")
	if _, err := io.ReadAll(conn); err == nil {
		t.Error("the connection ended in peace")
	}
	l.Close()
	<-done
}
