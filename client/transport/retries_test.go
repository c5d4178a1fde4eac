package transport_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"rollcall/client/service"
	"rollcall/client/transport"
)

// senderTo sends requests to a server.
func senderTo(t *testing.T, s *server) transport.Sender {
	t.Helper()
	pool := transport.NewPool("rollcall/test")
	t.Cleanup(pool.Close)
	return transport.Sender{
		Pool: pool, Setup: transport.Setup{Insecure: true}, Root: s.url, Origin: s.url, Host: "host.example", Timeout: 10 * time.Second,
		Prepare: func(h http.Header) { h.Set("X-Auth-Token", "s3cret") },
		Before:  func(service.Request) (time.Time, bool) { return time.Time{}, false },
		After:   func(service.Answer, service.Request) {},
	}
}

func ask(t *testing.T, s *server, sender transport.Sender, details bool) (transport.Result, *transport.Failure) {
	t.Helper()
	return sender.Do(t.Context(), service.Request{Path: "/user"}, details)
}

// fillWith makes a server have connections that wait for their next request. In
// HTTP/2 one connection carries all of them.
func fillWith(t *testing.T, s *server, sender transport.Sender, conns int) {
	t.Helper()
	var together, done sync.WaitGroup
	together.Add(conns)
	s.behave(nil, func(int, int, int) act {
		together.Done()
		together.Wait()
		return answers
	})
	for range conns {
		done.Go(func() {
			if _, failed := ask(t, s, sender, false); failed != nil {
				t.Error(failed)
			}
		})
	}
	done.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conns != conns {
		t.Fatalf("%d connections", s.conns)
	}
	s.requests, s.heads = 0, nil
}

// retryTest is a server that fails, and what may come to it.
type retryTest struct {
	name, protocol string
	// idle is how many connections there are before.
	idle   int
	accept func(conn int) act
	answer func(conn, nth, all int) act
	// requests is how many requests the server gets, and fails whether the last
	// of them fails, too.
	requests int
	fails    bool
}

func always(a act) func(int, int, int) act { return func(int, int, int) act { return a } }

// atFirst does something with the first requests, and then answers.
func atFirst(requests int, a act) func(int, int, int) act {
	return func(_, _, all int) act {
		if all <= requests {
			return a
		}
		return answers
	}
}

// onReuse does something with all requests but the first of a connection.
func onReuse(a act) func(int, int, int) act {
	return func(_, nth, _ int) act {
		if nth > 1 {
			return a
		}
		return answers
	}
}

