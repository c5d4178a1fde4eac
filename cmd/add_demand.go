package cmd

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/config"
	"rollcall/config/credential"
)

// demandFlags are what the command line says of what few services want: parts of
// their address, and a second token.
type demandFlags struct {
	parts  []string
	second map[credential.Source]*string
}

// secondSources are where a second token can be: what rollcall keeps for a profile is
// its first one.
func secondSources() []credential.Source {
	return []credential.Source{credential.SourceEnv, credential.SourceFile, credential.SourceCommand, credential.SourceKeyring}
}

func (a *app) addDemandFlags(c *cobra.Command) *demandFlags {
	d := &demandFlags{second: map[credential.Source]*string{}}
	f := c.Flags()
	f.StringArrayVar(&d.parts, "part", nil, "a `part` of the address that the service leaves open, such as site=eu; may be repeated")
	for source, usage := range map[credential.Source]string{
		credential.SourceEnv: "environment `variable`", credential.SourceFile: "`file`", credential.SourceCommand: "first line that this `command` prints",
		credential.SourceKeyring: "existing `entry` of the keyring",
	} {
		name := "second-" + string(source)
		d.second[source] = f.String(name, "", "where a service wants two tokens, take the second from this "+usage)
	}
	completeNothing(c, "part", "second-keyring")
	_ = c.RegisterFlagCompletionFunc("second-env", a.completeVariables)
	_ = c.RegisterFlagCompletionFunc("second-command", a.completeProgram)
	_ = c.RegisterFlagCompletionFunc("second-file", cobra.FixedCompletions(nil, cobra.ShellCompDirectiveDefault))
	c.MarkFlagsMutuallyExclusive("second-env", "second-file", "second-command", "second-keyring")
	return d
}

// take puts what the flags say into a draft.
func (f *demandFlags) take(d *config.Draft) error {
	for _, part := range f.parts {
		name, value, ok := strings.Cut(part, "=")
		if !ok || name == "" || value == "" {
			return fmt.Errorf("--part %s must be a name and a value, such as site=eu", part)
		}
		setPart(d, name, value)
	}
	for _, source := range secondSources() {
		line := *f.second[source]
		if line == "" {
			continue
		}
		if source == credential.SourceFile {
			line = fromHere(line)
		}
		second, err := credential.Parse(source, line)
		if err != nil {
			return fmt.Errorf("--second-%s: %w", source, err)
		}
		d.Second = second
	}
	return nil
}

func setPart(d *config.Draft, name, value string) {
	parts := map[string]string{}
	for k, v := range d.Parts {
		parts[k] = v
	}
	if parts[name] = value; value == "" {
		delete(parts, name)
	}
	d.Parts = parts
}

// demanded is a draft with what its service makes of a user name.
func demanded(c *config.Config, d config.Draft) config.Draft {
	p, _ := c.Provider(d.Provider)
	d.UserToken = p.UserToken && d.Username != ""
	return d
}

// demandPrompts ask for what the service of a draft wants besides: parts of its
// address, unless the profile has an address of its own, and a second token.
func demandPrompts(c *config.Config, d config.Draft) (all []keyPrompt) {
	p, _ := c.Provider(d.Provider)
	for _, part := range p.Parts {
		question := "The " + part.Name + " in its address"
		if len(part.Allowed) > 0 {
			question += " (" + strings.Join(part.Allowed, " or ") + ")"
		}
		all = append(all, keyPrompt{
			part.Name, fixedText(question), fixedText(cmp.Or(append(slices.Clone(part.Allowed), "")...)),
			func(d config.Draft, _ bool) bool { return d.Parts[part.Name] != "" || part.Host && d.BaseURL != "" },
			func(d *config.Draft, s string) { setPart(d, part.Name, s) },
		})
	}
	if p.UserToken {
		all = append(all, keyPrompt{
			"username", fixedText("User name that belongs to the token"), fixedText(""),
			func(d config.Draft, _ bool) bool { return d.Username != "" },
			func(d *config.Draft, s string) { d.Username, d.UserToken = s, s != "" },
		})
	}
	if p.SecondToken {
		all = append(all, keyPrompt{
			"second_token", fixedText("Name of the variable with its second token"), fixedText(""),
			func(d config.Draft, _ bool) bool { return !d.Second.IsZero() },
			func(d *config.Draft, s string) { d.Second = credential.Env(s) },
		})
	}
	return all
}

// askDraft asks for what a draft lacks; all asks for what may be left out, too.
// Each answer is checked before the next question.
func (a *app) askDraft(ctx context.Context, c *config.Config, d config.Draft, all bool) (config.Draft, error) {
	which := a.keyPrompts(c)
	d, err := a.askKeys(ctx, c, demanded(c, d), all, which[:1])
	if err != nil {
		return d, err
	}
	// What else there is to ask depends on the service.
	return a.askKeys(ctx, c, demanded(c, d), all, slices.Concat(which[1:2], demandPrompts(c, d), which[2:]))
}
