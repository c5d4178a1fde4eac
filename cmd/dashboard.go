package cmd

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/ui"
)

// runDashboard shows the dashboard until the person leaves it. The first-run
// screen can be left for the demo.
func (a *app) runDashboard(ctx context.Context) error {
	if a.wantsAccessible() {
		return a.runAccessible(ctx)
	}
	sc := a.screenOf(a.stdout)
	if !sc.terminal || dumb(a.getenv) {
		return configError(errors.New("the dashboard needs a terminal that can move its cursor\n" +
			"Use 'rollcall --accessible' or 'rollcall status' here"))
	}
	l, err := a.read()
	if err != nil {
		return err
	}
	defer func() {
		if l != nil {
			l.close()
		}
	}()
	if err := a.canSelect(l); err != nil {
		return err
	}
	for {
		demo, err := a.show(ctx, sc, l)
		if err != nil || !demo {
			return err
		}
		l.close()
		a.demo, a.configFlag, a.profileFlag = true, "", ""
		if l, err = a.read(); err != nil {
			return err
		}
	}
}

// show runs the dashboard on a configuration, and reports whether the person
// asked for the demo.
func (a *app) show(ctx context.Context, sc screen, l *loaded) (demo bool, err error) {
	var program *tea.Program
	out := &written{File: a.stdout}
	b := newBackground(func() { program.Quit() })
	options := ui.Options{
		Config: l.Config, Services: a.services.used(l.Profiles), TokenPage: a.tokenPage(l), Refresh: b.refresh, Check: b.attend, InSight: b.inSight,
		Active: l.active(), Profile: a.profileFlag, Version: a.version,
		Demo: a.demo, Private: a.mask != nil, FirstRun: l.firstRun, ASCII: sc.ascii, NoColor: !sc.colored(),
		Console: sc.linux, FewColors: sc.fewColors(), NoShell: !hasShell(), Avatar: a.avatars(),
		Written: out.await,
	}
	past := lookback{services: a.services, config: func() *config.Config { return b.config(l.Config) }, keeper: l.store}
	options.History, options.Journal = past.history, past.journal
	lender := a.screenLender(func(msg tea.Msg) { program.Send(msg) })
	besides, cancel := context.WithCancel(credential.WithLender(ctx, lender))
	defer cancel()
	if l.UI.Remember {
		options.Arrangement, options.Arrange = l.store.Arrangement(), l.store.Arrange
	}
	manager := a.newDashboardManager(besides, l, b, lender)
	options.EditFile = func(profile string) (string, error) { return a.editFromScreen(ctx, manager.Manager, profile) }
	options.Manage, options.Programs = manager, dashboardPrograms{manager, ownPrograms{a, manager.Manager, b}}
	options.Finds = a.dashboardFinds(func() *config.Config { return b.config(l.Config) })
	options.Import, options.AskFind = manager.importFinds, manager.askFind
	options.Export = func(_ context.Context, names []string, path string, private bool) (string, error) {
		return a.export(l, b.config(l.Config), names, path, private)
	}
	options.Storage = func() ui.StorageMsg { return a.storage(besides) }
	model := ui.New(options)
	program = a.program(model, out, sc)
	// A signal ends the program as a key would, so that the terminal is
	// restored in the same way.
	defer context.AfterFunc(ctx, program.Quit)()
	defer a.endAnyway(ctx, plainTerminal)()

	b.start(func() {
		b.run(besides, a, l, func(e account.Event) {
			program.Send(e)
			if e.Decided {
				program.Send(a.activeNow(b.config(l.Config), l.store))
			}
		})
	})
	// The first screen waits for no description that it does not need.
	b.start(func() { program.Send(ui.ServicesMsg(a.services.Infos())); manager.tendRotations(besides, program.Send) })
	b.start(func() { l.rememberChecks(besides, a) })
	b.start(func() { a.watchTerminal(besides, func() { b.failed(errTerminalGone); program.Quit() }) })
	b.start(func() { b.watch(besides, l.Config, a.services, a.reloaded(l.store, program.Send)) })
	if !a.demo {
		b.start(func() { b.watchActive(besides, a, l, program.Send) })
	}
	_, err = program.Run()
	cancel()
	failure := b.wait()
	switch {
	case err != nil:
		return false, fmt.Errorf("the dashboard ended: %w", err)
	case failure != nil:
		return false, failure
	}
	return model.WantsDemo(), a.fileProblems(b.config(l.Config))
}

// reloaded tells the screen of a changed file, and of the active profile, which
// may be another one with it.
func (a *app) reloaded(state *store.Store, send func(tea.Msg)) func(*config.Config, error) {
	return func(c *config.Config, err error) {
		send(ui.ConfigMsg{Config: c, Err: err, Services: a.services.Infos()})
		if err == nil {
			a.bystanders.learn(c.SecretVariables())
			send(a.activeNow(c, state))
		}
	}
}

// program puts a model on the screen. It restores the terminal however it ends,
// by a panic too; signals are ours.
func (a *app) program(model tea.Model, out term.File, sc screen) *tea.Program {
	return tea.NewProgram(model, append(input(a.stdin),
		tea.WithOutput(out),
		tea.WithColorProfile(sc.profile),
		tea.WithEnvironment(a.environ),
		tea.WithoutSignalHandler(),
	)...)
}
