package cmd

import (
	"cmp"
	"context"
	"strings"

	"rollcall/config"
	"rollcall/ui"
)

// dashboardFinds looks for the accounts of this machine for a dashboard without
// profiles. Those of the machine have no business in the demo.
func (a *app) dashboardFinds(l *loaded) func(context.Context) []ui.Find {
	if a.demo {
		return nil
	}
	return func(ctx context.Context) (all []ui.Find) {
		for _, f := range a.finds(ctx, l.Config) {
			all = append(all, ui.Find{Where: f.Where, Draft: f.Draft, Problem: cmp.Or(f.knownWords(), f.Problem)})
		}
		return all
	}
}

// importFinds makes profiles of accounts, all or none, as the command import does.
func (d dashboardManager) importFinds(_ context.Context, drafts []config.Draft) (said string, err error) {
	all, err := d.Change(additions(drafts)...)
	return strings.Join(all, "; "), err
}
