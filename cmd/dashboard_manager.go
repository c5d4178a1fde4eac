package cmd

import (
	"cmp"
	"context"
	"time"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/cmd/manage"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/ui"
)

// dashboardManager changes profiles for the dashboard, and opens pages for it. It
// implements [ui.Manager].
type dashboardManager struct {
	*manage.Manager
	console    *console
	now        func() time.Time
	background *background
	// ends is the context of the dashboard.
	ends   context.Context
	lender *lender
}

// newDashboardManager makes the manager of a dashboard that runs.
func (a *app) newDashboardManager(ends context.Context, l *loaded, b *background, lent *lender) dashboardManager {
	return dashboardManager{a.runningManager(l, b), &a.console, a.now, b, ends, lent}
}

// runningManager makes the manager for a screen or conversation that runs: it uses
// their state, and they check each profile whose secret was changed.
func (a *app) runningManager(l *loaded, b *background) *manage.Manager {
	o := a.manageLoaded(l)
	o.Store, o.Refresh = b.store, b.refresh
	return manage.New(o)
}

// Try asks the service as a draft says. Whoever tests a form waits for the answer,
// so that a credential command may ask them. It ends with the dashboard, and what
// it has started before that.
func (d dashboardManager) Try(ctx context.Context, draft config.Draft, secret string) (s account.Snapshot) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(d.ends, cancel)()
	d.background.during(func() {
		s = d.Manager.Try(credential.WithLender(client.Attended(ctx), d.lender), draft, secret)
	})
	return s
}

// profile is the named one as the file has it now.
func (d dashboardManager) profile(name string) (*config.Config, config.Profile, error) {
	c, err := d.Load()
	if err != nil {
		return nil, config.Profile{}, err
	}
	p, ok := c.Profile(name)
	if !ok {
		return nil, config.Profile{}, c.NoProfile(name)
	}
	return c, p, nil
}

// Pin ties a profile to the user who answers.
func (d dashboardManager) Pin(ctx context.Context, name string) (said string, err error) {
	c, p, err := d.profile(name)
	if err != nil {
		return "", err
	}
	done, err := d.Manager.Pin(ctx, c, p)
	switch {
	case err != nil:
		return "", err
	case !done.Done():
		return "", stateError(name+" cannot be pinned", done.Answer, d.now(), exitBad)
	case done.Before == done.Answer.Account.User.ID:
		return name + " is pinned to " + done.Answer.Account.User.Label() + " already", nil
	}
	return "pinned " + name + " to " + done.Answer.Account.User.Label(), nil
}

// Snooze begins or ends the snooze of profiles.
func (d dashboardManager) Snooze(_ context.Context, names []string, until, note string) (said string, err error) {
	z, err := manage.NewSnooze(until, note, d.now())
	if err != nil {
		return "", err
	}
	c, err := d.Load()
	if err != nil {
		return "", err
	}
	profiles, err := chooseSome(c, names)
	if err != nil {
		return "", err
	}
	if _, err = d.SnoozeAll(profiles, z); err != nil {
		return "", err
	}
	switch {
	case !z.Until.IsZero():
		return "snoozed " + manage.Profiles(names) + " until " + snoozeEnd(z.Until, d.now()), nil
	case len(names) == 1:
		return names[0] + " is no longer snoozed", nil
	}
	return "ended the snooze of " + manage.Profiles(names), nil
}

// OpenURL shows a page in the browser.
func (d dashboardManager) OpenURL(ctx context.Context, address string) error {
	return d.console.openURL(ctx, address)
}

// Undo takes back the last change. One of another run is one that the person has
// agreed to, by its number.
func (d dashboardManager) Undo(ctx context.Context, agreed int64) (said string, err error) {
	next, err := d.Next()
	switch {
	case err != nil:
		return "", err
	case next.Own:
		return d.Manager.Undo(ctx)
	case agreed == 0 || agreed != doubted(next):
		return "", &ui.DoubtError{Step: doubted(next), Question: next.Question(d.now())}
	}
	return d.UndoEarlier(ctx)
}

// Redo does again what was taken back last, likewise.
func (d dashboardManager) Redo(ctx context.Context, agreed int64) (said string, err error) {
	next, err := d.NextAgain()
	switch {
	case err != nil:
		return "", err
	case !next.Own && (agreed == 0 || agreed != doubted(next)):
		return "", &ui.DoubtError{Step: doubted(next), Question: next.Question(d.now())}
	}
	return d.Manager.Redo(ctx)
}

// doubted is the number of a step that a person is asked about; -1 for the one that
// the backup of the file alone tells of.
func doubted(next manage.Reversal) int64 { return cmp.Or(next.Number, -1) }
