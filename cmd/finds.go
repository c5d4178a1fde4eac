package cmd

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"os/exec"
	"runtime"
	"slices"
	"strings"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/client/together"
	"rollcall/cmd/discover"
	"rollcall/cmd/manage"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/plainfile"
)

// find is an account that this machine has, as this configuration sees it.
type find struct {
	discover.Find
	// known is the profile that has it already; empty for none.
	known string
	// who is what its service said, where that was asked; accepted is set where it
	// took the credential.
	who      string
	accepted bool
}

// usable reports whether a profile can be made of it.
func (f find) usable() bool { return f.Problem == "" && f.known == "" }

// knownWords say that there is a profile of it; empty where there is none.
func (f find) knownWords() string {
	if f.known == "" {
		return ""
	}
	return "it is the profile " + f.known + " already"
}

// place says where the secret is: what a profile would call its source.
func (f find) place() string {
	d := f.Draft
	switch d.Source {
	case "":
		return f.Where
	case credential.SourceCommand:
		c, err := d.Credential()
		if err != nil {
			return f.Where
		}
		return c.Source() + " (" + f.Where + ")"
	}
	place := string(d.Source) + " " + d.Reference
	if len(f.Also) > 0 {
		place += ", also " + strings.Join(f.Also, ", ")
	}
	return place
}

// draftsOf are the profiles that finds would become.
func draftsOf(all []find) (drafts []config.Draft) {
	for _, f := range all {
		drafts = append(drafts, f.Draft)
	}
	return drafts
}

// finds are the accounts that this machine has, under names that are free in a
// configuration, with the profiles that have some of them already.
func (a *app) finds(ctx context.Context, c *config.Config) (all []find) {
	var reader credential.Reader
	names, held := c.Names(), holdersOf(ctx, c, &reader)
	for _, found := range discover.Accounts(ctx, a.machine(), a.findable()) {
		f := find{Find: found}
		f.Draft.Name = freeName(f.Draft.Name, names)
		if f.Problem == "" {
			if wrong := f.Draft.Check(c); len(wrong) > 0 {
				f.Problem = wrong[slices.Sorted(maps.Keys(wrong))[0]]
			}
		}
		if f.Problem == "" {
			if f.known = held.holder(ctx, c, f.Draft, &reader); f.known == "" {
				names = append(names, f.Draft.Name)
			}
		}
		all = append(all, f)
	}
	return all
}

// findable are the services that a profile can be at.
func (a *app) findable() (all []discover.Service) {
	for _, s := range a.services.Infos() {
		all = append(all, discover.Service{Name: s.Name, Address: s.DefaultURL})
	}
	return all
}

// machine is what the tools of services find here.
func (c *console) machine() discover.Machine {
	return discover.Machine{Getenv: c.getenv, Environ: c.environ, GOOS: runtime.GOOS, Home: c.home(), LookPath: exec.LookPath}
}

// home is the folder of the person; empty where there is none.
func (c *console) home() string {
	if runtime.GOOS == "windows" {
		return c.getenv("USERPROFILE")
	}
	return c.getenv("HOME")
}

// holders are the profiles by what they hold.
type holders map[holding]string

// holding is an account as two profiles of it have it in common: the service with its
// address, and a place or a secret. Of a secret there is the sum alone, in memory.
type holding struct {
	provider, address string
	place             string
	sum               [sha256.Size]byte
}

// holdersOf are the profiles of a configuration.
func holdersOf(ctx context.Context, c *config.Config, r *credential.Reader) holders {
	all := holders{}
	for _, p := range slices.Backward(c.Profiles) {
		for _, h := range holdings(ctx, p, r) {
			all[h] = p.Name
		}
	}
	return all
}

// holder is the profile that has what a draft would have; empty where there is none.
func (h holders) holder(ctx context.Context, c *config.Config, d config.Draft, r *credential.Reader) string {
	p, err := d.Profile(c)
	if err != nil {
		return ""
	}
	for _, one := range holdings(ctx, p, r) {
		if name := h[one]; name != "" {
			return name
		}
	}
	return ""
}

// holdings are the place of a profile's secret and the secret. Nothing is run for it
// and nobody is asked.
func holdings(ctx context.Context, p config.Profile, r *credential.Reader) (all []holding) {
	c := p.Credential()
	at := holding{provider: p.Provider, address: strings.TrimSuffix(p.BaseURL, "/")}
	if len(c.Reference()) > 0 {
		by := at
		by.place = strings.Join(append([]string{string(c.Kind()), c.Within().Format, c.Within().Path}, c.Reference()...), "\x00")
		all = append(all, by)
	}
	switch c.Kind() {
	case credential.SourceFile:
		// What is read of a pipe is gone for whoever it was meant for.
		if info, err := plainfile.Stat(ctx, c.Line()); err != nil || !info.Mode().IsRegular() {
			return all
		}
		fallthrough
	case credential.SourceEnv, credential.SourceLiteral:
		if secret, _, err := r.Resolve(ctx, c); err == nil {
			at.sum = sha256.Sum256([]byte(secret))
			all = append(all, at)
		}
	}
	return all
}

// mostChecked is how many finds are asked about at once.
const mostChecked = 6

// checkFinds asks the services whose accounts are those that can be added.
func (a *app) checkFinds(ctx context.Context, all []find) {
	m, _, err := a.loadToManage()
	if err != nil {
		return // Whoever adds them is told so.
	}
	g := together.Limited(mostChecked)
	for i := range all {
		if f := &all[i]; f.usable() {
			g.Go(func() { a.checkFind(ctx, m, f) })
		}
	}
	g.Wait()
}

// checkFind asks the service of one.
func (a *app) checkFind(ctx context.Context, m *manage.Manager, f *find) {
	s := m.Try(ctx, f.Draft, "")
	f.accepted = s.Health.State.Accepted()
	f.who = a.whoIs(s)
}

// whoIs says in a few words who a service says that somebody is, or why it says
// nothing.
func (a *app) whoIs(s account.Snapshot) string {
	s = a.shown(s)
	switch {
	case s.Health.State.Accepted() && s.Account != nil && s.Account.User.ID == "":
		return "no user is named: " + s.Health.State.Word()
	case s.Health.State.Accepted() && s.Account != nil && s.Health.State != account.NoUser:
		return text.Printable(s.Account.User.Label())
	case s.Health.State == account.NoUser:
		return "nobody: " + s.Health.State.Word()
	}
	return text.Printable(fmt.Sprintf("%s: %s", s.Health.State.Word(), cmp.Or(s.Health.Explanation, s.Health.Description)))
}
