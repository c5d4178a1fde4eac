package demo

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"strconv"
	"time"

	"rollcall/client/demo/fault"
	"rollcall/client/together"
)

// Options change how the services are served. The zero value is fit for use.
type Options struct {
	// Port is the first of the ports, which follow one another; zero for
	// any that are free.
	Port int
	// Now is the clock that tokens and limits go by; nil for the real one.
	Now func() time.Time
	// NoLatency has every answer given at once.
	NoLatency bool
}

// Service is one demo service.
type Service struct {
	// Provider is its name in a configuration, URL its base address.
	Provider, URL string
	// About says in a few words what it is.
	About string
	// Path is where it tells who the user is, Header the start of the header
	// that a token goes into.
	Path, Header string
	Accounts     []Account
}

// Account is a credential that the service knows.
type Account struct {
	// Profile is the name of its sample profile.
	Profile string
	// About says in a few words what the account shows.
	About string
	// Token, or Username and Password.
	Token, Username, Password string
	// BaseURL is the address in the sample profile. It is the service's, but
	// for the profile that shows a wrong one.
	BaseURL string
	// State is the health that a first check finds, in rollcall's words, and
	// Code the service's own word for it. Status is the HTTP status of that answer
	// where it is another than usual.
	State, Code string
	Status      int
}

// Server serves the demo services.
type Server struct {
	services []Service
	entries  []entry
	// start is when the demo began, which its story counts from.
	start time.Time
	// desks are the pages with new tokens, by the provider.
	desks map[string]string

	listeners []net.Listener
	servers   []*http.Server
	cancel    context.CancelFunc
	running   together.Group
}

// Start begins to serve on loopback.
func Start(opts Options) (*Server, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	s := &Server{start: opts.Now(), desks: map[string]string{}}
	all := services(opts.Now)
	hosts := hostsOf(all)
	if err := s.listen(opts.Port, hosts); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.entries = entriesOf(hosts)
	s.services = describe(hosts, s.entries)

	pace, desks := newPacer(all), map[string]*desk{}
	for _, one := range all {
		desks[one.Provider] = newDesk(one)
		s.desks[one.Provider] = find(hosts, one.Provider, fault.None).url + tokenPath
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	for i, at := range hosts {
		l := s.listeners[i]
		h := at.handler(hosts, opts.Now)
		if h == nil {
			s.running.Go(func() { fault.ResetAll(l) })
			continue
		}
		if !opts.NoLatency {
			h = pace.wrap(h, at.service)
		}
		h = desks[at.service.Provider].wrap(h)
		srv := &http.Server{
			Handler:           h,
			ReadHeaderTimeout: 10 * time.Second,
			BaseContext:       func(net.Listener) context.Context { return ctx },
			ErrorLog:          log.New(io.Discard, "", 0), // a dashboard may own the terminal
		}
		s.servers = append(s.servers, srv)
		s.running.Go(func() { _ = srv.Serve(l) }) // ends with Close only
	}
	return s, nil
}

// listen takes an address for every host.
func (s *Server) listen(port int, hosts []*host) error {
	for i, h := range hosts {
		at := 0
		if port != 0 {
			at = port + i
		}
		l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(at)))
		if err != nil {
			return err
		}
		s.listeners = append(s.listeners, l)
		h.url = "http://" + l.Addr().String()
	}
	return nil
}

// describe tells which accounts each host has.
func describe(hosts []*host, entries []entry) []Service {
	var all []Service
	for _, h := range hosts {
		s := Service{
			Provider: h.service.Provider, URL: h.url, About: h.about,
			Path: h.service.Identity, Header: h.service.Header,
		}
		for _, e := range entries {
			if e.host == h {
				s.Accounts = append(s.Accounts, Account{
					Profile: e.Name, About: e.About, BaseURL: e.baseURL(),
					Token: e.Token, Username: e.Username, Password: e.Password,
					State: e.State, Code: e.Code, Status: e.Status,
				})
			}
		}
		all = append(all, s)
	}
	return all
}

// Config is a ready configuration in TOML for the sample accounts, which has their
// secrets in it.
func (s *Server) Config() []byte { return writeConfig(s.entries, "") }

// Services describes what is served, for people and scripts.
func (s *Server) Services() []Service { return slices.Clone(s.services) }

// Account is the account of a sample profile.
func (s *Server) Account(profile string) (Account, bool) {
	for _, service := range s.services {
		for _, a := range service.Accounts {
			if a.Profile == profile {
				return a, true
			}
		}
	}
	return Account{}, false
}

// grace is how long an answer under way may take to end; none waits any more
// by then.
const grace = 250 * time.Millisecond

// Close ends all services and their connections.
func (s *Server) Close() error {
	if s.cancel != nil {
		s.cancel()
	}
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	var failed error
	for _, srv := range s.servers {
		if srv.Shutdown(ctx) != nil {
			failed = errors.Join(failed, srv.Close())
		}
	}
	for _, l := range s.listeners {
		if err := l.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			failed = errors.Join(failed, err)
		}
	}
	s.running.Wait()
	return failed
}
