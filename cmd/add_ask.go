package cmd

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/config/credential/extract"
)

// keyPrompt asks for one key of a draft.
type keyPrompt struct {
	// key is the one of [config.Draft.Check].
	key string
	// text and preset give the question and the answer that goes without
	// saying, as far as the draft is known.
	text   func(config.Draft) string
	preset func(config.Draft) string
	// skip is set where the key has its value, or needs none.
	skip func(d config.Draft, all bool) bool
	set  func(d *config.Draft, answer string)
}

// askKeys asks for the keys of a draft.
func (a *app) askKeys(ctx context.Context, c *config.Config, d config.Draft, all bool, keys []keyPrompt) (config.Draft, error) {
	for _, q := range keys {
		if q.skip(d, all) {
			continue
		}
		for {
			answer, err := a.ask(ctx, q.text(d), q.preset(d))
			if err != nil {
				return d, err
			}
			q.set(&d, answer)
			wrong := d.Check(c)[q.key]
			if wrong == "" {
				break
			}
			fmt.Fprintln(a.stderr, text.Printable(text.Capitalized(wrong)))
		}
	}
	return d, nil
}

// fixedText is the text of a question whatever the draft.
func fixedText(s string) func(config.Draft) string { return func(config.Draft) string { return s } }

// withinPrompts ask where in its file the secret is.
func withinPrompts() []keyPrompt {
	return []keyPrompt{
		{
			"format", fixedText("Format of the file, where it holds more than the secret (" + strings.Join(extract.Formats(), ", ") + ")"), fixedText(""),
			func(d config.Draft, all bool) bool {
				return d.Source != credential.SourceFile || d.Within.Format != "" || !all
			},
			func(d *config.Draft, s string) { d.Within.Format = strings.ToLower(s) },
		}, {
			"path", func(d config.Draft) string {
				return "Where in the file the secret is, such as " + cmp.Or(extract.Example(d.Within.Format), "$.token")
			}, fixedText(""),
			func(d config.Draft, _ bool) bool { return d.Within.Format == "" || d.Within.Path != "" },
			func(d *config.Draft, s string) { d.Within.Path = s },
		},
	}
}

func (a *app) keyPrompts(c *config.Config) []keyPrompt {
	return slices.Concat([]keyPrompt{
		{
			"provider", fixedText("Service (" + a.services.told() + ")"), fixedText(a.services.Names()[0]),
			func(d config.Draft, _ bool) bool { return d.Provider != "" },
			func(d *config.Draft, s string) { d.Provider = s },
		}, {
			"name", fixedText("Name of the profile"),
			func(d config.Draft) string { return freeName(d.Provider, c.Names()) },
			func(d config.Draft, _ bool) bool { return d.Name != "" },
			func(d *config.Draft, s string) { d.Name = s },
		}, {
			"base_url", fixedText("Address of the service"),
			func(d config.Draft) string { return a.services.Info(d.Provider).DefaultURL },
			func(d config.Draft, all bool) bool {
				at := a.services.Info(d.Provider).DefaultURL
				return d.BaseURL != "" || !all && at != "" || len(d.Parts) > 0 && strings.Contains(at, "{")
			},
			func(d *config.Draft, s string) {
				if d.BaseURL = s; s == a.services.Info(d.Provider).DefaultURL {
					d.BaseURL = ""
				}
			},
		}, {
			"username", fixedText("User name, if you sign in with a password instead of a token"), fixedText(""),
			func(d config.Draft, all bool) bool {
				return d.Username != "" || !all || !a.services.Info(d.Provider).Basic
			},
			func(d *config.Draft, s string) { d.Username = s },
		}, {
			"source", fixedText("Where its secret is (env, file, command or keyring)"),
			func(d config.Draft) string { return string(a.usualSource(d)) },
			func(d config.Draft, _ bool) bool { return d.Source != "" },
			func(d *config.Draft, s string) { d.Source = credential.Source(strings.ToLower(s)) },
		}, {
			"reference", referenceText, a.usualReference,
			// An entry of the keyring can be left out.
			func(d config.Draft, all bool) bool {
				return d.Reference != "" || !all && d.Source == credential.SourceKeyring
			},
			func(d *config.Draft, s string) { d.Reference = s },
		},
	}, withinPrompts(), []keyPrompt{
		{
			"label", fixedText("Label, to show beside the name"), fixedText(""),
			func(_ config.Draft, all bool) bool { return !all },
			func(d *config.Draft, s string) { d.Label = s },
		}, {
			"tags", fixedText("Tags, with commas between them"), fixedText(""),
			func(_ config.Draft, all bool) bool { return !all },
			func(d *config.Draft, s string) { d.Tags = config.SplitTags(s) },
		},
	})
}

// usualVariable is the environment variable that the tools of a service take a
// token from: one that is set, or else the first.
func (a *app) usualVariable(d config.Draft) (name string, set bool) {
	names := slices.DeleteFunc(a.services.VariableNames(d.Provider), func(n string) bool {
		return !strings.Contains(n, "KEY") && !strings.Contains(n, "TOKEN")
	})
	for _, n := range names {
		if a.getenv(n) != "" {
			return n, true
		}
	}
	return cmp.Or(append(names, "")...), false
}

// usualSource is where the secret of a draft is most likely to be.
func (a *app) usualSource(d config.Draft) credential.Source {
	if _, set := a.usualVariable(d); set && d.Username == "" {
		return credential.SourceEnv
	}
	return credential.SourceKeyring
}

func referenceText(d config.Draft) string {
	switch d.Source {
	case credential.SourceEnv:
		return "Name of the variable"
	case credential.SourceFile:
		return "Path of the file"
	case credential.SourceCommand:
		return "Command whose first line is the secret, such as: pass show " + d.Name
	}
	return "Entry of the keyring"
}

func (a *app) usualReference(d config.Draft) string {
	switch d.Source {
	case credential.SourceEnv:
		name, _ := a.usualVariable(d)
		return name
	case credential.SourceKeyring:
		return config.KeyringEntry(d.Name)
	}
	return ""
}
