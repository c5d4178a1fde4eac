package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/privacy"
	"rollcall/client/store"
	"rollcall/client/text"
	"rollcall/client/together"
	"rollcall/cmd/child"
	"rollcall/cmd/hook"
	"rollcall/config"
)

const (
	// hookMoment is how long what happens is gathered, so that hooks are told of it
	// together.
	hookMoment = time.Second
	// hookLeave is how long hooks that run have until they are ended, when rollcall ends.
	hookLeave = time.Second / 2
	// claimWait is how long it may take to note what hooks are told, while rollcall goes on.
	claimWait = 5 * time.Second
)

// hooked tells the hooks of a configuration of what happens to its profiles, beside
// whatever asks for them. Nothing that hooks do keeps that waiting.
type hooked struct {
	// app is one of its own, since its stand-ins are.
	app    app
	loaded loaded
	runner *hook.Runner
	// runs are those that the runner has started.
	runs together.Group
	// private reports whether hooks are given stand-ins now, and mask has them; it is nil
	// until then.
	private func() bool
	mask    *privacy.Mask
	// say has something said to the person. Several goroutines call it.
	say func(string)
	// stands is told after each run of a hook what is wrong with it, which is empty for
	// nothing, and what to do; nil for nobody. Several goroutines call it.
	stands func(h config.Hook, wrong, remedy string)
	// wants says which profiles are told of, by what is known of them; nil for all.
	wants func(*config.Config, config.Profile, account.Snapshot) bool
	// saying is held while say runs for a hook.
	saying sync.Mutex
	// woken has a value while there is something to look at.
	woken chan struct{}

	// mu guards what has come since the last look: what is known of profiles anew, and the
	// configuration with the profiles of it, where it is another.
	mu       sync.Mutex
	fresh    map[string]account.Snapshot
	config   *config.Config
	profiles []config.Profile

	// The rest is for the goroutine of run: the profiles with what is known of each.
	watched watched
	edges   insight.Edges
	// claimWait is how long a claim waits for the disk.
	claimWait time.Duration
}

// watched are profiles with what is known of each.
type watched struct {
	profiles []config.Profile
	latest   []account.Snapshot
	// places are where each is in both.
	places map[string]int
}

// newHooked tells the hooks of a configuration of what happens to profiles of it.
func (a *app) newHooked(l *loaded, profiles []config.Profile) *hooked {
	private := a.mask != nil
	h := &hooked{
		app: *a, loaded: *l, private: func() bool { return private }, woken: make(chan struct{}, 1), claimWait: claimWait,
	}
	h.runner = hook.New(hook.Options{Ready: h.app.readyHook, Ended: h.ended, Start: h.runs.Go})
	h.use(l.Config, profiles)
	return h
}

// hookedTo tells the hooks of what happens to those profiles that somebody has asked for.
func (a *app) hookedTo(l *loaded, profiles []config.Profile, asked wanted) *hooked {
	h := a.newHooked(l, profiles)
	h.wants = func(c *config.Config, p config.Profile, s account.Snapshot) bool {
		now, err := asked.inView(c)
		return err == nil && h.app.answers(c, p, s, now.Query)
	}
	return h
}

// use has the hooks of a configuration told of profiles of it from now on.
func (h *hooked) use(c *config.Config, profiles []config.Profile) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.config, h.profiles = c, profiles
	h.runner.Use(c.Hooks)
	switch {
	case len(c.Hooks) == 0:
		h.fresh = nil
	case h.fresh == nil:
		h.fresh = map[string]account.Snapshot{}
	}
	h.wake()
}

// take takes in what has become known. Without hooks nobody keeps it.
func (h *hooked) take(e account.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.fresh == nil || len(e.Snapshots) == 0 {
		return
	}
	for _, s := range e.Snapshots {
		h.fresh[s.Profile] = s
	}
	h.wake()
}

// wake has run look. The caller has mu.
func (h *hooked) wake() {
	select {
	case h.woken <- struct{}{}:
	default:
	}
}

// run looks at what comes, and tells of it, until ctx ends, or a run of a hook has a fault
// of rollcall: that panics here. What goes wrong is said by say, which several goroutines
// call, also when it has returned.
func (h *hooked) run(ctx context.Context, say func(string)) {
	h.say = say
	h.wait(ctx, time.After)
}

