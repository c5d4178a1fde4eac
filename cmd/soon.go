package cmd

import (
	"context"
	"runtime/debug"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/plainfile"
	"rollcall/ui"
)

// readAtOnce is the largest file, in bytes, that is read before anything is shown: with
// some hundred profiles that takes less than a frame of the screen.
const readAtOnce = 64 << 10

// soon is what is shown while a large configuration is still to be read: how its
// profiles stood in the last run.
type soon struct {
	path string
	// chosen is set where the person has named the file.
	chosen    bool
	state     openedStore
	standings []ui.Standing
	// drawn is closed when that was drawn.
	drawn <-chan struct{}
}

// soon is nil where the configuration is small, or where nothing is known of it. In
// private mode nothing is shown before it is read: what has a stand-in is told by all
// that is known of the accounts.
func (a *app) soon() *soon {
	if a.demo || a.mask != nil {
		return nil
	}
	path, chosen, err := config.Path(a.configFlag, a.getenv)
	if err != nil {
		return nil
	}
	if info, err := plainfile.Stat(a.ending(), path); err != nil || !info.Mode().IsRegular() || info.Size() <= readAtOnce {
		return nil
	}
	s := &soon{path: path, chosen: chosen, state: a.openStore(path)}
	if s.state.err != nil {
		return nil
	}
	for _, one := range s.state.store.Standings() {
		s.standings = append(s.standings, ui.Standing{Name: one.Profile, State: one.State})
	}
	if len(s.standings) == 0 {
		_ = s.state.store.Close()
		return nil
	}
	return s
}

// open reads the configuration while the screen is there, and puts the dashboard on it.
// Where that cannot be, the screen ends, and the reason is told as it would be without.
func (d *dashboard) open(ctx, besides context.Context, soon *soon) {
	d.await(besides, soon.drawn, sightTime)
	debug.SetGCPercent(d.garbage)
	soon.state.store.ReadAhead()
	opened := make(chan openedStore, 1)
	opened <- soon.state
	l, err := d.readSelected(func() (*loaded, error) { return d.readAt(soon.path, soon.chosen, opened) })
	if err != nil {
		d.b.failed(err)
		d.program.Quit()
		return
	}
	d.l = l
	if besides.Err() != nil {
		return
	}
	model := ui.New(d.options(ctx, besides))
	show := func(first account.Event) {
		// The screen has not got the model yet.
		_, command := model.Update(first)
		d.model = model
		d.send(besides, ui.OpenedMsg{Model: model, Command: command})
		d.begin(besides)
	}
	if len(l.Profiles) == 0 {
		show(account.Event{})
	}
	d.poll(besides, d.b.open(d.app, l, d.hooks()), show)
}
