package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rollcall/client/account"
	"rollcall/cmd/manage"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/config/credential/extract"
)

// entryLeftOut stands for the entry of the keyring where none is named.
const entryLeftOut = "rollcall/NAME"

// addition is a profile to add, as the command line tells it.
type addition struct {
	draft  config.Draft
	noTest bool
	yes    bool
	// all is set where nothing was told, so that everything is asked.
	all bool
}

func (a *app) addCommand() *cobra.Command {
	var add addition
	sources := map[credential.Source]*string{}
	c := &cobra.Command{
		Use:   "add [NAME]",
		Short: "Add a profile",
		Long: `Add a profile, after a test that shows who you would be with it.

On a terminal rollcall asks for what you leave out. The secret itself is never
an argument: name the variable, file or command that has it, or let the keyring
of the system keep it; rollcall then asks for it without showing it, or takes it
from what is piped in.`,
		Example: `  rollcall add
  rollcall add work --provider katapult --env KATAPULT_API_KEY
  rollcall add datahub --provider onezone --url https://datahub.example.org --command "pass show datahub"
  rollcall add cli --provider katapult --file ~/.katapult/katapult.yaml --format yaml --path '$.api_token'
  pass show acme | rollcall add acme --provider katapult --keyring`,
		Args: oneToAdd,
	}
	f, d := c.Flags(), &add.draft
	f.StringVar(&d.Provider, "provider", "", "the `service`: "+a.services.told())
	f.StringVar(&d.BaseURL, "url", "", "its `address`, where it is not the public one")
	f.StringVar(&d.Username, "username", "", "the user `name` that goes with a password, or where a service wants it with a token")
	demand := a.addDemandFlags(c)
	f.StringVar(&d.Label, "label", "", "a `text` to show beside the name")
	f.StringArrayVar(&d.Tags, "tag", nil, "a `tag`; may be repeated")
	source := func(s credential.Source, usage string) { sources[s] = f.String(string(s), "", usage) }
	source(credential.SourceEnv, "take the secret from this environment `variable`")
	source(credential.SourceFile, "take the secret from this `file`")
	source(credential.SourceCommand, "take the secret from the first line that this `command` prints")
	source(credential.SourceKeyring, "keep the secret in the keyring, under this `entry` where one follows behind =")
	addWithinFlags(c, d)
	f.Lookup("keyring").NoOptDefVal = entryLeftOut
	f.BoolVar(&add.noTest, "no-test", false, "save it without asking the service")
	f.BoolVarP(&add.yes, "yes", "y", false, "save it without a question when the test went well")
	c.MarkFlagsMutuallyExclusive("env", "file", "command", "keyring")
	a.completeDraft(c)
	c.RunE = run(func(c *cobra.Command, args []string) error {
		add.all = true
		f.Visit(func(set *pflag.Flag) {
			if c.InheritedFlags().Lookup(set.Name) == nil {
				add.all = false
			}
		})
		if len(args) > 0 {
			d.Name = args[0]
		}
		for s, reference := range sources {
			if f.Changed(string(s)) {
				d.Source, d.Reference = s, *reference
			}
		}
		if !d.Within.IsZero() && d.Source != credential.SourceFile {
			return configError(errors.New("--format and --path go with --file, the file that holds the secret"))
		}
		if err := demand.take(d); err != nil {
			return configError(err)
		}
		return a.add(c.Context(), add)
	})
	return c
}

// oneToAdd refuses more than one name, which an entry of the keyring is taken for that
// stands apart from its flag.
func oneToAdd(c *cobra.Command, names []string) error {
	if entry := c.Flags().Lookup("keyring"); len(names) > 1 && entry.Changed && entry.Value.String() == entryLeftOut {
		return errors.New("an entry of the keyring follows --keyring with =, as in: rollcall add NAME --keyring=SERVICE/USER")
	}
	return cobra.MaximumNArgs(1)(c, names)
}

// completeDraft offers the values of what a profile can have.
func (a *app) completeDraft(c *cobra.Command) {
	completeWith(c, "provider", a.services.Names()...)
	completeNothing(c, "url", "username", "label", "keyring")
	_ = c.RegisterFlagCompletionFunc("tag", a.completeTags)
	_ = c.RegisterFlagCompletionFunc("env", a.completeVariables)
	_ = c.RegisterFlagCompletionFunc("command", a.completeProgram)
}

// addWithinFlags adds those that say where in its file a secret is.
func addWithinFlags(c *cobra.Command, d *config.Draft) {
	f := c.Flags()
	f.StringVar(&d.Within.Format, "format", "", "what the file is written in, where it holds more than the secret: `"+strings.Join(extract.Formats(), ", ")+"`")
	f.StringVar(&d.Within.Path, "path", "", "where in that file the secret is: a `place` such as $.token; for netrc the machine, for ini section.key, for npmrc the key")
	completeWith(c, "format", extract.Formats()...)
	completeNothing(c, "path")
	_ = c.RegisterFlagCompletionFunc("file", cobra.FixedCompletions(nil, cobra.ShellCompDirectiveDefault))
	c.MarkFlagsRequiredTogether("format", "path")
}