// wait is run with the alarm for the end of a moment, and for what time alone changes.
func (h *hooked) wait(ctx context.Context, after func(time.Duration) <-chan time.Time) {
	sound, broken := context.WithCancel(ctx)
	defer broken()
	h.runs.Broken = broken
	h.gather(sound, after)
	if ctx.Err() == nil {
		h.close()
	}
}

// gather looks at what has come within a moment, again and again, until ctx ends.
func (h *hooked) gather(ctx context.Context, after func(time.Duration) <-chan time.Time) {
	next := longestQuiet
	for {
		select {
		case <-ctx.Done():
			h.lookAtLast()
			return
		case <-h.woken:
		case <-after(next):
		}
		select {
		case <-ctx.Done():
			h.lookAtLast()
			return
		case <-after(hookMoment):
		}
		next = h.look()
	}
}

// lookAtLast looks at what has come since the last look, when rollcall ends.
func (h *hooked) lookAtLast() {
	h.mu.Lock()
	come := len(h.fresh) > 0
	h.mu.Unlock()
	if come {
		h.claimWait = hookLeave
		h.look()
	}
}

// close returns when no hook runs any more. It has the fault of a run.
func (h *hooked) close() {
	h.runner.Close(hookLeave)
	h.runs.Wait()
}

// look finds what is new, and says when to look again if nothing comes before that.
func (h *hooked) look() (next time.Duration) {
	h.mu.Lock()
	fresh, c, profiles := h.fresh, h.config, h.profiles
	h.config = nil
	if fresh != nil {
		h.fresh = map[string]account.Snapshot{}
	}
	h.mu.Unlock()
	if c != nil {
		h.loaded.Config = c
		if h.mask != nil {
			hideFiles(h.mask, c)
		}
		h.watched.adopt(profiles)
	}
	if fresh == nil {
		// Hooks that come know as little as those of a rollcall that begins.
		h.watched, h.edges = watched{}, insight.Edges{}
		return longestQuiet
	}
	h.watched.take(fresh)
	now, warning := h.app.now(), h.loaded.ExpiryWarning
	if news := h.edges.Look(h.watched.latest, now, warning); len(news) > 0 {
		h.leaveUnwanted(news)
		h.tell(h.claimed(news, now), now)
	}
	return untilTurn(h.watched.latest, now, warning)
}

// adopt makes these the profiles. What is known of one that stays is kept.
func (w *watched) adopt(profiles []config.Profile) {
	latest, places := make([]account.Snapshot, len(profiles)), make(map[string]int, len(profiles))
	for i, p := range profiles {
		latest[i] = account.Snapshot{Profile: p.Name, Health: account.Health{State: account.Checking}}
		if at, there := w.places[p.Name]; there {
			latest[i] = w.latest[at]
		}
		places[p.Name] = i
	}
	w.profiles, w.latest, w.places = profiles, latest, places
}

func (w *watched) take(fresh map[string]account.Snapshot) {
	for name, s := range fresh {
		if i, there := w.places[name]; there {
			w.latest[i] = s
		}
	}
}

// leaveUnwanted leaves the news of profiles that are not told of to other rollcalls: how
// they stand is noted, and that somebody was told is not.
func (h *hooked) leaveUnwanted(news []insight.News) {
	for i := range news {
		n := &news[i]
		if h.wants != nil && !h.wants(h.loaded.Config, h.watched.profiles[n.Profile], h.watched.latest[n.Profile]) {
			n.Edges, n.Incident = nil, ""
		}
	}
}

// claimed is what no other rollcall has told of the news. Where that cannot be found out,
// it is told: twice is better than never.
func (h *hooked) claimed(news []insight.News, now time.Time) []insight.News {
	claims := make([]store.Claim, len(news))
	for i, n := range news {
		changes := n.Changes
		if !slices.Contains(n.Edges, insight.EdgeChanged) {
			changes = nil // Nobody is to be told of them.
		}
		claims[i] = store.Claim{
			Profile: h.watched.profiles[n.Profile].Name, Endpoint: h.watched.latest[n.Profile].Endpoint,
			Urgency: string(n.Urgency), At: n.At, Since: n.Since, Silent: !slices.Contains(n.Edges, insight.Edge(n.Urgency)),
			Changes: changes, Incident: n.Incident, Origin: n.Origin,
		}
	}
	mine, err := h.loaded.store.Claim(claims, now, h.claimWait)
	if err != nil {
		h.say("that hooks were told could not be noted, so that another rollcall may tell them again: " + err.Error())
		return news
	}
	for i := range news {
		news[i].Edges = slices.DeleteFunc(news[i].Edges, func(e insight.Edge) bool {
			switch e {
			case insight.EdgeChanged:
				return !mine[i].Changed
			case insight.EdgeIncident:
				return !mine[i].Incident
			}
			return !mine[i].Urgency
		})
	}
	return news
}

