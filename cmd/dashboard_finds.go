package cmd

import (
	"context"
	"strings"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/ui"
)

// dashboardFinds looks for the accounts of this machine, beside the configuration as it
// is by then. Those of the machine have no business in the demo.
func (a *app) dashboardFinds(now func() *config.Config) func(context.Context) []ui.Find {
	if a.demo {
		return nil
	}
	return func(ctx context.Context) []ui.Find { return screenFinds(a.finds(ctx, now())) }
}

// importFinds makes profiles of accounts, all or none, as the command import does.
func (d dashboardManager) importFinds(_ context.Context, drafts []config.Draft) (said string, err error) {
	all, err := d.Change(additions(drafts)...)
	return strings.Join(all, "; "), err
}

// askFind asks the service of a find whose account it is.
func (d dashboardManager) askFind(ctx context.Context, draft config.Draft) (s account.Snapshot) {
	d.background.during(func() { s = askFind(ctx, d.ends, d.Manager, draft) })
	return s
}