// add asks for what is missing, tests the profile and saves it.
func (a *app) add(ctx context.Context, add addition) error {
	m, c, err := a.loadToManage()
	if err != nil {
		return err
	}
	d := add.draft
	if a.interactive() {
		if d, err = a.askDraft(ctx, c, d, add.all); err != nil {
			return err
		}
	}
	if d, err = completed(c, d); err != nil {
		return err
	}
	secret := ""
	if d.Source == credential.SourceKeyring {
		if secret, err = a.secretToKeep(ctx, d); err != nil {
			return err
		}
	}
	a.doubtDraft(ctx, c, d, secret)
	if !add.noTest {
		if err := a.proveDraft(ctx, m, d, secret, add.yes); err != nil {
			return err
		}
	}
	said, err := m.Apply(ctx, config.Edit{Kind: config.EditAdd, Draft: d}, secret)
	if err != nil {
		return notSaved(err)
	}
	if err := a.say(said); err != nil || len(c.Profiles) > 0 {
		return err
	}
	fmt.Fprintln(a.stderr, "It is your first profile. Run 'rollcall' to see it.")
	return nil
}

// doubtDraft warns of what is wrong with the text of a secret that is to be kept,
// or that lies where it can be read without a question to anybody.
func (a *app) doubtDraft(ctx context.Context, c *config.Config, d config.Draft, secret string) {
	if secret == "" && (d.Source == credential.SourceEnv || d.Source == credential.SourceFile) {
		if p, err := d.Profile(c); err == nil {
			// Why a secret cannot be had, the test says.
			secret, _, _ = p.Credential().Resolve(ctx)
		}
	}
	if secret != "" {
		a.doubt(secret, d.Username != "")
	}
}

// proveDraft tests a draft, and asks whether to save it.
func (a *app) proveDraft(ctx context.Context, m *manage.Manager, d config.Draft, secret string, yes bool) error {
	s, err := a.prove(ctx, func() account.Snapshot { return m.Try(ctx, d, secret) })
	if err != nil || !s.Health.State.Accepted() || yes || !a.interactive() {
		return err
	}
	save, err := a.confirm(ctx, "Save it?", true)
	if err == nil && !save {
		err = configError(errors.New("nothing was saved"))
	}
	return err
}

// completed fills in what goes without saying, and checks the draft.
func completed(c *config.Config, d config.Draft) (config.Draft, error) {
	d = demanded(c, d)
	if d.Source == credential.SourceKeyring && (d.Reference == "" || d.Reference == entryLeftOut) {
		d.Reference = config.KeyringEntry(d.Name)
	}
	if d.Source == credential.SourceFile {
		d.Reference = fromHere(d.Reference)
	}
	wrong := d.Check(c)
	var all []error
	for _, key := range slices.Sorted(maps.Keys(wrong)) {
		all = append(all, fmt.Errorf("%s: %s", flagOf(key, d), wrong[key]))
	}
	if len(all) > 0 {
		return d, configError(errors.Join(all...))
	}
	return d, nil
}

// flagOf is where the command line says a key of a draft.
func flagOf(key string, d config.Draft) string {
	switch key {
	case "name":
		return "NAME"
	case "second_token":
		return "--second-env, --second-file, --second-command or --second-keyring"
	case "base_url":
		return "--url"
	case "tags":
		return "--tag"
	case "source":
		return "--env, --file, --command or --keyring"
	case "reference":
		return "--" + cmp.Or(string(d.Source), "env")
	}
	if slices.Contains([]string{"provider", "username", "label", "format", "path"}, key) {
		return "--" + key
	}
	return "--part " + key
}

// fromHere is a path as the file needs it: in it, a relative one would start
// from its own folder, and here it starts from the working folder.
func fromHere(path string) string {
	if path == "" || strings.HasPrefix(path, "~") {
		return path
	}
	if absolute, err := filepath.Abs(path); err == nil {
		return absolute
	}
	return path
}

// secretToKeep reads the secret for an entry of the keyring. It is empty where
// the entry has one that is to be used.
func (a *app) secretToKeep(ctx context.Context, d config.Draft) (string, error) {
	stored, err := credential.Keyring(d.Reference).Stored(ctx)
	found := stored != ""
	if err != nil {
		return "", configError(withHint(err))
	}
	if found && a.interactive() {
		use, err := a.confirm(ctx, fmt.Sprintf("The keyring has an entry %s already. Use its secret?", d.Reference), true)
		if err != nil || use {
			return "", err
		}
	} else if found {
		a.warn(fmt.Sprintf("the keyring has an entry %s already, whose secret is used; 'rollcall login' replaces it", d.Reference))
		return "", nil
	}
	return a.readSecret(ctx, secretName(d))
}
