package cmd

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/config"
	"rollcall/ui"
)

// listener is told of what happens beside a screen, which it keeps waiting for nothing.
type listener interface {
	// use has it told of the profiles of a configuration from now on.
	use(c *config.Config, profiles []config.Profile)
	// take takes in what has become known.
	take(account.Event)
	// run tells of it until ctx ends, and says with say what went wrong, then and after.
	run(ctx context.Context, say func(string))
	// close ends what run has left.
	close()
}

// background opens the session and polls while the screen is already there:
// the first frame waits for no file of state, no certificate and no request.
type background struct {
	// quit ends the screen after a panic.
	quit    func()
	running sync.WaitGroup
	// opened is closed when session is set, or when it never will be.
	opened  chan struct{}
	session *session
	// hooks are told of what happens.
	hooks listener

	// mu guards err, what went wrong first, last, the configuration that is used now,
	// and said, what is to be said when the screen is gone.
	mu   sync.Mutex
	err  error
	last *config.Config
	said []string
}

func newBackground(quit func()) *background {
	return &background{quit: quit, opened: make(chan struct{})}
}

// start runs f beside the screen. A panic in f must not leave the terminal in the
// mode that the screen needs: the screen ends first, and the panic is reported
// after that.
func (b *background) start(f func()) {
	b.running.Go(func() {
		defer func() {
			if value := recover(); value != nil {
				b.failed(fault(value))
				b.quit()
			}
		}()
		f()
	})
}

// fault is what a panic is told as by whoever recovers it.
func fault(value any) error {
	return fmt.Errorf("a fault of rollcall, please report it: %v\n%s", value, debug.Stack())
}

// during runs f, which the end of the screen waits for as for what was started
// beside it.
func (b *background) during(f func()) {
	b.running.Add(1)
	defer b.running.Done()
	f()
}

// wait returns when all that was started has ended, or within savingTime, with
// what went wrong.
func (b *background) wait() error {
	ended := make(chan struct{})
	go func() { b.running.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(savingTime):
		b.failed(errors.New("work in the background did not stop in time\n" +
			"What the last checks found may not be saved; the next ones find it again"))
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}

func (b *background) failed(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err == nil {
		b.err = err
	}
}

// run polls in the session until ctx ends, and tells the hooks of what happens. Say, which
// several goroutines may call, has something said on the screen.
func (b *background) run(ctx context.Context, s *session, send func(account.Event), say func(string)) {
	// Hooks that run are ended after a fault, too.
	defer b.hooks.close()
	if s.notice != "" {
		send(account.Event{Notice: s.notice})
	}
	told := make(chan struct{})
	b.start(func() {
		defer close(told)
		b.hooks.run(ctx, func(words string) {
			if ctx.Err() != nil {
				b.sayAfter(words)
				return
			}
			say(words)
		})
	})
	s.poller.Run(ctx, func(e account.Event) { b.hooks.take(e); send(e) })
	// What happened is claimed before the store is closed.
	<-told
	if err := s.close(); err != nil {
		b.failed(err)
	}
}

// sayAfter keeps what is to be said when the screen is gone.
func (b *background) sayAfter(words string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.said = append(b.said, words)
}

// after is what is to be said now that the screen is gone.
func (b *background) after() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.said
}

// open opens the session, beside hooks that are told what happens in it.
func (b *background) open(a *app, l *loaded, hooks listener) *session {
	defer close(b.opened)
	b.hooks = hooks
	b.session = a.open(l, l.Profiles)
	return b.session
}

// refresh asks for checks of the named profiles, or of all where none is named.
// The screen calls it beside its loop, so that it may wait until the session is
// open.
func (b *background) refresh(names ...string) {
	if s := b.ready(); s != nil {
		s.poller.Refresh(names...)
	}
}

// inSight tells which profiles the person sees.
func (b *background) inSight(names []string) {
	if s := b.ready(); s != nil {
		s.poller.InSight(names)
	}
}

// attend asks for a check of a profile that a person waits for.
func (b *background) attend(name string) {
	if s := b.ready(); s != nil {
		s.poller.Attend(name)
	}
}

// ignoreWait is attend for a profile whose service wants no request yet.
func (b *background) ignoreWait(name string) {
	if s := b.ready(); s != nil {
		s.poller.AttendImpatient(name)
	}
}

// store is the state; nil where it could not be opened. Like refresh, it waits
// until the session is open.
func (b *background) store() *store.Store {
	if s := b.ready(); s != nil {
		return s.store
	}
	return nil
}

func (b *background) ready() *session {
	<-b.opened
	return b.session
}

// watch tells of each change of the file that was loaded until ctx ends, and has
// the profiles asked as it says from then on. A file that cannot be used changes
// nothing.
func (b *background) watch(
	ctx context.Context, was *config.Config, all *services, tell func(*config.Config, error),
) {
	config.Watch(ctx, was, func() *config.Config {
		c, err := config.Load(was.Path, all.known())
		if err == nil {
			// What the screen then asks for is asked of this one.
			b.mu.Lock()
			b.last = c
			b.mu.Unlock()
			all.take(c.Declarations)
		}
		// The screen must know a profile before there is news of it.
		tell(c, err)
		if err != nil {
			return nil
		}
		if s := b.ready(); s != nil {
			b.hooks.use(c, c.Profiles)
			s.poller.Replace(s.clients(c, c.Profiles))
		}
		return c
	})
}

// watchActive tells at once where it is not clear which profile is the active
// one, and then whenever a project file changes, until ctx ends.
func (b *background) watchActive(ctx context.Context, a *app, l *loaded, send func(tea.Msg)) {
	if l.choiceErr != nil {
		send(ui.ActiveMsg{Problem: l.choiceErr.Error()})
	}
	config.WatchProjects(ctx, a.workDir, func() { send(a.activeNow(b.config(l.Config), l.store)) })
}

// config is the newest configuration that the file had since the start; the
// given one where the file has not changed.
func (b *background) config(otherwise *config.Config) *config.Config {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.last != nil {
		return b.last
	}
	return otherwise
}

// activeNow tells which profile is the active one.
func (a *app) activeNow(c *config.Config, state *store.Store) ui.ActiveMsg {
	chosen, err := a.chooseActive(c, state)
	if err != nil {
		return ui.ActiveMsg{Problem: err.Error()}
	}
	return ui.ActiveMsg{Profile: chosen.Profile}
}

// problemsAtEnd is fileProblems for the end of a screen. Where --timeout has ended that, the
// file decides on the exit status all the same: nothing was left undone.
func (a *app) problemsAtEnd(ctx context.Context, c *config.Config) error {
	err := a.fileProblems(c)
	status, wrong := errors.AsType[*exitError](err)
	if _, is := timeUpOf(ctx); !is || !wrong {
		return err
	}
	a.printError(status.err)
	return &exitError{code: status.code}
}

// fileProblems is an error that names what is wrong with the file besides its
// profiles. It is for the end of the dashboard, when the terminal can show it.
func (a *app) fileProblems(c *config.Config) error {
	var problems []error
	for _, p := range c.Problems {
		if p.Profile == "" {
			problems = append(problems, p)
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return configError(errors.Join(problems...))
}
