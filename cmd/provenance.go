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

// addSources resolves the credentials of every profile, and adds to the list
// what that tells.
func (a *app) addSources(ctx context.Context, l *loaded, profiles []config.Profile, listed []listedProfile) error {
	network := a.newNetwork()
	defer network.Close()
	var resolving together.Group
	for i, p := range profiles {
		resolving.Go(func() { listed[i].provenance = a.provenanceOf(ctx, l.Config, p, network) })
	}
	resolving.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	with := map[string][]string{}
	note := func(fingerprint, name string) {
		if fingerprint != "" && !slices.Contains(with[fingerprint], name) {
			with[fingerprint] = append(with[fingerprint], name)
		}
	}
	others := func(fingerprint, name string) []string {
		return list(slices.DeleteFunc(slices.Clone(with[fingerprint]), func(n string) bool { return n == name }))
	}
	for _, p := range listed {
		note(p.fingerprint, p.Name)
		if p.SecondToken != nil {
			note(p.SecondToken.fingerprint, p.Name)
		}
	}
	for _, p := range listed {
		p.Problem = a.told(p.Problem)
		p.SameSecretAs = others(p.fingerprint, p.Name)
		if second := p.SecondToken; second != nil {
			second.Source, second.Problem = a.told(second.Source), a.told(second.Problem)
			second.SameSecretAs = others(second.fingerprint, p.Name)
		}
	}
	return nil
}

func (a *app) provenanceOf(ctx context.Context, c *config.Config, p config.Profile, network *client.Network) *provenance {
	out := &provenance{PlainText: p.Credential().PlainText()}
	secret, problem := resolvedSecret(ctx, p.Credential())
	out.Problem, out.fingerprint = problem, fingerprintOf(network, secret)
	tools := client.Tools{Told: discover.Told(a.machine())}
	if second := p.SecondToken; !second.IsZero() {
		tools.Second, problem = resolvedSecret(ctx, second)
		out.SecondToken = &secondTokenJSON{
			Source: second.Source(), PlainText: second.PlainText(), Problem: problem, fingerprint: fingerprintOf(network, tools.Second),
		}
	}
	// Without a secret, every variable that the tools read has another one.
	out.ShadowedBy = list(a.shadows(client.New(clientProfile(c, p), network).Variables(secret, tools)))
	return out
}

// resolvedSecret is the secret of a credential, or why there is none and what to do.
func resolvedSecret(ctx context.Context, c credential.Credential) (secret, problem string) {
	secret, _, err := c.Resolve(ctx)
	if cause, ok := errors.AsType[*credential.Error](err); ok {
		return "", cause.Error() + "; " + cause.Remedy()
	}
	if err != nil {
		return "", err.Error()
	}
	return secret, ""
}

// fingerprintOf stands for a secret; empty for none.
func fingerprintOf(network *client.Network, secret string) string {
	if secret == "" {
		return ""
	}
	return network.Fingerprint(secret)
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
	row := func(name cell, source string, isPlain bool, same, shadows []string) {
		plain := cell{"no", nil}
		if isPlain {
			plain = cell{"yes", severityStyle(account.SeverityWarn)}
		}
		rows = append(rows, []cell{name, {dash(source), nil}, plain, {dash(strings.Join(same, ",")), nil}, {dash(strings.Join(shadows, ",")), nil}})
	}
	for _, p := range listed {
		row(cell{p.Name, bold()}, p.Source, p.PlainText, p.SameSecretAs, p.ShadowedBy)
		if second := p.SecondToken; second != nil {
			row(cell{p.Name, nil}, "second token: "+second.Source, second.PlainText, second.SameSecretAs, nil)
		}
	}
	return rows
}

// warnOfSources says which secrets could not be had, where that was tried.
func (a *app) warnOfSources(listed []listedProfile) {
	for _, p := range listed {
		if p.provenance == nil {
			continue
		}
		if p.Problem != "" {
			a.warnShown(p.Name + ": " + p.Problem)
		}
		if p.SecondToken != nil && p.SecondToken.Problem != "" {
			a.warnShown(p.Name + ": the second token: " + p.SecondToken.Problem)
		}
	}
}
