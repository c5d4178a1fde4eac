package cmd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"

	"rollcall/client"
	"rollcall/config"
	"rollcall/ui"
)

// runDashboard shows the dashboard until the person leaves it. The first-run
// screen can be left for the demo.
func (a *app) runDashboard(ctx context.Context) error {
	sc := a.screenOf(a.stdout)
	if !sc.terminal || a.getenv("TERM") == "dumb" {
		return configError(errors.New("the dashboard needs a terminal that can move its cursor\n" +
			"Use 'rollcall status' here"))
	}
	l, err := a.load()
	if err != nil {
		return err
	}
	defer func() { l.close() }()
	for {
		demo, err := a.show(ctx, sc, l)
		if err != nil || !demo {
			return err
		}
		a.demo, a.configFlag, a.profileFlag = true, "", ""
		if l, err = a.load(); err != nil {
			return err
		}
	}
}

// show runs the dashboard on a configuration, and reports whether the person
// asked for the demo.
func (a *app) show(ctx context.Context, sc screen, l *loaded) (demo bool, err error) {
	if a.profileFlag != "" && !slices.ContainsFunc(l.Profiles, func(p config.Profile) bool { return p.Name == a.profileFlag }) {
		return false, configError(l.unknownProfile(a.profileFlag))
	}
	var b background
	b.opened = make(chan struct{})
	model := ui.New(ui.Options{
		Config: l.Config, Refresh: b.refresh, Profile: a.profileFlag, Version: a.version,
		Demo: a.demo, FirstRun: l.firstRun, ASCII: sc.ascii, NoColor: !sc.colored(),
	})
	program := a.program(model, sc)
	// A signal ends the program as a key would, so that the terminal is
	// restored in the same way.
	defer context.AfterFunc(ctx, program.Quit)()

	pollCtx, cancel := context.WithCancel(ctx)
	var polling sync.WaitGroup
	polling.Go(func() { b.run(pollCtx, a, l, func(e client.Event) { program.Send(e) }) })
	_, err = program.Run()
	cancel()
	polling.Wait()
	switch {
	case err != nil:
		return false, fmt.Errorf("the dashboard ended: %w", err)
	case b.err != nil:
		return false, b.err
	}
	return model.WantsDemo(), a.dashboardOutcome(l)
}

// program puts a model on the screen. It restores the terminal however it ends,
// by a panic too; signals are ours.
func (a *app) program(model tea.Model, sc screen) *tea.Program {
	return tea.NewProgram(model,
		tea.WithOutput(a.stdout),
		tea.WithColorProfile(sc.profile),
		tea.WithEnvironment(a.environ),
		tea.WithoutSignalHandler(),
	)
}

// dashboardOutcome says at the end, where it can be read, what is wrong with
// the file.
func (a *app) dashboardOutcome(l *loaded) error {
	var problems []error
	for _, p := range l.Problems {
		if p.Profile == "" {
			problems = append(problems, p)
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return configError(errors.Join(problems...))
}

// background opens the session and polls while the screen is already there:
// the first frame waits for no file of state, no certificate and no request.
type background struct {
	// opened is closed when poller is set, or when it never will be.
	opened chan struct{}
	poller *client.Poller
	err    error
}

// run opens the session and polls until ctx ends.
func (b *background) run(ctx context.Context, a *app, l *loaded, send func(client.Event)) {
	s, err := a.open(l, l.Profiles)
	if err != nil {
		b.err = err
		close(b.opened)
		send(client.Event{Notice: strings.TrimSpace(err.Error())})
		return
	}
	b.poller = s.poller
	close(b.opened)
	if s.notice != "" {
		send(client.Event{Notice: s.notice})
	}
	s.poller.Run(ctx, send)
	b.err = s.close()
}

// refresh passes a wish on. It is called by commands of the screen, off its
// loop, so it may wait for the moment that opening takes.
func (b *background) refresh(names ...string) {
	<-b.opened
	if b.poller != nil {
		b.poller.Refresh(names...)
	}
}
