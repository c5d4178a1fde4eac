package cmd

import (
	"context"
	"errors"

	"rollcall/config"
	"rollcall/ui"
)

// desk is where the dashboard has profiles changed. It implements [ui.Manager].
type desk struct {
	*manager
	console *console
}

// desk is that of a running dashboard, whose state it uses.
func (a *app) desk(path string, b *background) desk {
	o := a.manageOptions(path)
	o.Store, o.Refresh = b.store, b.refresh
	return desk{newManager(o), &a.console}
}

// Rotate replaces the secret of a profile; its error is one that the dashboard
// knows where the present secret would be lost.
func (d desk) Rotate(ctx context.Context, draft config.Draft, secret string, lose bool) (said string, err error) {
	said, err = d.manager.Rotate(ctx, draft, secret, lose)
	if errors.Is(err, errNotKept) {
		err = notKept{err}
	}
	return said, err
}

// OpenURL shows a page in the browser.
func (d desk) OpenURL(ctx context.Context, address string) error {
	return d.console.openURL(ctx, address)
}

// notKept is the error of a secret that would be lost, as the dashboard knows
// it.
type notKept struct{ error }

func (notKept) Is(target error) bool { return target == ui.ErrNotKept }
func (n notKept) Unwrap() error      { return n.error }
