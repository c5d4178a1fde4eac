package cmd

import (
	"context"
	"errors"

	"rollcall/config"
	"rollcall/ui"
)

// dashboardManager changes profiles for the dashboard, and opens pages for it. It
// implements [ui.Manager].
type dashboardManager struct {
	*manager
	console *console
}

// newDashboardManager makes the manager of a dashboard that runs: it uses the
// state of the dashboard, which checks each profile whose secret was changed.
func (a *app) newDashboardManager(path string, b *background) dashboardManager {
	o := a.manageOptions(path)
	o.Store, o.Refresh = b.store, b.refresh
	return dashboardManager{newManager(o), &a.console}
}

// Rotate replaces the secret of a profile; its error is one that the dashboard
// knows where the present secret would be lost.
func (d dashboardManager) Rotate(ctx context.Context, draft config.Draft, secret string, lose bool) (said string, err error) {
	said, err = d.manager.Rotate(ctx, draft, secret, lose)
	if errors.Is(err, errNotKept) {
		err = notKept{err}
	}
	return said, err
}

// OpenURL shows a page in the browser.
func (d dashboardManager) OpenURL(ctx context.Context, address string) error {
	return d.console.openURL(ctx, address)
}

// notKept is the error of a secret that would be lost, as the dashboard knows
// it.
type notKept struct{ error }

func (notKept) Is(target error) bool { return target == ui.ErrNotKept }
func (n notKept) Unwrap() error      { return n.error }
