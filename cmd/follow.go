package cmd

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"rollcall/client/account"
	"rollcall/config"
)

// follower keeps what is known of profiles current while a command tells of them: in a
// table, in lines, as metrics. Its fields are for the goroutine of run.
type follower struct {
	app    *app
	loaded *loaded
	// asked is what the command line wants, and wanted that with what its view asks.
	asked, wanted wanted
	// profiles are those that are asked for, latest what is known of each, and places
	// where each is in both.
	profiles []config.Profile
	latest   []account.Snapshot
	places   map[string]int
	// badFile is set while something is wrong with the file as a whole, unusable while it
	// has changed and cannot be used.
	badFile, unusable bool
	// notice is what there was to say last.
	notice string
	// calls are what others want done between two changes; nil for nothing.
	calls chan func()
	// hooks are told of what happens; nil where no hook is. Where there are some, so are
	// calls.
	hooks listener
	// again asks for the file to be read once more, changed or not; nil for never.
	again <-chan struct{}
}

// follow begins with what the configuration wants asked, and says what is wrong with it.
func (a *app) follow(l *loaded, asked wanted) (*follower, error) {
	if err := l.mustExist(); err != nil {
		return nil, err
	}
	f := &follower{app: a, loaded: l, asked: asked}
	var err error
	if f.wanted, err = asked.inView(l.Config); err != nil {
		return nil, err
	}
	profiles, err := a.candidates(l.Config, f.wanted)
	if err != nil {
		return nil, err
	}
	f.adopt(profiles)
	if err := l.unfilled(); err != nil {
		f.say(err.Error())
	}
	f.badFile = a.tellProblems(l, profiles)
	if err := l.unclear(); err != nil {
		f.say(err.Error())
	}
	return f, nil
}

// run has the profiles checked, and the file read when it changes, until ctx ends. It
// calls tell in the beginning and after each change, when f has that, and again after the
// time that tell says. What tell does holds everything else up that f is to do.
func (f *follower) run(ctx context.Context, tell func() (next time.Duration, err error)) (err error) {
	s := f.app.open(f.loaded, f.profiles)
	following, cancel := context.WithCancel(ctx)
	// A fault of what runs beside the loop ends it.
	beside := newBackground(cancel)
	defer func() {
		if fault := f.end(s, beside); fault != nil {
			err = fault
		}
	}()
	defer cancel()
	events, reloads := make(chan account.Event), make(chan reload)
	if f.hooks != nil {
		beside.start(func() { f.hooks.run(following, func(words string) { f.sayBeside(following, beside, words) }) })
	}
	beside.start(func() { s.poller.Run(following, func(e account.Event) { pass(following, events, e) }) })
	if !f.app.demo {
		// What the screen shows of the configuration changes here, and what is asked
		// there.
		r := &rereader{app: f.app, session: s, asked: f.asked, path: f.loaded.Path, reloads: reloads}
		was := f.loaded.Config
		beside.start(func() { config.Watch(following, was, func() *config.Config { return r.read(following) }) })
		beside.start(func() { r.readAgain(following, f.again) })
	}
	err = f.loop(following, tell, events, reloads, time.After)
	if _, is := timeUpOf(ctx); is && errors.Is(err, context.Canceled) {
		// It was to go on for so long.
		err = nil
		if f.badFile {
			err = &exitError{code: exitUsage}
		}
	}
	return err
}

// end ends what run has begun, and returns the fault that was in it. What happened is
// claimed before the store is closed.
func (f *follower) end(s *session, beside *background) (fault error) {
	beside.running.Wait()
	f.app.warnNotKept(s.close())
	if f.hooks != nil {
		beside.start(f.hooks.close)
	}
	fault = beside.wait()
	for _, words := range beside.after() {
		f.app.warn(words)
	}
	return fault
}

// loop is run with what comes: events, changed files, and the alarm for what time alone
// changes. Each event and each changed file passes here, and is told of by tell.
func (f *follower) loop(
	ctx context.Context, tell func() (time.Duration, error),
	events <-chan account.Event, reloads <-chan reload, after func(time.Duration) <-chan time.Time,
) error {
	for {
		next, err := tell()
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case e := <-events:
			f.take(e)
			if f.hooks != nil {
				f.hooks.take(e)
			}
		case r := <-reloads:
			f.reload(r)
		case call := <-f.calls:
			call()
		case <-after(next):
		}
	}
}

