package cmd

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"rollcall/client/privacy"
	"rollcall/client/store"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/ui"
)

// runDashboard shows the dashboard until the person leaves it. The first-run
// screen can be left for the demo.
func (a *app) runDashboard(ctx context.Context) error {
	defer a.ended(ctx)
	if a.wantsAccessible() {
		return a.runAccessible(ctx)
	}
	sc := a.screenOf(a.stdout)
	if !sc.terminal || dumb(a.getenv) {
		return configError(errors.New("the dashboard needs a terminal that can move its cursor\n" +
			"Use 'rollcall --accessible' or 'rollcall status' here"))
	}
	garbage := debug.SetGCPercent(openingGarbage)
	defer debug.SetGCPercent(garbage)
	open := garbage
	if a.getenv("GOGC") == "" {
		open = openGarbage
	}
	soon := a.soon()
	var l *loaded
	var err error
	if soon == nil {
		if l, err = a.readSelected(a.readAhead); err != nil {
			return err
		}
	}
	for {
		d := &dashboard{app: a, screen: sc, l: l, seen: make(chan struct{}), garbage: open}
		d.private.Store(a.mask != nil)
		if a.logFile != nil {
			a.logFile.pause(a.mask != nil) // Stand-ins on the screen before this one are gone with it.
		}
		demo, err := d.show(ctx, soon)
		if d.l != nil {
			d.l.closeBehind()
		}
		if err != nil || !demo {
			return err
		}
		a.demo, a.configFlag, a.profileFlag, soon = true, "", "", nil
		if l, err = a.read(); err != nil {
			return err
		}
	}
}

