package demo

import (
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// The hosts that the demo pretends to be; each has an address of its own.
const (
	hostKatapult = iota
	hostOnezone
	hostEdge
	hostGateway
	hostPortal
	hostMoved
	hostBroken
	hostTides
	hosts // how many there are
)

// describeHosts tells provider and purpose of every host.
func describeHosts() [hosts]Service {
	return [hosts]Service{
		hostKatapult: ofKatapult("Katapult"),
		hostOnezone:  ofOnezone("Onezone"),
		hostEdge:     ofOnezone("Onezone behind a proxy that is overloaded at times"),
		hostGateway:  ofKatapult("Katapult behind a proxy that removes credentials"),
		hostPortal:   ofOnezone("a network that answers everything with its login page"),
		hostMoved:    ofOnezone("a zone that redirects to another host"),
		hostBroken:   ofKatapult("a host that resets every connection"),
		hostTides:    ofOnezone("a zone that is gone for 20 seconds of every two minutes"),
	}
}

func ofKatapult(about string) Service {
	return Service{Provider: "katapult", About: about, Path: "/core/v1/users/current", Header: "Authorization: Bearer "}
}

func ofOnezone(about string) Service {
	return Service{Provider: "onezone", About: about, Path: "/api/v3/onezone/user", Header: "X-Auth-Token: "}
}

// handlers are what the hosts serve; the broken one has none.
func handlers(k *katapult, o *onezone, onezoneURL string, now func() time.Time) [hosts]http.Handler {
	return [hosts]http.Handler{
		hostKatapult: k,
		hostOnezone:  o,
		hostEdge:     &overloaded{behind: o},
		hostGateway:  withoutCredential(k),
		hostPortal:   http.HandlerFunc(loginPage),
		hostMoved: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, onezoneURL+r.URL.RequestURI(), http.StatusMovedPermanently)
		}),
		hostTides: tides(o, now),
	}
}

// When the host of tides is gone, counted from the start and again and again.
const (
	tidesEvery = 2 * time.Minute
	tidesFrom  = time.Minute
	tidesFor   = 20 * time.Second
)

// tides drops every connection while the host is gone.
func tides(behind http.Handler, now func() time.Time) http.Handler {
	start := now()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at := now().Sub(start) % tidesEvery; at >= tidesFrom && at < tidesFrom+tidesFor {
			panic(http.ErrAbortHandler)
		}
		behind.ServeHTTP(w, r)
	})
}

// overloaded turns away every third question for the user.
type overloaded struct {
	behind http.Handler

	mu    sync.Mutex
	count int
}

func (o *overloaded) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/api/v3/onezone/user" && o.tooMuch() {
		w.Header().Set("Retry-After", "20")
		page(w, http.StatusServiceUnavailable, "503 Service Temporarily Unavailable", "")
		return
	}
	o.behind.ServeHTTP(w, r)
}

func (o *overloaded) tooMuch() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.count++
	return o.count%3 == 0
}

// withoutCredential is a proxy that forwards all but who is asking.
func withoutCredential(behind http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.Clone(r.Context())
		r.Header.Del("Authorization")
		behind.ServeHTTP(w, r)
	})
}

func loginPage(w http.ResponseWriter, _ *http.Request) {
	page(w, http.StatusOK, "Campus Guest Wi-Fi",
		`<p>Please sign in to go online.</p><form method="post" action="/login"><input name="code"></form>`)
}

// page sends a web page where an answer in JSON was hoped for.
func page(w http.ResponseWriter, status int, title, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<!DOCTYPE html>\n<html><head><title>%s</title></head><body><h1>%s</h1>%s</body></html>\n", title, title, body)
}

// resetAll resets every connection that comes, until the listener is closed.
func resetAll(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		// A request is waited for, so that the reset comes as its answer.
		_ = c.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
		_, _ = c.Read(make([]byte, 1))
		if t, ok := c.(*net.TCPConn); ok {
			_ = t.SetLinger(0)
		}
		_ = c.Close()
	}
}
