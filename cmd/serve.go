package cmd

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"rollcall/client/account"
	"rollcall/client/together"
	"rollcall/cmd/export"
)

func (a *app) serveCommand() *cobra.Command {
	var address string
	c := &cobra.Command{
		Use:     "serve",
		Short:   "Serve metrics of the profiles to Prometheus until interrupted",
		Long:    serveHelp,
		Example: serveExamples,
		Args:    cobra.NoArgs,
	}
	c.Flags().StringVar(&address, "listen", "127.0.0.1:9317", "the `address` and port to listen at")
	completeNothing(c, "listen")
	only := a.addSelectFlag(c)
	c.RunE = run(func(c *cobra.Command, _ []string) error {
		// From the beginning: a hangup must not end it while it reads the configuration.
		again := takeHangups(c.Context())
		l, err := a.load()
		if err != nil {
			return err
		}
		defer l.close()
		return a.serve(c.Context(), l, only.of(), address, again)
	})
	return c
}

const serveHelp = `Check the profiles again and again, each at its refresh_interval, and serve how they
are to Prometheus until interrupted. A scrape asks no service: it has what the last
checks found. 'rollcall status -o openmetrics' prints the same metrics.

/metrics has them, /healthz answers while rollcall runs, and /readyz once there was an
answer of every profile. Nobody but this computer is served unless --listen names
another address; the metrics have no secret in them, but names of profiles, hosts and
tags: --private puts stand-ins in place of hosts, and of names and tags that tell who
somebody is. There is no password: put a proxy before it where others can reach it.

A changed configuration is used within seconds, and on the signal SIGHUP at once. One
that cannot be used leaves the profiles as they are, and rollcall_config_errors counts it.

With --select or --view, only those profiles are asked and told of. A query of what the
services answer, such as 'fail', is asked anew at each scrape.`

const serveExamples = `  rollcall serve
  rollcall serve --listen 127.0.0.1:0   at any port that is free, which is printed
  rollcall serve --listen :9317   for other computers, too
  rollcall serve --select tag:prod
  curl http://127.0.0.1:9317/metrics`

// serve tells of profiles to whoever comes to an address, until ctx ends. Again asks for
// the configuration to be read once more.
func (a *app) serve(ctx context.Context, l *loaded, asked wanted, address string, again <-chan struct{}) error {
	listener, err := export.Listen(address)
	if err != nil {
		return configError(fmt.Errorf("--listen: %w", err))
	}
	defer listener.Close()
	f, err := a.follow(l, asked)
	if err != nil {
		return err
	}
	e := newExporter(f)
	f.again = again
	f.hooks = a.hookedTo(l, f.profiles, asked)
	if _, err := fmt.Fprintf(a.stdout, "Metrics are served at http://%s/metrics\n", listener.Addr()); err != nil {
		return err
	}
	serving, cancel := context.WithCancel(ctx)
	served := together.Start(func() error {
		defer cancel()
		return export.Serve(serving, listener, e.source)
	})
	err = f.run(serving, e.tell)
	cancel()
	if failure := (<-served).Value(); failure != nil {
		return failure
	}
	return err
}

// exporter tells collectors how the profiles are that a follower knows.
type exporter struct {
	*follower
	// begun is when it began to count.
	begun time.Time
	// counted are the checks of each profile.
	counted map[string]*checksOf
}

// checksOf counts the checks of a profile by the states that they ended in. The last that
// is counted ended at last, which is zero where none is. It is found again by that, and
// not by what the clock says now: somebody may set it back.
type checksOf struct {
	last   time.Time
	states map[account.State]uint64
}

func newExporter(f *follower) *exporter {
	f.calls = make(chan func())
	return &exporter{follower: f, begun: f.app.now(), counted: map[string]*checksOf{}}
}

// tell is where every event and every changed configuration passes that [follower.loop]
// has taken in. The profiles, what is known of each, and the configuration are those of
// now; scrapes wait until it returns.
func (e *exporter) tell() (next time.Duration, err error) {
	e.warn()
	e.count()
	return longestQuiet, nil
}

// count counts the checks that have ended since it was called last, details included: they
// can change the state. Those of an earlier run are not counted.
func (e *exporter) count() {
	if len(e.counted) > len(e.profiles) {
		maps.DeleteFunc(e.counted, func(name string, _ *checksOf) bool { _, there := e.places[name]; return !there })
	}
	for _, s := range e.latest {
		c := e.counted[s.Profile]
		if c == nil {
			c = &checksOf{states: map[account.State]uint64{}}
			e.counted[s.Profile] = c
		}
		ended := s.History
		if n := len(ended); n > 0 && s.Details.Busy {
			ended = ended[:n-1]
		}
		if len(ended) == 0 {
			continue
		}
		for _, check := range slices.Backward(ended) {
			if s.Restored || check.At.Equal(c.last) || c.last.IsZero() && !check.At.After(e.begun) {
				break
			}
			c.states[check.State]++
		}
		c.last = ended[len(ended)-1].At
	}
}

// source is how the profiles are now, for those who come to the address.
func (e *exporter) source(ctx context.Context) (*export.Report, error) {
	now := make(chan *export.Report, 1)
	pass(ctx, e.calls, func() { now <- e.report() })
	select {
	case r := <-now:
		return r, nil
	case <-ctx.Done():
		return nil, errors.New("rollcall ends")
	}
}

// report is how the profiles are now.
func (e *exporter) report() *export.Report {
	profiles, found := e.selected()
	configErrors := len(e.loaded.Problems)
	if e.unusable {
		configErrors++
	}
	r := e.app.report(e.loaded.Config, profiles, e.app.shownAll(slices.Clone(found)), configErrors)
	for i := range e.latest {
		if s := &e.latest[i]; s.Restored || s.Health.State == account.Checking {
			r.Unanswered++
		}
	}
	for i, p := range profiles {
		r.Profiles[i].Checks = maps.Clone(e.counted[p.Name].states)
	}
	return r
}
