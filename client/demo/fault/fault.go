package fault

import (
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Kind is what stands between a service and those who ask it.
type Kind int

// The faults, in the order in which the demo gives them addresses.
const (
	// None lets every request through.
	None Kind = iota
	// Overload is a proxy that turns away every third request for the
	// identity.
	Overload
	// Strip is a proxy that removes credentials.
	Strip
	// Login is a network that answers everything with its login page.
	Login
	// Moved redirects to the service's own address.
	Moved
	// Reset resets every connection. No request is ever read.
	Reset
	// Tides is a host that is gone for a while, again and again.
	Tides
)

// Site is a service as faults see it.
type Site struct {
	Handler http.Handler
	// Address is the one at which nothing stands between.
	Address string
	// Identity is the path of who-am-I.
	Identity string
	Now      func() time.Time
}

// Handler answers in the service's place; nil where no request is read.
func (f Kind) Handler(behind Site) http.Handler {
	switch f {
	case Overload:
		return &overloaded{Site: behind}
	case Strip:
		return withoutCredential(behind.Handler)
	case Login:
		return http.HandlerFunc(loginPage)
	case Moved:
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, behind.Address+r.URL.RequestURI(), http.StatusMovedPermanently)
		})
	case Reset:
		return nil
	case Tides:
		return tides(behind)
	default:
		return behind.Handler
	}
}

// When the host of tides is gone, counted from the start and again and again.
const (
	tidesEvery = 6 * time.Minute
	tidesFrom  = 90 * time.Second
	tidesFor   = 75 * time.Second
)

// tides drops every connection while the host is gone.
func tides(behind Site) http.Handler {
	start := behind.Now()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at := behind.Now().Sub(start) % tidesEvery; at >= tidesFrom && at < tidesFrom+tidesFor {
			panic(http.ErrAbortHandler)
		}
		behind.Handler.ServeHTTP(w, r)
	})
}

// overloaded turns away every third question for the user.
type overloaded struct {
	Site

	mu    sync.Mutex
	count int
}

func (o *overloaded) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == o.Identity && o.tooMuch() {
		w.Header().Set("Retry-After", "20")
		page(w, http.StatusServiceUnavailable, "503 Service Temporarily Unavailable", "")
		return
	}
	o.Handler.ServeHTTP(w, r)
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

// ResetAll resets every connection that comes, until the listener is closed.
func ResetAll(l net.Listener) {
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