// adopt makes these the profiles. What is known of one that stays is kept.
func (f *follower) adopt(profiles []config.Profile) {
	latest, places := make([]account.Snapshot, len(profiles)), make(map[string]int, len(profiles))
	for i, p := range profiles {
		latest[i] = account.Snapshot{Profile: p.Name, Health: account.Health{State: account.Checking}}
		if at, known := f.places[p.Name]; known {
			latest[i] = f.latest[at]
		}
		places[p.Name] = i
	}
	f.profiles, f.latest, f.places = profiles, latest, places
}

func (f *follower) take(e account.Event) {
	if e.Notice != "" {
		f.say(e.Notice)
	}
	for _, s := range e.Snapshots {
		if i, known := f.places[s.Profile]; known {
			f.latest[i] = s
		}
	}
	if e.Decided {
		f.choose()
	}
}

func (f *follower) reload(r reload) {
	f.unusable = r.err != nil
	f.badFile = f.unusable || slices.ContainsFunc(r.config.Problems, func(p config.Problem) bool { return p.Profile == "" })
	if f.unusable {
		f.say("the changed configuration cannot be used, so the one before stays: " + r.err.Error())
		return
	}
	f.loaded.Config, f.wanted = r.config, r.wanted
	if f.app.mask != nil {
		hideFiles(f.app.mask, r.config)
	}
	f.choose()
	f.adopt(r.profiles)
	if f.hooks != nil {
		f.hooks.use(r.config, r.profiles)
	}
}

// choose finds out anew which profile is the active one.
func (f *follower) choose() {
	chosen, err := f.app.chooseActive(f.loaded.Config, f.loaded.store)
	if err != nil {
		f.say(err.Error())
		return
	}
	f.loaded.chosen = chosen
}

// say keeps a sentence for the person.
func (f *follower) say(notice string) { f.notice = f.app.told(notice) }

// sayBeside says a sentence of what runs beside the loop: through it until ctx ends, and
// then when all of that has ended. Stand-ins are for one goroutine alone.
func (f *follower) sayBeside(ctx context.Context, beside *background, words string) {
	select {
	case f.calls <- func() { f.say(words) }:
	case <-ctx.Done():
		beside.sayAfter(words)
	}
}

// warn says the sentence that was kept, where there is no table to have it below.
func (f *follower) warn() {
	if f.notice != "" {
		f.app.warnShown(f.notice)
		f.notice = ""
	}
}

// selected are the profiles that answer the query, with what is known of them.
func (f *follower) selected() (profiles []config.Profile, found []account.Snapshot) {
	for i, p := range f.profiles {
		if f.app.answers(f.loaded.Config, p, f.latest[i], f.wanted.Query) {
			profiles, found = append(profiles, p), append(found, f.latest[i])
		}
	}
	return profiles, found
}

// reload is a changed configuration with what is wanted of it, and the profiles to
// ask for; err says why it cannot be used.
type reload struct {
	config   *config.Config
	profiles []config.Profile
	wanted   wanted
	err      error
}

// rereader reads a changed file, and has its profiles asked.
type rereader struct {
	app     *app
	session *session
	asked   wanted
	path    string
	reloads chan<- reload
	// turn is held while the file is read.
	turn sync.Mutex
}

// read has the profiles asked as the file says now; nil where it cannot be used.
func (r *rereader) read(ctx context.Context) *config.Config {
	r.turn.Lock()
	defer r.turn.Unlock()
	a := r.app
	c, err := config.LoadContext(ctx, r.path, a.knownProviders())
	new := reload{config: c, err: err}
	if err == nil {
		a.services.take(c.Declarations)
		a.bystanders.learn(c.SecretVariables())
		if new.wanted, new.err = r.asked.inView(c); new.err == nil {
			new.profiles, new.err = a.candidates(c, new.wanted)
		}
	}
	pass(ctx, r.reloads, new)
	if new.err != nil {
		return nil
	}
	r.session.poller.Replace(r.session.clients(c, new.profiles))
	return c
}

// readAgain is read whenever it is asked for, until ctx ends.
func (r *rereader) readAgain(ctx context.Context, asked <-chan struct{}) {
	for {
		select {
		case <-asked:
			r.read(ctx)
		case <-ctx.Done():
			return
		}
	}
}

// pass hands something over, unless ctx ends before anybody takes it.
func pass[T any](ctx context.Context, to chan<- T, value T) {
	select {
	case to <- value:
	case <-ctx.Done():
	}
}