// readSelected reads a configuration that has the profile to begin with.
func (a *app) readSelected(read func() (*loaded, error)) (*loaded, error) {
	l, err := read()
	if err != nil {
		return nil, err
	}
	if err := a.canSelect(l); err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

// dashboard is one that is shown. Its configuration and its model are nil until they
// are there.
type dashboard struct {
	*app
	l       *loaded
	screen  screen
	program *tea.Program
	out     *written
	model   *ui.Model
	b       *background
	manager dashboardManager
	// private is set while stand-ins are on the screen.
	private atomic.Bool
	lender  *lender
	// seen is closed when the answers of the last run were drawn.
	seen chan struct{}
	// garbage is how much garbage may lie from then on.
	garbage int
}

// show runs the dashboard on its configuration, or on one that is still to be read,
// and reports whether the person asked for the demo.
func (d *dashboard) show(ctx context.Context, soon *soon) (demo bool, err error) {
	d.out = &written{File: d.stdout}
	d.b = newBackground(func() { d.program.Quit() })
	d.lender = d.screenLender(func(msg tea.Msg) { d.program.Send(msg) })
	d.lender.private = d.private.Load
	besides, cancel := context.WithCancel(credential.WithLender(ctx, d.lender))
	defer cancel()
	var first tea.Model
	var recalled *recalled
	if soon != nil {
		first = ui.NewOpening(soon.standings, d.look())
		if size, ok := d.size(); ok {
			first, _ = first.Update(size)
		}
		soon.drawn = d.out.await(ansi.SetModeAltScreenSaveCursor)
	} else {
		d.model = ui.New(d.options(ctx, besides))
		recalled = newRecalled(d.model)
		first = recalled
	}
	d.program = d.app.program(first, d.out, d.screen)
	// A signal ends the program as a key would, so that the terminal is
	// restored in the same way.
	defer context.AfterFunc(ctx, d.program.Quit)()
	defer d.endAnyway(ctx, plainTerminal)()
	// A demo writes nothing but in a folder of its own.
	defer d.crashes.keepRuntimeReport(!d.demo)()
	d.crashes.screenIs(plainTerminal)
	defer d.crashes.screenIs("")
	if soon != nil {
		d.b.start(func() { d.open(ctx, besides, soon) })
	} else {
		d.recall(besides, recalled)
		d.begin(besides)
	}
	_, err = d.program.Run()
	cancel()
	failure := d.b.wait()
	for _, words := range d.b.after() {
		d.warn(words)
	}
	switch {
	case err != nil:
		return false, fmt.Errorf("the dashboard ended: %w", err)
	case failure != nil:
		return false, failure
	case d.model == nil:
		return false, nil
	}
	return d.model.WantsDemo(), d.problemsAtEnd(ctx, d.b.config(d.l.Config))
}

// look is how the terminal is drawn on.
func (d *dashboard) look() ui.Options {
	sc := d.screen
	return ui.Options{
		ASCII: sc.ascii, NoColor: !sc.colored(), Console: sc.linux, FewColors: sc.fewColors(),
		Version: d.version, Demo: d.demo, Private: d.mask != nil, NoShell: !hasShell(), Avatar: d.avatars(), Written: d.out.await,
	}
}

// options are those of the dashboard of the configuration.
func (d *dashboard) options(ctx, besides context.Context) ui.Options {
	a, l, b := d.app, d.l, d.b
	now := func() *config.Config { return b.config(l.Config) }
	options := d.look()
	options.Config, options.Services, options.TokenPage, options.FirstRun = l.Config, a.services.used(l.Profiles), a.tokenPage(l), l.firstRun
	home := a.home()
	options.Hide = func(m *privacy.Mask, c *config.Config) { knowMachine(m, home); hideFiles(m, c) }
	options.Active, options.Profile, options.Refresh, options.Check = l.active(), a.profileFlag, b.refresh, b.attend
	options.InSight, options.IgnoreWait, options.SetPrivate = b.inSight, b.ignoreWait, d.setPrivate
	past := lookback{services: a.services, config: now, keeper: l.store}
	options.History, options.Journal = past.history, past.journal
	if l.UI.Remember {
		options.Arrangement, options.Arrange = l.store.Arrangement(), l.store.Arrange
	}
	manager := a.newDashboardManager(besides, l, b, d.lender)
	d.manager = manager
	options.EditFile = func(profile string) (string, error) { return a.editFromScreen(ctx, manager.Manager, profile) }
	options.Manage, options.Programs = manager, dashboardPrograms{manager, ownPrograms{a, manager.Manager, b}}
	options.Finds = a.dashboardFinds(now)
	options.Import, options.AskFind = manager.importFinds, manager.askFind
	options.Export = func(_ context.Context, names []string, path string, private bool) (string, error) {
		return a.export(l, now(), names, path, private)
	}
	options.Storage = func() ui.StorageMsg { d.sight(besides); return a.storage(besides) }
	return options
}

// setPrivate has hooks given stand-ins, and nothing logged, while those are on the screen.
func (d *dashboard) setPrivate(on bool) {
	d.private.Store(on)
	if d.logFile != nil {
		d.logFile.pause(on)
		d.b.start(d.logFile.note)
	}
}

// hooks are told of what happens, with stand-ins while those are on the screen, which is
// told of how the hooks are.
func (d *dashboard) hooks() *hooked {
	h := d.newHooked(d.l, d.l.Profiles)
	h.private = d.private.Load
	h.stands = func(of config.Hook, wrong, remedy string) {
		d.program.Send(ui.HookMsg{Hook: of, Wrong: wrong, Remedy: remedy, At: d.now()})
	}
	return h
}

// begin starts what runs beside the screen besides the checks.
func (d *dashboard) begin(besides context.Context) {
	a, l, b, send := d.app, d.l, d.b, d.program.Send
	later := func(f func()) { b.start(func() { d.sight(besides); f() }) }
	later(func() {
		// The first screen waits for no description that it does not need.
		send(ui.ServicesMsg(a.services.Infos()))
		d.manager.tendRotations(besides, send)
	})
	later(func() { a.sweepOnce(besides, l) })
	later(func() { l.rememberChecks(besides, a) })
	b.start(func() {
		a.watchTerminal(besides, func() { b.failed(errTerminalGone); d.program.Quit() }, d.screen.sizes(send))
	})
	later(func() { b.watch(besides, l.Config, a.services, a.reloaded(l.Config, l.store, send)) })
	if !a.demo {
		later(func() { b.watchActive(besides, a, l, send) })
	}
}

// reloaded tells the screen of a changed file, and of the active profile, which
// may be another one with it.
func (a *app) reloaded(before *config.Config, state *store.Store, send func(tea.Msg)) func(*config.Config, error) {
	return func(c *config.Config, err error) {
		if err != nil || c == nil {
			send(ui.ConfigMsg{Config: c, Err: err, Services: a.services.Infos()})
		} else {
			send(ui.NewConfigMsg(before, c, a.services.Infos()))
			before = c
		}
		if err == nil {
			a.bystanders.learn(c.SecretVariables())
			send(a.activeNow(c, state))
		}
	}
}

// program puts a model on the screen. It restores the terminal however it ends,
// by a panic too; signals are ours. It draws on [mostColumns] by [mostLines] cells at most.
func (a *app) program(model tea.Model, out term.File, sc screen) *tea.Program {
	return pacedProgram(model, append(append(input(a.stdin), sc.output(out)...),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			if size, ok := msg.(tea.WindowSizeMsg); ok {
				size.Width, size.Height = drawn(size.Width, size.Height)
				return size
			}
			return msg
		}),
		tea.WithColorProfile(sc.profile),
		tea.WithEnvironment(a.environ),
		tea.WithoutSignalHandler(),
	)...)
}
