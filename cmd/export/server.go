package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/prometheus/common/expfmt"
	"golang.org/x/net/netutil"

	"rollcall/client/service"
	"rollcall/client/text"
	"rollcall/client/together"
)

// The limits of whoever asks: a collector sends a short request a few times a minute.
const (
	requestTime     = 5 * time.Second
	answerTime      = 30 * time.Second
	idleTime        = 2 * time.Minute
	longestHeader   = 16 << 10
	mostConnections = 64
	// endingTime is how long an answer that is under way may take in the end.
	endingTime = time.Second / 2
)

// Source tells how the profiles are now, unless ctx ends before.
type Source func(ctx context.Context) (*Report, error)

// Listen opens an address, which is a host and a port. Without a host it is every address
// of this computer.
func Listen(address string) (net.Listener, error) {
	if _, _, err := net.SplitHostPort(address); err != nil {
		return nil, fmt.Errorf("%q is no address to listen at; write a host and a port, such as 127.0.0.1:9317", address)
	}
	l, err := net.Listen("tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("another program listens at %s already; end that one, or name another port (port 0 is any that is free)", address)
	case err != nil:
		return nil, fmt.Errorf("nobody can listen at %s: %s", address, whyNot(err))
	}
	return l, nil
}

// whyNot is what is wrong with an address that was meant, and what would be right.
func whyNot(err error) string {
	unknown, _ := errors.AsType[*net.DNSError](err)
	wrong, _ := errors.AsType[*net.AddrError](err)
	switch {
	case unknown != nil && strings.HasPrefix(unknown.Name, "tcp/"), wrong != nil && wrong.Err == "invalid port":
		return "a port is a number from 0 to 65535; correct it"
	case unknown != nil:
		return "the name " + unknown.Name + " is not known; name an address of this computer, such as 127.0.0.1"
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return "this computer has no such address; name one that it has, such as 127.0.0.1"
	case errors.Is(err, fs.ErrPermission):
		return "you may not; name a port above 1023"
	}
	if e, ok := errors.AsType[*net.OpError](err); ok {
		err = e.Err
	}
	return err.Error() + "; name another address"
}

// Serve answers those who come to an address with what the source tells, until ctx ends.
// It takes the listener over, and returns within a second from then on.
func Serve(ctx context.Context, l net.Listener, source Source) error {
	s := &http.Server{
		Handler:           newHandler(l.Addr(), source),
		ReadHeaderTimeout: requestTime, ReadTimeout: requestTime, WriteTimeout: answerTime, IdleTimeout: idleTime,
		MaxHeaderBytes: longestHeader,
		ErrorLog:       log.New(io.Discard, "", 0),
		BaseContext:    func(net.Listener) context.Context { return ctx },
	}
	served := together.Start(func() error { return s.Serve(netutil.LimitListener(l, mostConnections)) })
	select {
	case o := <-served:
		return o.Value()
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), endingTime)
	defer cancel()
	if s.Shutdown(ending) != nil {
		_ = s.Close()
	}
	_ = (<-served).Value() // That it was shut down.
	return nil
}

// handler answers requests.
type handler struct {
	source Source
	// ready is set once every profile had an answer.
	ready atomic.Bool
}

// newHandler answers those who come to an address.
func newHandler(at net.Addr, source Source) http.Handler {
	h := &handler{source: source}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		say(w, http.StatusOK, "rollcall\n\n/metrics  what is known of each token, for Prometheus\n"+
			"/healthz  answers while rollcall runs\n/readyz   answers once every profile was asked")
	})
	mux.HandleFunc("GET /metrics", h.metrics)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", h.readiness)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !meant(at, r.Host) {
			say(w, http.StatusForbidden, "this name is not one of this computer; ask for 127.0.0.1 or localhost")
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// meant reports whether the host that a request names is that of an address. What is
// served to this computer alone is not for a page of the web whose name leads here, and
// that has the browser ask.
func meant(at net.Addr, host string) bool {
	tcp, ok := at.(*net.TCPAddr)
	if !ok || !tcp.IP.IsLoopback() || host == "" {
		return true
	}
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return service.IsLoopback(strings.Trim(host, "[]"))
}

// metrics tells the metrics in the format that is asked for.
func (h *handler) metrics(w http.ResponseWriter, r *http.Request) {
	report, err := h.source(r.Context())
	if err != nil {
		say(w, http.StatusServiceUnavailable, "there are no metrics now: "+err.Error())
		return
	}
	// The earlier version is what the library takes for one that is not named.
	format, write := expfmt.NegotiateAccept(
		r.Header, expfmt.NewFormat(expfmt.TypeTextPlain), expfmt.FmtOpenMetrics_1_0_0, expfmt.FmtOpenMetrics_0_0_1), WriteText
	if format.FormatType() == expfmt.TypeOpenMetrics {
		write = WriteOpenMetrics
	}
	var b bytes.Buffer
	if err := write(&b, report); err != nil {
		say(w, http.StatusInternalServerError, "the metrics cannot be written: "+err.Error())
		return
	}
	send(w, http.StatusOK, string(format), b.Bytes())
}

// readiness tells whether every profile had an answer once.
func (h *handler) readiness(w http.ResponseWriter, r *http.Request) {
	if !h.ready.Load() {
		report, err := h.source(r.Context())
		if err != nil {
			say(w, http.StatusServiceUnavailable, err.Error())
			return
		}
		if n := report.Unanswered; n > 0 {
			say(w, http.StatusServiceUnavailable, "no answer yet of "+text.Plural(n, "profile"))
			return
		}
		h.ready.Store(true)
	}
	say(w, http.StatusOK, "ok")
}

func say(w http.ResponseWriter, status int, words string) {
	send(w, status, "text/plain; charset=utf-8", []byte(words+"\n"))
}

func send(w http.ResponseWriter, status int, contentType string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body) // Whoever has gone needs no answer.
}
