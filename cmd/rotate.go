package cmd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kballard/go-shellquote"
	"github.com/spf13/cobra"

	"rollcall/client"
	"rollcall/config"
	"rollcall/ui"
)

// rotation is the change of a profile's secret for another.
type rotation struct {
	draft     config.Draft
	profile   config.Profile
	noBrowser bool
	force     bool
}

func (a *app) rotateCommand() *cobra.Command {
	var r rotation
	var undo bool
	c := &cobra.Command{
		Use:   "rotate NAME",
		Short: "Replace the secret of a profile, once the new one is proven",
		Long: `Replace the secret of a profile where it is kept, in the keyring or in a file.

rollcall opens the page where the service gives out tokens, takes the new one
without showing it or from what is piped in, and asks the service: the same user
must answer, with no scope less and a later end, as far as both are known. Only
then the old one is replaced. It is kept in the keyring, and --undo puts it back.
Nothing is revoked: the old token stays good until you delete it at the service.`,
		Example: `  rollcall rotate work
  rollcall rotate work --undo`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeFirstProfile,
	}
	f := c.Flags()
	f.BoolVar(&r.noBrowser, "no-browser", false, "print the address of the page, and do not open it")
	f.BoolVar(&r.force, "force", false, "accept fewer scopes, an end that is not later, and no way back where there is no keyring")
	f.BoolVar(&undo, "undo", false, "put the former secret back")
	c.MarkFlagsMutuallyExclusive("undo", "force")
	c.RunE = run(func(c *cobra.Command, args []string) error {
		m, file, err := a.manage()
		if err != nil {
			return err
		}
		if r.profile, err = existing(file, args[0]); err != nil {
			return err
		}
		r.draft = config.DraftOf(r.profile)
		if err := rotatable(r.draft); err != nil {
			return configError(err)
		}
		if undo {
			return a.putBack(c.Context(), r.draft)
		}
		return a.rotate(c.Context(), m, file, r)
	})
	return c
}

// rotatable says why a secret cannot be replaced where it is kept, and what to
// do instead.
func rotatable(d config.Draft) error {
	switch d.Source {
	case config.SourceKeyring, config.SourceFile:
		return nil
	case config.SourceLiteral:
		return fmt.Errorf("the secret of %[1]s stands in the configuration file, where rollcall writes none\n"+
			"Move it to the keyring: rollcall login %[1]s", d.Name)
	case config.SourceEnv:
		return fmt.Errorf("the secret of %s is in the environment variable %s, which rollcall cannot set for other programs\n"+
			"Change it where it is set, then run: rollcall status %s", d.Name, d.Reference, d.Name)
	case config.SourceCommand:
		return fmt.Errorf("the secret of %s is given by the command %s, which rollcall cannot write to\n%s, then run: rollcall status %s",
			d.Name, firstWord(d.Reference), storeHint(d.Reference), d.Name)
	}
	return fmt.Errorf("the profile %s has no secret; give it one with: rollcall login %s", d.Name, d.Name)
}

func firstWord(command string) string {
	args, err := shellquote.Split(command)
	if err != nil || len(args) == 0 {
		return command
	}
	return args[0]
}

// storeHint tells how to store a secret where a command takes it from.
func storeHint(command string) string {
	args, err := shellquote.Split(command)
	if err == nil && len(args) == 3 && (args[0] == "pass" || args[0] == "gopass") && args[1] == "show" {
		return "Store the new one with: " + shellquote.Join(args[0], "insert", "-f", args[2])
	}
	return "Store the new one in the program that it asks"
}