var retryTests = []retryTest{
	{name: "resets after the request", protocol: "http", answer: always(resets), requests: 3, fails: true},
	{name: "resets after the request", protocol: "https", answer: always(resets), requests: 3, fails: true},
	{name: "resets after the request", protocol: "h2", answer: always(resets), requests: 3, fails: true},
	{name: "hangs up after the request", protocol: "http", answer: always(hangsUp), requests: 3, fails: true},
	{name: "hangs up after the request", protocol: "h2", answer: always(hangsUp), requests: 3, fails: true},
	{name: "resets a connection that was good", protocol: "http", idle: 1, answer: always(resets), requests: 3, fails: true},
	{name: "resets a connection that was good", protocol: "h2", idle: 1, answer: always(resets), requests: 3, fails: true},
	{name: "resets six connections that were good", protocol: "http", idle: 6, answer: always(resets), requests: 3, fails: true},
	{name: "resets six connections that were good", protocol: "https", idle: 6, answer: always(resets), requests: 3, fails: true},
	{name: "hangs up on six connections that were good", protocol: "http", idle: 6, answer: always(hangsUp), requests: 3, fails: true},
	{name: "hangs up on six connections that were good", protocol: "https", idle: 6, answer: always(hangsUp), requests: 3, fails: true},
	{name: "refuses streams", protocol: "h2", answer: always(refuses), requests: 3, fails: true},
	{name: "refuses streams of a connection that was good", protocol: "h2", idle: 1, answer: always(refuses), requests: 3, fails: true},
	{name: "breaks streams", protocol: "h2", answer: always(breaks), requests: 3, fails: true},
	{name: "goes away", protocol: "h2", answer: always(goesAway), requests: 3, fails: true},
	{name: "goes away after an answer", protocol: "h2", idle: 1, answer: always(goesAway), requests: 3, fails: true},
	{name: "is unavailable, then resets", protocol: "http", idle: 6, requests: 3, fails: true, answer: func(_, _, all int) act {
		if all == 1 {
			return unavailable
		}
		return resets
	}},

	{name: "resets twice, then answers", protocol: "http", answer: atFirst(2, resets), requests: 3},
	{name: "resets twice, then answers", protocol: "h2", answer: atFirst(2, resets), requests: 3},
	{name: "refuses a stream, then answers", protocol: "h2", answer: atFirst(1, refuses), requests: 2},
	{name: "refuses two streams, then answers", protocol: "h2", idle: 1, answer: atFirst(2, refuses), requests: 3},
	{name: "breaks a stream, then answers", protocol: "h2", answer: atFirst(1, breaks), requests: 2},
	{name: "goes away once, then answers", protocol: "h2", idle: 1, answer: atFirst(1, goesAway), requests: 2},

	// What a server or a firewall has forgotten while it was idle is no failure.
	{name: "forgot a connection", protocol: "http", idle: 1, answer: onReuse(resets), requests: 2},
	{name: "forgot a connection", protocol: "https", idle: 1, answer: onReuse(hangsUp), requests: 2},
	{name: "forgot a connection", protocol: "h2", idle: 1, answer: onReuse(resets), requests: 2},
	{name: "forgot six connections", protocol: "http", idle: 6, answer: onReuse(resets), requests: 2},
	{name: "forgot six connections", protocol: "https", idle: 6, answer: onReuse(resets), requests: 2},

	// What is no answer may be left over from another.
	{name: "garbles on a connection that was good", protocol: "http", idle: 1, answer: onReuse(garbles), requests: 2},
	{name: "garbles on six connections that were good", protocol: "https", idle: 6, answer: onReuse(garbles), requests: 2},

	// Nothing that carries a request is sent where there is no connection.
	{name: "resets at once", protocol: "http", accept: func(int) act { return resets }, requests: 0, fails: true},
	{name: "resets at once", protocol: "https", accept: func(int) act { return resets }, requests: 0, fails: true},
	{name: "resets at once", protocol: "h2", accept: func(int) act { return resets }, requests: 0, fails: true},
}

// asking is a request that is under way.
type asking struct {
	server *server
	sender transport.Sender
	got    transport.Result
	failed *transport.Failure
}

// TestAtMostThreeRequests counts at the server what one identity costs: what
// net/http would send again by itself counts, too. All are asked at once, since
// most of the time goes by in pauses.
func TestAtMostThreeRequests(t *testing.T) {
	t.Parallel()
	all := make([]asking, len(retryTests))
	for i, tt := range retryTests {
		s := serveWire(t, tt.protocol)
		all[i].server, all[i].sender = s, senderTo(t, s)
		if tt.idle > 0 {
			fillWith(t, s, all[i].sender, tt.idle)
		}
		s.behave(tt.accept, tt.answer)
	}
	var done sync.WaitGroup
	for i := range all {
		done.Go(func() { all[i].got, all[i].failed = ask(t, all[i].server, all[i].sender, false) })
	}
	done.Wait()
	for i, tt := range retryTests {
		t.Run(tt.protocol+" "+tt.name, func(t *testing.T) { tt.check(t, all[i]) })
	}
}

func (tt retryTest) check(t *testing.T, a asking) {
	conns, requests := a.server.counts()
	// One connection may have been made for a request that was not sent again; it
	// waits for the next.
	if requests != tt.requests || a.got.Attempts > 3 || conns > tt.idle+4 {
		t.Errorf("%d requests over %d connections in %d attempts, want %d", requests, conns-tt.idle, a.got.Attempts, tt.requests)
	}
	if (a.failed != nil) != tt.fails {
		t.Fatalf("the failure is %v", a.failed)
	}
	if !tt.fails {
		return
	}
	if a.got.Attempts != 3 || a.failed.Code != "reset" || !strings.Contains(a.failed.Explanation, "host.example") {
		t.Errorf("%d attempts, %s: %s", a.got.Attempts, a.failed.Code, a.failed.Explanation)
	}
	a.server.behave(func(int) act { return answers }, always(answers))
	if got, failed := ask(t, a.server, a.sender, false); failed != nil || string(got.Answer.Body) != "{}" {
		t.Errorf("the server is well again: %v", failed)
	}
}

