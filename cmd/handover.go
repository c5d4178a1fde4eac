package cmd

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/cmd/discover"
	"rollcall/config"
	"rollcall/config/credential"
)

// handover is a profile whose credential other programs get, by the variables
// that they read.
type handover struct {
	profile   string
	variables client.Variables
	// notes are what there is to say of it, as it can be shown. secrets are the values
	// of variables that nobody may see.
	notes, secrets []string
}

// handoverRules say when a credential is not handed over.
type handoverRules struct {
	organization string
	// check asks the service first.
	check bool
	// minTTL is how long the token must last; zero for any time.
	minTTL time.Duration
}

// handOver resolves the credential of a profile for other programs.
func (a *app) handOver(ctx context.Context, l *loaded, p config.Profile, rules handoverRules) (handover, error) {
	if err := a.mayHandOver(p); err != nil {
		return handover{}, err
	}
	s := a.open(l, nil)
	h, err := a.handOverFrom(ctx, s, p, rules)
	for _, note := range h.notes {
		a.warnShown(note)
	}
	a.warnNotKept(s.close())
	return h, err
}

// mayHandOver refuses a profile that cannot be handed over, whatever its
// service would say.
func (a *app) mayHandOver(p config.Profile) error {
	if len(p.Problems) > 0 {
		var all []error
		for _, problem := range p.Problems {
			all = append(all, problem)
		}
		return &exitError{exitBad, errors.Join(all...)}
	}
	if p.Disabled {
		return &exitError{exitBad, fmt.Errorf("%s is disabled; 'rollcall enable %s' switches it on", p.Name, p.Name)}
	}
	d, holder := config.DraftOf(p), a.getenv(config.ProfileVariable)
	if holder == "" || holder == p.Name || d.Source != credential.SourceEnv || !slices.Contains(a.allVariables(), d.Reference) {
		return nil
	}
	// The variable was set for another profile: its value is that one's secret.
	return &exitError{exitBad, fmt.Errorf("%s says that this shell has the credential of %s, so %s is most likely not that of %s\n"+
		"Use another shell, or unset %[1]s first if it is", config.ProfileVariable, holder, d.Reference, p.Name)}
}

// handOverFrom applies the rules and gives the variables, of a profile that may be handed
// over.
func (a *app) handOverFrom(ctx context.Context, s *session, p config.Profile, rules handoverRules) (handover, error) {
	h := handover{profile: p.Name}
	credential := &remembered{Credential: p.Credential()}
	asked := clientProfile(s.Config, p)
	asked.Credential = credential
	c := client.New(asked, s.network)
	poller := client.NewPoller([]*client.Client{c}, s.store)
	snap := poller.Stored()[0]
	if rules.check || s.isOther(p, snap) || rules.minTTL > 0 && !fresh(snap, p.RefreshInterval, a.now()) {
		snap = poller.Once(ctx)[0]
		if err := ctx.Err(); err != nil {
			return handover{}, err
		}
		if err := refused(a.shown(snap), a.now(), s.isOther(p, snap)); err != nil {
			return handover{}, err
		}
	}
	if err := a.lastsFor(rules.minTTL, snap); err != nil {
		return handover{}, err
	}
	secret, warning, err := credential.last(ctx)
	if err != nil {
		return handover{}, unresolved(p, err)
	}
	if warning != nil {
		h.notes = append(h.notes, a.told(p.Name+": "+client.CredentialNote(warning).String()))
	}
	tools := client.Tools{Organization: rules.organization, Told: discover.Told(a.machine())}
	if !p.SecondToken.IsZero() {
		if tools.Second, _, err = p.SecondToken.Resolve(ctx); err != nil {
			return handover{}, unresolved(p, err)
		}
	}
	vars := c.Variables(secret, tools)
	if rules.organization != "" && slices.Equal(vars.Set, c.Variables(secret, client.Tools{Told: tools.Told}).Set) {
		return handover{}, configError(fmt.Errorf("the tools of %s take no organization; leave out --organization", p.Provider))
	}
	if len(vars.Set)+len(vars.Withheld) == 0 {
		return handover{}, configError(a.withoutVariables(s.Config, p.Provider))
	}
	for _, w := range vars.Withheld {
		why := w.Tool + " cannot be told that the service is at " + vars.Base
		if w.Told != "" {
			why = "the file of " + w.Tool + " leads it to " + w.Told + ", and not to " + vars.Base
		}
		h.notes = append(h.notes, fmt.Sprintf("%s: %s is not set, since %s", p.Name, w.Variable, why))
	}
	h.variables, h.secrets = vars, []string{secret}
	if tools.Second != "" {
		h.secrets = append(h.secrets, tools.Second)
	}
	return h, nil
}