// rotate replaces a secret by one that is proven.
func (a *app) rotate(ctx context.Context, m *manager, c *config.Config, r rotation) error {
	old, err := storedSecret(ctx, r.draft)
	if err != nil {
		return configError(err)
	}
	var before client.Snapshot
	if old != "" {
		before = m.known(c, r.profile)
		if s := m.try(ctx, c, r.profile, ""); s.Account != nil {
			before = s
		}
	}
	a.showTokenPage(ctx, c, r)
	secret, err := a.readSecret(ctx, "New secret of "+r.draft.Name)
	if err != nil {
		return err
	}
	if secret == old {
		return configError(fmt.Errorf("this is the secret that %s has already; nothing was replaced", r.draft.Name))
	}
	after := m.try(ctx, c, r.profile, secret)
	if err := ctx.Err(); err != nil {
		return err
	}
	if !proven(after) {
		return notProven(after)
	}
	if worse := worseThan(before, after, a.now()); len(worse) > 0 && !r.force {
		return &exitError{exitBad, fmt.Errorf("the new secret was not taken: %s\nTo take it all the same, add --force", strings.Join(worse, "; "))}
	}
	_, err = replaceSecret(ctx, r.draft, secret, r.force)
	if errors.Is(err, errNotKept) {
		err = fmt.Errorf("%w\nTo replace it all the same, add --force", err)
	}
	if err != nil {
		return configError(err)
	}
	fmt.Fprintln(a.stderr, a.wouldBe(after))
	a.say("replaced the secret of " + r.draft.Name)
	switch {
	case old == "":
	case r.force:
		fmt.Fprintln(a.stderr, "The old one is good until you delete it at the service.")
	default:
		fmt.Fprintf(a.stderr, "The old one is good until you delete it at the service; 'rollcall rotate %s --undo' puts it back.\n", r.draft.Name)
	}
	return nil
}

// known is the last good answer of a profile.
func (m *manager) known(c *config.Config, p config.Profile) (s client.Snapshot) {
	dir, err := config.StateDir(m.app.getenv)
	if err != nil {
		return s
	}
	network := client.NewNetwork(m.app.userAgent())
	defer network.Close()
	endpoint := client.New(clientProfile(c, p), network).Endpoint()
	_ = m.withStore(dir, func(store *client.Store) {
		if kept, ok := store.Snapshot(p.Name); ok && kept.Endpoint == endpoint {
			s = kept
		}
	})
	return s
}

// showTokenPage opens the page where the service gives out tokens, and prints
// its address.
func (a *app) showTokenPage(ctx context.Context, c *config.Config, r rotation) {
	if r.draft.Username != "" {
		return
	}
	network := client.NewNetwork(a.userAgent())
	defer network.Close()
	page := client.New(clientProfile(c, r.profile), network).TokenPage()
	if page == "" {
		return
	}
	fmt.Fprintf(a.stderr, "Make a new token at %s\n", client.Printable(page))
	if r.noBrowser || !a.interactive() {
		return
	}
	if err := openURL(ctx, page); err != nil {
		a.warn(err.Error())
	}
}

// worseThan tells in what a new token is worse than the old one, as far as
// that is known of both.
func worseThan(old, fresh client.Snapshot, now time.Time) []string {
	var worse []string
	if old.Account == nil || fresh.Account == nil {
		return nil
	}
	was, is := old.Account.Token, fresh.Account.Token
	missing := slices.DeleteFunc(slices.Clone(was.Scopes), func(s string) bool { return slices.Contains(is.Scopes, s) })
	// A token without any scope is not restricted.
	switch {
	case was.Scopes == nil, len(is.Scopes) == 0:
	case len(was.Scopes) == 0:
		worse = append(worse, "it is restricted to "+strings.Join(is.Scopes, ", ")+", and the old one is not")
	case len(missing) > 0:
		worse = append(worse, "it lacks the "+plural(len(missing), "scope")+" "+strings.Join(missing, ", "))
	}
	ends := is.Expiry.KindOrUnknown() == client.ExpiryDate
	switch was.Expiry.KindOrUnknown() {
	case client.ExpiryNever:
		if ends {
			worse = append(worse, fmt.Sprintf("it ends in %s, and the old one never does", ui.Age(is.Expiry.At.Sub(now))))
		}
	case client.ExpiryDate:
		if ends && !is.Expiry.At.After(was.Expiry.At) {
			worse = append(worse, fmt.Sprintf("it ends in %s, which is not later than the old one", ui.Age(is.Expiry.At.Sub(now))))
		}
	}
	return worse
}

// putBack exchanges the secret of a profile with the former one.
func (a *app) putBack(ctx context.Context, d config.Draft) error {
	former, found, err := config.FromKeyring(ctx, formerEntry(d))
	if err != nil {
		return configError(withHint(err))
	}
	if !found {
		return configError(errors.New("there is no former secret of " + d.Name + " to put back"))
	}
	if _, err := replaceSecret(ctx, d, former, false); err != nil {
		return configError(err)
	}
	a.say(fmt.Sprintf("put the former secret of %s back; another --undo takes that back", d.Name))
	return nil
}
