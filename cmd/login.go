package cmd

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/client/account"
	"rollcall/cmd/manage"
	"rollcall/config"
	"rollcall/config/credential"
)

func (a *app) loginCommand() *cobra.Command {
	var entry string
	var noTest bool
	c := &cobra.Command{
		Use:   "login NAME",
		Short: "Keep the secret of a profile in the keyring of the system",
		Long: `Take the secret of a profile, without showing it or from what is piped in, test
it, store it in the keyring of the system, and have the profile take it from
there.`,
		Example: `  rollcall login work
  pass show work | rollcall login work`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeFirstProfile,
	}
	c.Flags().StringVar(&entry, "entry", "", "the `entry` of the keyring, service/user; the one that the profile has, or rollcall/NAME")
	completeNothing(c, "entry")
	c.Flags().BoolVar(&noTest, "no-test", false, "store it without asking the service")
	c.RunE = run(func(c *cobra.Command, args []string) error {
		m, file, err := a.loadToManage()
		if err != nil {
			return err
		}
		p, err := existing(file, args[0])
		if err != nil {
			return err
		}
		return a.login(c.Context(), m, p, entry, noTest)
	})
	return c
}

// login reads, tests and stores a secret, and points the profile at it.
func (a *app) login(ctx context.Context, m *manage.Manager, p config.Profile, entry string, noTest bool) error {
	before := config.DraftOf(p)
	d := before
	switch {
	case entry != "":
		d.Source, d.Reference = credential.SourceKeyring, entry
	case d.Source != credential.SourceKeyring:
		d.Source, d.Reference = credential.SourceKeyring, config.KeyringEntry(p.Name)
	}
	a.tellStays(d)
	secret, err := a.readSecret(ctx, secretName(d))
	if err != nil {
		return err
	}
	a.doubt(secret, d.Username != "")
	if !noTest {
		if _, err := a.prove(ctx, func() account.Snapshot { return m.Try(ctx, d, secret) }); err != nil {
			return err
		}
	}
	if _, err := m.Apply(ctx, config.Edit{Kind: config.EditUpdate, Profile: p.Name, Draft: d}, secret); err != nil {
		return notSaved(err)
	}
	said := a.say(fmt.Sprintf("stored the secret of %s in the entry %s of the keyring", p.Name, d.Reference))
	switch before.Source {
	case credential.SourceLiteral:
		file := m.Path
		if target, err := filepath.EvalSymlinks(file); err == nil {
			file = target // The backup is beside it.
		}
		a.warn(fmt.Sprintf("the secret that stood in %s is gone from it; its backup %s~ has it still: delete that when all is well", m.Path, file))
	case credential.SourceFile:
		if before.Within.IsZero() {
			a.warn(fmt.Sprintf("the file %s is not used any more and still has its secret: delete it when all is well", before.Reference))
		}
	}
	return said
}

func (a *app) logoutCommand() *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use:   "logout NAME",
		Short: "Remove the secret of a profile from the keyring of the system",
		Long: `Remove the secret of a profile from the keyring of the system, with the former one
that a rotation left there. The profile stays, without a secret, until the next
login. The service is not told: the token goes on being good there.`,
		Example:           `  rollcall logout work`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeFirstProfile,
	}
	c.Flags().BoolVarP(&yes, "yes", "y", false, "remove it without a question")
	c.RunE = run(func(c *cobra.Command, args []string) error {
		m, file, err := a.loadToManage()
		if err != nil {
			return err
		}
		p, err := existing(file, args[0])
		if err != nil {
			return err
		}
		d := config.DraftOf(p)
		if d.Source != credential.SourceKeyring {
			return configError(fmt.Errorf("%s does not take its secret from the keyring but from its %s; there is nothing to remove",
				p.Name, p.Credential().Source()))
		}
		if others := sharing(file, d); len(others) > 0 {
			a.warn(fmt.Sprintf("the entry %s is also where %s has its secret", d.Reference, strings.Join(others, ", ")))
		}
		if !yes {
			if err := a.sure(c, fmt.Sprintf("Remove the entry %s from the keyring?", d.Reference)); err != nil {
				return err
			}
		}
		if err := a.logout(c.Context(), d); err != nil {
			return err
		}
		m.NoteLogout(d.Name)
		return nil
	})
	return c
}

// sharing are the other profiles that take their secret from the same entry of
// the keyring.
func sharing(c *config.Config, d config.Draft) []string {
	var names []string
	for _, p := range c.Profiles {
		if o := config.DraftOf(p); o.Name != d.Name && o.Source == d.Source && o.Reference == d.Reference {
			names = append(names, o.Name)
		}
	}
	return names
}

// logout removes the entry of a profile, and that of its former secret.
func (a *app) logout(ctx context.Context, d config.Draft) error {
	var missing, failed error
	entry := credential.Keyring(d.Reference)
	for i, entry := range []credential.Credential{entry, entry.Former()} {
		stored, err := entry.Stored(ctx)
		found := stored != ""
		switch {
		case err != nil:
			failed = errors.Join(failed, withHint(err))
		case found:
			failed = errors.Join(failed, withHint(entry.Store(ctx, "")))
		case i == 0:
			missing = configError(fmt.Errorf("the keyring has no entry %s", d.Reference))
		}
	}
	if failed != nil {
		return configError(failed)
	}
	if missing != nil {
		return missing
	}
	return a.say(fmt.Sprintf("removed the entry %s from the keyring; 'rollcall login %s' stores another", d.Reference, d.Name))
}
