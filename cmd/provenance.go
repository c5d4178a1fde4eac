package cmd

import (
	"context"
	"errors"
	"slices"
	"strings"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/together"
	"rollcall/cmd/discover"
	"rollcall/config"
	"rollcall/config/credential"
)

// addSources resolves the credential of every profile, and adds to the list
// what that tells.
func (a *app) addSources(ctx context.Context, l *loaded, listed []listedProfile) error {
	network := a.newNetwork()
	defer network.Close()
	var resolving together.Group
	for i, p := range l.Profiles {
		resolving.Go(func() { listed[i].provenance = a.provenanceOf(ctx, l.Config, p, network) })
	}
	resolving.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	with := map[string][]string{}
	for _, p := range listed {
		with[p.fingerprint] = append(with[p.fingerprint], p.Name)
	}
	for _, p := range listed {
		p.Problem = a.told(p.Problem)
		if p.fingerprint != "" {
			p.SameSecretAs = list(slices.DeleteFunc(slices.Clone(with[p.fingerprint]), func(n string) bool { return n == p.Name }))
		}
	}
	return nil
}

func (a *app) provenanceOf(ctx context.Context, c *config.Config, p config.Profile, network *client.Network) *provenance {
	out := &provenance{PlainText: p.Credential().PlainText(), ShadowedBy: []string{}, SameSecretAs: []string{}}
	secret, _, err := p.Credential().Resolve(ctx)
	if err != nil {
		out.Problem = err.Error()
		if cause, ok := errors.AsType[*credential.Error](err); ok {
			out.Problem = cause.Error() + "; " + cause.Remedy()
		}
	} else {
		out.fingerprint = network.Fingerprint(secret)
	}
	// Without a secret, every variable that the tools read has another one.
	out.ShadowedBy = list(a.shadows(client.New(clientProfile(c, p), network).Variables(secret, client.Tools{Told: discover.Told(a.machine())})))
	return out
}

// shadows are the variables that are set here to something else than the tools
// of a service must find to act as a profile.
func (a *app) shadows(vars client.Variables) []string {
	var all []string
	for _, v := range vars.Set {
		if now := a.getenv(v.Name); now != "" && now != v.Value {
			all = append(all, v.Name)
		}
	}
	for _, name := range vars.Unset {
		if a.getenv(name) != "" {
			all = append(all, name)
		}
	}
	return all
}

func sourceColumns() []column {
	return []column{
		{title: "PROFILE", whole: true}, {title: "CREDENTIAL"}, {title: "PLAIN TEXT", whole: true},
		{title: "SAME SECRET AS"}, {title: "SHADOWED BY"},
	}
}

func sourceRows(listed []listedProfile) [][]cell {
	var rows [][]cell
	for _, p := range listed {
		plain := cell{"no", nil}
		if p.PlainText {
			plain = cell{"yes", severityStyle(account.SeverityWarn)}
		}
		rows = append(rows, []cell{
			{p.Name, bold()}, {dash(p.Source), nil}, plain,
			{dash(strings.Join(p.SameSecretAs, ",")), nil}, {dash(strings.Join(p.ShadowedBy, ",")), nil},
		})
	}
	return rows
}

// warnOfSources says which secrets could not be had, where that was tried.
func (a *app) warnOfSources(listed []listedProfile) {
	for _, p := range listed {
		if p.provenance != nil && p.Problem != "" {
			a.warnShown(p.Name + ": " + p.Problem)
		}
	}
}
