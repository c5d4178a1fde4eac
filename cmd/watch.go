package cmd

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/config"
)

// watch checks profiles again and again, and tells of each change until ctx ends.
func (a *app) watch(ctx context.Context, l *loaded, names []string, o statusOptions) error {
	if o.output.value == formatOpenMetrics {
		return configError(errors.New("--watch tells of changes, of which there are no metrics\nLeave out -o, or use -o json"))
	}
	if err := l.mustExist(); err != nil {
		return err
	}
	asked := o.only.of(names...)
	wanted, err := asked.inView(l.Config)
	if err != nil {
		return err
	}
	profiles, err := a.candidates(l.Config, wanted)
	if err != nil {
		return err
	}
	badFile := a.tellProblems(l, profiles)
	w := a.newWatcher(l, wanted, profiles, o)
	s := a.open(l, profiles)
	defer func() { a.warnNotKept(s.close()) }()

	watching, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	events, reloads := make(chan account.Event), make(chan reload)
	running.Go(func() { s.poller.Run(watching, func(e account.Event) { pass(watching, events, e) }) })
	if !a.demo {
		// What the screen shows of the configuration changes here, and what is asked
		// there.
		was := l.Config
		running.Go(func() {
			config.Watch(watching, was, func() *config.Config { return a.reread(watching, s, asked, was.Path, reloads) })
		})
	}
	err = w.run(watching, events, reloads, time.After)
	if _, is := timeUpOf(ctx); is && errors.Is(err, context.Canceled) {
		// It was to go on for so long.
		err = nil
		if badFile {
			err = &exitError{code: exitUsage}
		}
	}
	return err
}

// reload is a changed configuration with what is wanted of it, and the profiles to
// ask for; err says why it cannot be used.
type reload struct {
	config   *config.Config
	profiles []config.Profile
	wanted   wanted
	err      error
}

// reread has the profiles asked as a changed file says.
func (a *app) reread(ctx context.Context, s *session, w wanted, path string, reloads chan<- reload) *config.Config {
	c, err := config.Load(path, a.knownProviders())
	r := reload{config: c, err: err}
	if err == nil {
		a.services.take(c.Declarations)
		if r.wanted, r.err = w.inView(c); r.err == nil {
			r.profiles, r.err = a.candidates(c, r.wanted)
		}
	}
	pass(ctx, reloads, r)
	if r.err != nil {
		return nil
	}
	s.poller.Replace(s.clients(c, r.profiles))
	return c
}

// pass hands something over, unless ctx ends before anybody takes it.
func pass[T any](ctx context.Context, to chan<- T, value T) {
	select {
	case to <- value:
	case <-ctx.Done():
	}
}

// watcher tells of profiles as their snapshots come.
type watcher struct {
	app     *app
	loaded  *loaded
	wanted  wanted
	options statusOptions
	// profiles are those that are asked for, latest what is known of each.
	profiles []config.Profile
	latest   []account.Snapshot
	edges    insight.Edges
	// tell prints what is new, and says when to look again if nothing comes
	// before that.
	tell func() (next time.Duration, err error)
	// notice is what there was to say last.
	notice string
}

// newWatcher tells of profiles on a screen, or in lines where there is none that
// could be drawn on.
func (a *app) newWatcher(l *loaded, wanted wanted, profiles []config.Profile, o statusOptions) *watcher {
	w := &watcher{app: a, loaded: l, wanted: wanted, options: o}
	w.adopt(profiles)
	if err := l.unclear(); err != nil {
		w.say(err.Error())
	}
	w.tell = w.tellEvents
	if o.output.value == formatTable && a.screenOf(a.stdout).terminal && !dumb(a.getenv) {
		d := &redrawn{to: a.stdout}
		w.tell = func() (time.Duration, error) { return w.tellTable(d) }
	}
	return w
}

// adopt makes these the profiles. What is known of one that stays is kept.
func (w *watcher) adopt(profiles []config.Profile) {
	latest := make([]account.Snapshot, len(profiles))
	for i, p := range profiles {
		latest[i] = account.Snapshot{Profile: p.Name, Health: account.Health{State: account.Checking}}
		if at := w.index(p.Name); at >= 0 {
			latest[i] = w.latest[at]
		}
	}
	w.profiles, w.latest = profiles, latest
}

func (w *watcher) index(name string) int {
	return slices.IndexFunc(w.profiles, func(p config.Profile) bool { return p.Name == name })
}

// run takes in what comes, and tells of it, until ctx ends. After is the alarm for
// what time alone changes.
func (w *watcher) run(
	ctx context.Context, events <-chan account.Event, reloads <-chan reload, after func(time.Duration) <-chan time.Time,
) error {
	for {
		next, err := w.tell()
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case e := <-events:
			w.take(e)
		case r := <-reloads:
			w.reload(r)
		case <-after(next):
		}
	}
}

func (w *watcher) take(e account.Event) {
	if e.Notice != "" {
		w.say(e.Notice)
	}
	for _, s := range e.Snapshots {
		if i := w.index(s.Profile); i >= 0 {
			w.latest[i] = s
		}
	}
	if e.Decided {
		w.choose()
	}
}

func (w *watcher) reload(r reload) {
	if r.err != nil {
		w.say("the changed configuration cannot be used, so the one before stays: " + r.err.Error())
		return
	}
	w.loaded.Config, w.wanted = r.config, r.wanted
	w.choose()
	w.adopt(r.profiles)
}

// choose finds out anew which profile is the active one.
func (w *watcher) choose() {
	chosen, err := w.app.chooseActive(w.loaded.Config, w.loaded.store)
	if err != nil {
		w.say(err.Error())
		return
	}
	w.loaded.chosen = chosen
}

// say keeps a sentence for the person, which the table has below it.
func (w *watcher) say(notice string) { w.notice = w.app.told(notice) }

// selected are the profiles that answer the query, with what is known of them.
func (w *watcher) selected() (profiles []config.Profile, found []account.Snapshot) {
	for i, p := range w.profiles {
		if w.app.answers(w.loaded.Config, p, w.latest[i], w.wanted.Query) {
			profiles, found = append(profiles, p), append(found, w.latest[i])
		}
	}
	return profiles, found
}
