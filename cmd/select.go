package cmd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kballard/go-shellquote"
	"github.com/spf13/cobra"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/config"
	"rollcall/config/query"
)

// wanted says which profiles a command is about: those that are named, or all,
// and of these those that answer a query.
type wanted struct {
	names []string
	query.Query
	// view is the saved view that they must be in, too; empty for none.
	view string
}

// selectFlag is --select and --view: both hold.
type selectFlag struct {
	queryFlag
	view string
}

// addSelectFlag adds --select and --view to a command. What stands behind them is
// completed.
func (a *app) addSelectFlag(c *cobra.Command) *selectFlag {
	f := new(selectFlag)
	c.Flags().Var(&f.queryFlag, "select", "limit it to the profiles that answer this `query`, such as 'tag:prod !ok'")
	_ = c.RegisterFlagCompletionFunc("select", a.completeQuery)
	c.Flags().StringVar(&f.view, "view", "", "limit it to the saved view of this `name`")
	_ = c.RegisterFlagCompletionFunc("view", a.completeViews)
	return f
}

// of are the named profiles, or all, as far as the flags let them through.
func (f *selectFlag) of(names ...string) wanted { return wanted{names, f.query, f.view} }

// inView is what is wanted with what the saved view asks, which the configuration has.
func (w wanted) inView(c *config.Config) (wanted, error) {
	if w.view == "" {
		return w, nil
	}
	v, err := viewOf(c, w.view)
	if err != nil {
		return w, err
	}
	q, err := query.Parse(v.Query, vocabulary())
	w.Query = q.And(w.Query)
	return w, err
}

// inConfiguration reports whether the configuration alone tells a field.
func inConfiguration(key string) bool {
	return slices.Contains([]string{"name", "label", "tag", "service", "host", "source"}, key)
}

// subject is a profile as a query asks about it. A query is asked of what is really
// known, whether or not stand-ins are shown: the same query is to find the same
// profiles.
func (a *app) subject(c *config.Config, p config.Profile, s account.Snapshot) *insight.Subject {
	return &insight.Subject{
		Name: p.Name, Label: p.Label, Tags: p.Tags, Service: p.Provider, ServiceTitle: a.services.Info(p.Provider).Title,
		Host: insight.Host(a.services.Endpoint(p.Provider, p.BaseURL, p.Parts)), Source: p.Credential().Source(),
		Snapshot: &s, Changed: newlyChanged(s), Now: a.now(), Warning: c.ExpiryWarning,
	}
}

// newlyChanged reports whether the last check of a profile has noticed a change.
func newlyChanged(s account.Snapshot) bool {
	n := len(s.Changes)
	return n > 0 && !s.Changes[n-1].At.Before(s.Health.CheckedAt.Truncate(client.KeptPrecision))
}

// answers reports whether a profile answers a query.
func (a *app) answers(c *config.Config, p config.Profile, s account.Snapshot, q query.Query) bool {
	return q.Empty() || q.Match(query.Index(a.subject(c, p, s)))
}

// candidates are the named profiles without those that the configuration alone
// rules out, so that nobody needs to be asked for these.
func (a *app) candidates(c *config.Config, w wanted) ([]config.Profile, error) {
	named, err := choose(c, w.names)
	if err != nil || w.Empty() {
		return named, err
	}
	var left []config.Profile
	for _, p := range named {
		if w.May(query.Index(a.subject(c, p, account.Snapshot{})), inConfiguration) {
			left = append(left, p)
		}
	}
	if len(left) == 0 {
		return nil, a.nothingSelected(c, w, named, make([]account.Snapshot, len(named)))
	}
	return left, nil
}

// selected are the candidates that answer the query, with their snapshots.
func (a *app) selected(
	c *config.Config, w wanted, candidates []config.Profile, snapshots []account.Snapshot,
) (profiles []config.Profile, found []account.Snapshot, err error) {
	if w.Empty() {
		return candidates, snapshots, nil
	}
	for i, p := range candidates {
		if a.answers(c, p, snapshots[i], w.Query) {
			profiles, found = append(profiles, p), append(found, snapshots[i])
		}
	}
	if len(profiles) == 0 {
		return nil, nil, a.nothingSelected(c, w, candidates, snapshots)
	}
	return profiles, found, nil
}

// selectStored are the profiles that are wanted by what is known without asking
// anybody.
func (a *app) selectStored(l *loaded, w wanted) ([]config.Profile, error) {
	w, err := w.inView(l.Config)
	if err != nil {
		return nil, err
	}
	candidates, err := a.candidates(l.Config, w)
	if err != nil || w.Empty() {
		return candidates, err
	}
	profiles, _, err := a.selected(l.Config, w, candidates, a.stored(l, candidates))
	return profiles, err
}

// stored is what is known of profiles without asking anybody.
func (a *app) stored(l *loaded, profiles []config.Profile) []account.Snapshot {
	s := a.open(l, profiles)
	defer s.network.Close()
	return s.poller.Stored()
}

// nothingSelected says that no profile answers the query, and what would be right.
func (a *app) nothingSelected(c *config.Config, w wanted, asked []config.Profile, snapshots []account.Snapshot) error {
	who := "no profile"
	if len(w.names) > 0 {
		who = "none of the named profiles"
	}
	why := ""
	if a.mask == nil { // Otherwise it could name somebody.
		why = w.Absent(func(key string) []string { return a.values(c, asked, snapshots, key) })
	}
	if why == "" {
		why = "leave out a term to find more"
	}
	asks := fmt.Sprintf("--select %q", w.String())
	if w.view != "" {
		asks = fmt.Sprintf("--view %s, which asks %q", shellquote.Join(w.view), w.String())
	}
	return configError(fmt.Errorf("%s answers %s: %s", who, asks, why))
}

// values are those that profiles have in a field, in their order as words. Of those
// that a query does not tell apart, it is the first alone.
func (a *app) values(c *config.Config, profiles []config.Profile, snapshots []account.Snapshot, key string) (all []string) {
	for i, p := range profiles {
		all = append(all, a.subject(c, p, snapshots[i]).Field(key)...)
	}
	slices.SortStableFunc(all, func(a, b string) int { return strings.Compare(query.Fold(a), query.Fold(b)) })
	return slices.CompactFunc(all, func(a, b string) bool { return query.Fold(a) == query.Fold(b) })
}
