package cmd

import (
	"context"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/term"

	"rollcall/client/account"
	"rollcall/client/together"
	"rollcall/cmd/talk"
	"rollcall/config"
)

// wantsAccessible reports whether the dashboard is to be a conversation.
func (a *app) wantsAccessible() bool {
	v := a.getenv("ROLLCALL_ACCESSIBLE")
	// A word that is no boolean, such as "please", means yes as well.
	on, err := strconv.ParseBool(v)
	return a.accessible || on || v != "" && err != nil
}

// runAccessible is the dashboard as a conversation in plain lines, for those
// who listen to a screen and for what is no screen.
func (a *app) runAccessible(ctx context.Context) error {
	l, err := a.read()
	if err != nil {
		return err
	}
	defer l.closeBehind()
	if l.firstRun {
		return l.mustExist()
	}
	if err := a.canSelect(l); err != nil {
		return err
	}
	if err := l.unclear(); err != nil {
		a.warn(err.Error())
	}
	// Cancelling this context ends the conversation and the work in the background.
	talking, cancel := context.WithCancel(ctx)
	defer a.endAnyway(ctx, "")()
	defer a.crashes.keepRuntimeReport(!a.demo)()
	b := newBackground(cancel)
	in, out := a.openPauses()
	lent := a.lendConversation(talking, in, out)
	c := talk.New(talking, in, out, a.talkOptions(l, b, in, out))
	events := make(chan account.Event)
	b.start(func() {
		var tending together.Group
		tending.Go(func() { a.tendConversation(talking, l, b, events) })
		defer close(events)
		// After a fault nothing else would end what is waited for.
		defer func() { cancel(); tending.Wait() }()
		tell := func(e account.Event) { pass(talking, events, e) }
		b.run(lent, b.open(a, l, a.newHooked(l, l.Profiles)), tell, func(words string) { tell(account.Event{Notice: words}) })
	})
	reloads := make(chan talk.Reload)
	b.start(func() {
		b.watch(talking, l.Config, a.services, func(c *config.Config, err error) {
			if err == nil {
				a.bystanders.learn(c.SecretVariables())
			}
			select {
			case reloads <- talk.Reload{Config: c, Err: err, Services: a.services.Infos()}:
			case <-talking.Done():
			}
		})
	})
	c.Run(lent, events, reloads)
	cancel()
	err = b.wait()
	for _, words := range b.after() {
		a.warn(words)
	}
	if err != nil {
		return err
	}
	return a.problemsAtEnd(ctx, b.config(l.Config))
}

// tendConversation sees to the secrets that rotations have replaced, and tells what has
// become of them.
func (a *app) tendConversation(ctx context.Context, l *loaded, b *background, events chan<- account.Event) {
	b.start(func() { a.sweepOnce(ctx, l) })
	tend(ctx, a.runningManager(l, b), func(said string) {
		select {
		case events <- account.Event{Notice: said}:
		case <-ctx.Done():
		}
	})
}

// talkOptions are those of a conversation about a configuration.
func (a *app) talkOptions(l *loaded, b *background, in *pausedInput, out *pausedOutput) talk.Options {
	past := lookback{services: a.services, config: func() *config.Config { return b.config(l.Config) }, keeper: l.store}
	o := talk.Options{
		Services: a.services.used(l.Profiles),
		Config:   l.Config, Active: l.active(), Selected: a.profileFlag, Echoed: term.IsTerminal(a.stdin.Fd()), Now: a.now, Words: vocabulary(),
		Refresh: b.refresh, Check: b.attend, IgnoreWait: b.ignoreWait, Choose: func(c *config.Config) (config.Chosen, error) { return a.chooseActive(c, l.store) },
		TokenPage: a.tokenPage(l),
		History:   func(name string) account.Past { return a.shownPast(past.history(name)) },
		Journal:   func() []account.Past { return a.shownPasts(past.journal()) },
		Account:   a.accountWords, Told: a.told, Own: a.own, Shown: a.shown, Named: a.named,
	}
	if a.mask == nil {
		o.OpenURL = a.openURL
	} else {
		o.Hide = func(c *config.Config) { hideFiles(a.mask, c) }
	}
	if in.reader != nil {
		o.Secret = func(ctx context.Context, question string) (string, error) { return a.askHidden(ctx, in, out, question) }
	}
	o.Export = func(_ context.Context, names []string, path string) (string, error) {
		return a.export(l, b.config(l.Config), names, path, a.mask != nil)
	}
	m := a.runningManager(l, b)
	o.Manage = m
	if !a.demo {
		o.Finds = func(ctx context.Context) []talk.Find { return a.spokenFinds(a.finds(ctx, b.config(l.Config))) }
	}
	o.Edit = func(ctx context.Context, profile string) (said string, err error) {
		err = withTerminal(in, out, func() error {
			said, err = a.editFile(ctx, m, profile)
			return err
		})
		return said, err
	}
	a.talkPrograms(&o, ownPrograms{a, m, b}, in, out)
	return o
}

// shownPasts is what is kept of profiles as it can be shown. Each is found by the
// name that the configuration has for it.
func (a *app) shownPasts(all []account.Past) []account.Past {
	for i, p := range all {
		all[i] = a.shownPast(p)
		all[i].Profile = p.Profile
	}
	return all
}

// accountWords tells all of a profile, as the command show does.
func (a *app) accountWords(c *config.Config, p config.Profile, s account.Snapshot) string {
	var b strings.Builder
	sc := screen{ascii: a.screenOf(a.stdout).ascii}
	if err := writeAccount(&b, sc, a.now(), a.newAccountPage(p, s, c.ExpiryWarning)); err != nil {
		return err.Error()
	}
	return strings.TrimRight(b.String(), "\n")
}
