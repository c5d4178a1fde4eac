package transport_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"rollcall/client/service"
)

// A request that fails ends no other one over its connection of HTTP/2, and where another
// is answered after it, the connection is good.
func TestAFailureEndsNoOtherRequest(t *testing.T) {
	t.Parallel()
	begun, goOn := make(chan struct{}), make(chan struct{})
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/slow":
			close(begun)
			<-goOn
		case "/bad":
			panic(http.ErrAbortHandler)
		}
		_, _ = io.WriteString(w, "{}")
	}))
	var conns atomic.Int64
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			conns.Add(1)
		}
	}
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()
	sender := senderTo(t, &server{url: s.URL})
	slow := make(chan error, 1)
	go func() {
		if _, failed := sender.Do(t.Context(), service.Request{Path: "/slow"}, false); failed != nil {
			slow <- failed
		}
		close(slow)
	}()
	<-begun
	if _, failed := sender.Do(t.Context(), service.Request{Path: "/bad"}, false); failed == nil {
		t.Error("it did not fail")
	}
	close(goOn)
	if err := <-slow; err != nil {
		t.Errorf("the other one ended with %v", err)
	}
	if _, failed := sender.Do(t.Context(), service.Request{Path: "/good"}, false); failed != nil || conns.Load() != 1 {
		t.Errorf("%d connections were made, %v", conns.Load(), failed)
	}
	if _, failed := sender.Do(t.Context(), service.Request{Path: "/bad"}, false); failed == nil || conns.Load() != 3 {
		t.Errorf("%d connections after three that failed alone, %v", conns.Load(), failed)
	}
}