// TestDetailsAreAskedTwiceAtMost counts the requests for details, with a body and
// without one.
func TestDetailsAreAskedTwiceAtMost(t *testing.T) {
	t.Parallel()
	for protocol, a := range map[string]act{"http": resets, "https": hangsUp, "h2": refuses} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			t.Run(protocol+" "+method, func(t *testing.T) {
				t.Parallel()
				s := serveWire(t, protocol)
				sender := senderTo(t, s)
				fillWith(t, s, sender, 1)
				s.behave(nil, always(a))
				r := service.Request{Path: "/user"}
				if method == http.MethodPost {
					r = service.About("/user", []byte("{}"))
				}
				_, failed := sender.Do(t.Context(), r, true)
				if _, requests := s.counts(); requests != 2 || failed == nil {
					t.Errorf("%d requests, %v", requests, failed)
				}
			})
		}
	}
}

// TestATimeOutIsNotSentAgain has a server that takes a request, on a connection
// that was good, and is silent. There net/http would send others again, and the
// limit is not lost on a handshake.
func TestATimeOutIsNotSentAgain(t *testing.T) {
	t.Parallel()
	var waiting sync.WaitGroup
	for _, protocol := range []string{"http", "https", "h2"} {
		s := serveWire(t, protocol)
		sender := senderTo(t, s)
		fillWith(t, s, sender, 1)
		s.behave(nil, always(waits))
		waiting.Go(func() {
			got, failed := ask(t, s, sender, false)
			if _, requests := s.counts(); requests != 1 || got.Attempts != 1 || failed == nil || failed.Code != "timeout_answer" {
				t.Errorf("%s: %d requests, %d attempts, %v", protocol, requests, got.Attempts, failed)
			}
		})
	}
	waiting.Wait()
}

// TestConnectionsAreKept has several requests share a connection.
func TestConnectionsAreKept(t *testing.T) {
	t.Parallel()
	for _, protocol := range []string{"http", "https", "h2"} {
		t.Run(protocol, func(t *testing.T) {
			t.Parallel()
			s := serveWire(t, protocol)
			s.behave(nil, atFirst(1, unavailable))
			sender := senderTo(t, s)
			for range 4 {
				if _, failed := ask(t, s, sender, false); failed != nil {
					t.Fatal(failed)
				}
			}
			if conns, requests := s.counts(); conns != 1 || requests != 5 {
				t.Errorf("%d requests over %d connections", requests, conns)
			}
		})
	}
}

// TestMoreThanWasAskedFor has a server answer once more than it was asked: that is never
// taken for the answer to the next request, which goes over a new connection, costs no
// attempt and is sent once.
func TestMoreThanWasAskedFor(t *testing.T) {
	t.Parallel()
	for _, protocol := range []string{"http", "https"} {
		t.Run(protocol, func(t *testing.T) {
			t.Parallel()
			s := serveWire(t, protocol)
			s.behave(nil, always(babbles))
			sender := senderTo(t, s)
			const times = 50
			for range times {
				got, failed := ask(t, s, sender, false)
				if failed != nil || string(got.Answer.Body) != "{}" || got.Attempts != 1 {
					t.Fatalf("%q after %d attempts, %v", got.Answer.Body, got.Attempts, failed)
				}
			}
			if conns, requests := s.counts(); conns != times || requests != times {
				t.Errorf("%d requests over %d connections", requests, conns)
			}
		})
	}
}

// TestARequestOnTheWire has the very bytes of a request: what keeps it from being
// sent again does not show in it.
func TestARequestOnTheWire(t *testing.T) {
	t.Parallel()
	s := serveWire(t, "http")
	if _, failed := ask(t, s, senderTo(t, s), false); failed != nil {
		t.Fatal(failed)
	}
	want := "GET /user HTTP/1.1\r\nHost: " + strings.TrimPrefix(s.url, "http://") +
		"\r\nUser-Agent: rollcall/test\r\nAccept: application/json\r\nAccept-Encoding: gzip\r\nX-Auth-Token: s3cret\r\n\r\n"
	if len(s.heads) != 1 || s.heads[0] != want {
		t.Errorf("%q, want %q", s.heads, want)
	}

	s = serveWire(t, "h2")
	if _, failed := ask(t, s, senderTo(t, s), false); failed != nil {
		t.Fatal(failed)
	}
	// One frame of headers that ends the stream, and nothing after it.
	if want := string([]byte{frameHeaders, flagEndStream | flagEndHeaders}); len(s.heads) != 1 || s.heads[0] != want {
		t.Errorf("%q, want %q", s.heads, want)
	}
}
