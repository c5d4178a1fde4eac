package cmd

import (
	"context"
	"errors"

	"rollcall/config/credential"
	"rollcall/ui"
)

// dashboardPrograms runs a shell and the person's own commands for the dashboard. It
// implements [ui.Programs].
type dashboardPrograms struct {
	dashboardManager
	own ownPrograms
}

// Shell readies a shell as a profile.
func (d dashboardPrograms) Shell(ctx context.Context, profile string) (p ui.Program, err error) {
	var all series
	d.whileRunning(ctx, func(ctx context.Context) { all, err = d.own.shell(ctx, profile) })
	return ui.Program{Run: d.run(func(ctx context.Context) ran { return d.onTerminal(ctx, all, false) })}, err
}

// Command readies a command of the person's own for profiles, one after another.
func (d dashboardPrograms) Command(ctx context.Context, profiles []string, name string) (p ui.Program, err error) {
	var all series
	d.whileRunning(ctx, func(ctx context.Context) { all, err = d.own.command(ctx, profiles, name) })
	if all.keep {
		return ui.Program{Behind: true, Run: d.run(all.behind)}, err
	}
	return ui.Program{Run: d.run(func(ctx context.Context) ran { return d.onTerminal(ctx, all, true) })}, err
}

// whileRunning does something that ends with the dashboard, which waits for that. A
// person waits for it, too, so that the command of a credential may ask them.
func (d dashboardPrograms) whileRunning(ctx context.Context, do func(context.Context)) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(d.ends, cancel)()
	d.background.during(func() { do(credential.WithLender(ctx, d.lender)) })
}

// run is what runs programs, to the end of the dashboard at the latest, which waits for
// that.
func (d dashboardPrograms) run(do func(context.Context) ran) func(context.Context) ui.Ran {
	return func(ctx context.Context) (out ui.Ran) {
		// It has the values of the dashboard's context, such as who hears of signals.
		ends, cancel := context.WithCancel(d.ends)
		defer cancel()
		defer context.AfterFunc(ctx, cancel)()
		d.background.during(func() {
			r := do(ends)
			out = ui.Ran{Said: r.said, Printed: r.printed, Cut: r.cut, Notes: r.notes, Err: r.err}
		})
		return out
	}
}

// onTerminal runs programs on the terminal, which the dashboard has left.
func (d dashboardPrograms) onTerminal(ctx context.Context, all series, wait bool) ran {
	t, done, ok := d.console.openTerminal()
	if !ok {
		return ran{err: configError(errors.New("there is no terminal here"))}
	}
	defer done()
	k := takeKeyboard(t.In)
	k.drain(lateAnswers)
	k.takeBack()
	all.tidied = tidied
	return all.on(ctx, t, wait)
}