// withoutVariables says that there is nothing to hand over to tools of a service. Who has
// described it can tell.
func (a *app) withoutVariables(c *config.Config, provider string) error {
	none := fmt.Errorf("no tool is known that reads a credential of %s from its environment: there is nothing to set", a.services.Info(provider).Title)
	i := slices.IndexFunc(c.Declarations, func(d config.Declaration) bool { return d.Name == provider })
	if i < 0 {
		return none
	}
	return fmt.Errorf("%w\nName the variable that its tools read in its description, in %s, for example: variables = { token = [\"X_TOKEN\"] }", none, c.Declarations[i].File)
}

// remembered is a credential that keeps the secret that it was resolved to last.
// So the secret that is handed over is the one that was checked, and a password
// manager is asked once.
type remembered struct {
	credential.Credential
	secret  string
	warning error
}

// Resolve resolves the credential anew.
func (r *remembered) Resolve(ctx context.Context) (secret string, warning, err error) {
	r.secret, r.warning, err = r.Credential.Resolve(ctx)
	return r.secret, r.warning, err
}

// last is the secret of the last resolution; the credential is resolved where it
// never was.
func (r *remembered) last(ctx context.Context) (secret string, warning, err error) {
	if r.secret != "" {
		return r.secret, r.warning, nil
	}
	return r.Resolve(ctx)
}

// fresh reports whether a stored answer is as good as a new one.
func fresh(s account.Snapshot, interval time.Duration, now time.Time) bool {
	return s.Health.State.Answered() && now.Sub(s.Health.CheckedAt) < interval
}

// isOther reports whether the user who answered last is another one than the
// profile is tied to.
func (s *session) isOther(p config.Profile, snap account.Snapshot) bool {
	tied := p.Identity
	if tied == "" {
		tied, _ = s.store.Pin(p.Name, snap.Endpoint)
	}
	return tied != "" && snap.Account != nil && snap.Account.User.ID != tied
}

// refused says why a credential is not handed over after a check: the check found
// it to be bad, could not be made, or did not answer who uses it, while the last
// answer came from another user than the profile is tied to.
func refused(s account.Snapshot, now time.Time, other bool) error {
	if snapshotStatus(s) == exitOK && !other {
		return nil
	}
	return stateError("the credential of "+s.Profile+" is not handed over", s, now, exitBad)
}

// lastsFor refuses a token that ends sooner than it must last. Where its end
// is not known, that is said, and the token may be used.
func (a *app) lastsFor(least time.Duration, s account.Snapshot) error {
	if least <= 0 {
		return nil
	}
	switch e := s.Expiry(); e.KindOrUnknown() {
	case account.ExpiryUnknown:
		a.warn(fmt.Sprintf("%s: it is not known when the token ends, so it may be sooner than asked for", s.Profile))
	case account.ExpiryDate:
		switch left := e.At.Sub(a.now()); {
		case left <= 0:
			return &exitError{exitBad, fmt.Errorf("the token of %s has ended; make a new one", s.Profile)}
		case left < least:
			return &exitError{exitBad, fmt.Errorf("the token of %s ends in %s, which is sooner than asked for; make a new one",
				s.Profile, text.Remaining(left))}
		}
	}
	return nil
}

// unresolved says that a credential could not be had, and what to do.
func unresolved(p config.Profile, err error) error {
	cause, ok := errors.AsType[*credential.Error](err)
	if !ok {
		return err // The command was interrupted.
	}
	return &exitError{exitBad, fmt.Errorf("the credential of %s cannot be had: %s\n%s", p.Name, cause, text.Capitalized(cause.Remedy()))}
}

// environ is an environment with the variables in it, and without those that
// would win over them.
func (h handover) environ(parent []string) []string {
	gone := append([]string{config.ProfileVariable}, h.variables.Unset...)
	for _, v := range h.variables.Set {
		gone = append(gone, v.Name)
	}
	out := []string{config.ProfileVariable + "=" + h.profile}
	for _, v := range h.variables.Set {
		out = append(out, v.Name+"="+v.Value)
	}
	for _, pair := range parent {
		name, _, _ := strings.Cut(pair, "=")
		if !slices.ContainsFunc(gone, func(g string) bool { return sameVariable(g, name) }) {
			out = append(out, pair)
		}
	}
	return out
}

// sameVariable compares names of variables as the system does.
func sameVariable(a, b string) bool {
	if runtime.GOOS == "windows" {
		return strings.EqualFold(a, b)
	}
	return a == b
}

// allVariables are those that the tools of any service read.
func (c *console) allVariables() []string {
	var all []string
	for _, name := range c.services.Names() {
		all = append(all, c.services.VariableNames(name)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