// tell tells the hooks of news.
func (h *hooked) tell(news []insight.News, now time.Time) {
	news = slices.DeleteFunc(news, func(n insight.News) bool { return len(n.Edges) == 0 })
	if len(news) == 0 {
		return
	}
	if chosen, err := h.app.chooseActive(h.loaded.Config, h.loaded.store); err == nil {
		h.loaded.chosen = chosen
	}
	h.cover()
	shown := h.app.shownAll(slices.Clone(h.watched.latest))
	var events []hook.Event
	for _, n := range news {
		var line bytes.Buffer
		profile := h.app.newProfileJSON(&h.loaded, h.watched.profiles[n.Profile], shown[n.Profile])
		if err := writeJSONLine(&line, eventJSON{schema, timeJSON(now), n.Edges, profile}); err != nil {
			h.say("hooks cannot be told of " + h.watched.profiles[n.Profile].Name + ": " + err.Error())
			continue
		}
		var kinds []string
		for _, e := range n.Edges {
			kinds = append(kinds, string(e))
		}
		events = append(events, hook.Event{Kinds: kinds, Line: line.Bytes()})
	}
	h.runner.Tell(events)
}

// cover has hooks given stand-ins, or what there is, as the person wants it now.
func (h *hooked) cover() {
	if !h.private() {
		h.app.mask = nil
		return
	}
	if h.mask == nil {
		h.mask = h.app.maskOf(h.loaded.Config)
	}
	h.app.mask = h.mask
}

// readyHook makes the program of a hook ready, by the rules of commands without a
// credential.
func (a *app) readyHook(h config.Hook) (child.Program, error) {
	secrets, _ := a.bystanders.withheld()
	args, err := h.Arguments(config.Values{Variable: a.variable, Secrets: a.secretNames(secrets)})
	if err != nil {
		return child.Program{}, err
	}
	path, err := findOwn(args[0])
	if err != nil {
		return child.Program{}, &config.NotRunError{Command: h.Name(), Err: programError(args[0], err)}
	}
	return child.Program{Path: path, Args: args, Env: a.bystanderEnviron(), Dir: h.Dir(), Pack: a.alone}, nil
}

// ended says what went wrong with a hook.
func (h *hooked) ended(r hook.Run) {
	h.saying.Lock()
	defer h.saying.Unlock()
	wrong, remedy := "", ""
	if !r.Good() {
		wrong, remedy = hookFailure(r, h.app.withheldValues())
		h.say(wrong + ". " + remedy)
	}
	if h.stands != nil {
		h.stands(r.Hook, wrong, remedy)
	}
}

// mendHook is what to do about a hook that cannot be run.
const mendHook = "Mend its run in the configuration, or set what it needs."

// hookFailure says what went wrong with a hook, without a full stop, and what to do.
// Secrets are not shown.
func hookFailure(r hook.Run, secrets []string) (wrong, remedy string) {
	name, events := r.Hook.Name(), text.Plural(r.Events, "event")
	if r.Err != nil {
		said := r.Err.Error()
		if _, named := errors.AsType[*config.NotRunError](r.Err); !named {
			said = name + " is not run: " + said
		}
		return said, "It was not told of " + events + ". " + mendHook
	}
	said, remedy := name+" "+r.Ending.String(), "Try it on a line of JSON, as in 'Try a hook' of hooks.md."
	switch {
	case r.Left:
		said, remedy = name+" was ended with rollcall, before it was done with "+events, "That is not told again."
	case r.Late:
		said = fmt.Sprintf("%s was ended, since it was not done with %s in %s", name, events, text.Age(hook.Limit))
		remedy = "Have it leave what takes longer to another program."
	}
	if last := lastLine(r.Complaint, secrets); last != "" {
		said += ": " + last
	}
	return strings.TrimRight(said, "."), remedy
}

// lastLine is the last line of what a program printed that says something, as it can be
// shown.
func lastLine(printed child.Printed, secrets []string) string {
	lines := strings.Split(shownOutput(printed, secrets).Text, "\n")
	for _, line := range slices.Backward(lines) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}
