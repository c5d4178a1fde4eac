package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/cmd/child"
	"rollcall/cmd/manage"
	"rollcall/config"
)

// ownPrograms readies a shell and the person's own commands, within a screen or a
// conversation.
type ownPrograms struct {
	app        *app
	manager    *manage.Manager
	background *background
}

// shell readies a shell as a profile.
func (o ownPrograms) shell(ctx context.Context, profile string) (all series, err error) {
	err = o.ready(ctx, func(ctx context.Context, s *session) error {
		p, err := chooseOne(s.Config, profile)
		if err != nil {
			return err
		}
		r, err := o.app.readyShell(ctx, s, p)
		all = series{name: r.what, programs: []readied{r}}
		return err
	})
	return all, err
}

// command readies a command of the person's own for profiles, one after another.
func (o ownPrograms) command(ctx context.Context, profiles []string, name string) (all series, err error) {
	err = o.ready(ctx, func(ctx context.Context, s *session) error {
		c, err := ownCommand(s.Config, name)
		if err != nil {
			return err
		}
		all = series{name: name, keep: c.Keep}
		for _, profile := range profiles {
			r, err := o.commandFor(ctx, s, profile, c, len(profiles) > 1)
			switch {
			case err == nil:
				all.programs = append(all.programs, r)
			case len(profiles) == 1 || ctx.Err() != nil:
				return err
			default:
				all.left.add(o.app.named(config.Profile{Name: profile}).Name, err)
			}
		}
		if len(all.programs) == 0 {
			return configError(&config.NotRunError{Command: name, Err: all.left, Several: true})
		}
		return nil
	})
	return all, err
}

// errSwitchedOff is why a command does not get the credential of one of several profiles.
var errSwitchedOff = errors.New("switched off")

// commandFor readies a command for one of several profiles, or for it alone.
func (o ownPrograms) commandFor(ctx context.Context, s *session, profile string, c config.Command, several bool) (readied, error) {
	p, err := chooseOne(s.Config, profile)
	switch {
	case err != nil:
		return readied{}, err
	case several && p.Disabled && c.Credential:
		return readied{}, errSwitchedOff
	}
	return o.app.readyCommand(ctx, s, p, c)
}

// ready has something made ready with the configuration as it is now. A person waits for
// it, so that the command of a credential may ask them.
func (o ownPrograms) ready(ctx context.Context, do func(context.Context, *session) error) error {
	c, err := o.manager.Load()
	if err != nil {
		return err
	}
	s := o.background.ready()
	if s == nil {
		return errors.New("nothing is known of the profiles yet")
	}
	o.app.bystanders.learn(c.SecretVariables())
	now := *s.loaded
	now.Config = c
	return do(client.Attended(ctx), &session{loaded: &now, network: s.network})
}

// readied is a program that can run for a profile.
type readied struct {
	child.Program
	// profile is the name of the profile as it can be shown, and what tells what runs:
	// "the shell of work".
	profile, what string
	// notes are said on the terminal before it runs. secrets are not shown of what it
	// prints behind the screen.
	notes, secrets []string
}

// readyShell readies a shell as a profile, by the rules of exec.
func (a *app) readyShell(ctx context.Context, s *session, p config.Profile) (r readied, err error) {
	h, err := a.handOverWithin(ctx, s, p)
	if err != nil {
		return r, err
	}
	r = readied{profile: a.named(p).Name}
	r.what = "the shell of " + r.profile
	r.Path = a.shellPath()
	r.Args, r.Env, r.Shell = []string{filepath.Base(r.Path)}, h.environ(a.environ), true
	var names []string
	for _, v := range h.variables.Set {
		names = append(names, v.Name)
	}
	with := ""
	if len(names) > 0 {
		with = ", with " + strings.Join(names, ", ")
	}
	r.notes = append([]string{"This is a shell as " + r.profile + with + "; exit leaves it."}, h.notes...)
	return a.ofDemo(s, r), nil
}

// readyCommand readies a command of the person's own for a profile, with what its last
// answer said.
func (a *app) readyCommand(ctx context.Context, s *session, p config.Profile, c config.Command) (r readied, err error) {
	args, err := c.Arguments(a.valuesOf(s, p))
	if err != nil {
		return r, configError(err)
	}
	r = readied{profile: a.named(p).Name, secrets: a.withheldValues()}
	r.what, r.Args, r.Env = c.Name+" of "+r.profile, args, a.bystanderEnviron()
	if r.Path, err = findOwn(args[0]); err != nil {
		return r, programError(args[0], err)
	}
	if !c.Credential {
		return r, nil
	}
	h, err := a.handOverWithin(ctx, s, p)
	if err != nil {
		return r, err
	}
	r.Env, r.notes, r.secrets = h.environ(a.environ), h.notes, append(r.secrets, h.secrets...)
	return a.ofDemo(s, r), nil
}

// findOwn finds the program of a command in the folders of PATH, or where a whole path
// leads. What lies in the working folder may be anybody's.
func findOwn(program string) (path string, err error) {
	if path, err = exec.LookPath(program); err == nil && !filepath.IsAbs(path) {
		err = exec.ErrDot
	}
	return path, err
}

// handOverWithin resolves the credential of a profile for a program that runs within
// the dashboard. Nobody can ask there for a shell within that of another profile.
func (a *app) handOverWithin(ctx context.Context, s *session, p config.Profile) (handover, error) {
	if outer := a.getenv(config.ProfileVariable); outer != "" && (a.demo || outer != p.Name) {
		return handover{}, configError(fmt.Errorf("%s says that rollcall runs with the credential of %s already\nLeave that shell first", config.ProfileVariable, outer))
	}
	if err := a.mayHandOver(p); err != nil {
		return handover{}, err
	}
	return a.handOverFrom(ctx, s, p, handoverRules{})
}

// ofDemo says of a program with the variables of a demo's profile what it cannot reach.
func (a *app) ofDemo(s *session, r readied) readied {
	if s.demo != nil {
		r.notes = append(r.notes, "Its variables lead to the demo on this machine, which ends with the dashboard: the service itself knows none of them.")
	}
	return r
}

// valuesOf are those of the placeholders for a profile.
func (a *app) valuesOf(s *session, p config.Profile) config.Values {
	secrets, _ := a.bystanders.withheld()
	v := config.Values{Profile: p.Name, Variable: a.variable, Secrets: a.secretNames(secrets)}
	if snap, ok := s.store.Snapshot(p.Name, a.services.Endpoint(p.Provider, p.BaseURL, p.Parts)); ok && snap.Account != nil && snap.Health.State != account.WrongAccount {
		v.User, v.URL = snap.Account.User.ID, snap.Account.User.URL
	}
	return v
}

// variable looks up a variable of the environment.
func (c *console) variable(name string) (value string, set bool) {
	for _, pair := range c.environ {
		if n, v, _ := strings.Cut(pair, "="); sameVariable(n, name) {
			return v, true
		}
	}
	return "", false
}

// secretNames are the variables that bystanders do not get, the other names of a secret
// among them.
func (c *console) secretNames(variables []string) []string {
	names := slices.Clone(variables)
	for _, pair := range c.withheldPairs() {
		name, _, _ := strings.Cut(pair, "=")
		names = append(names, name)
	}
	return names
}

// withheldValues are the secrets of all profiles that stand in the environment.
func (c *console) withheldValues() (secrets []string) {
	for _, pair := range c.withheldPairs() {
		if _, value, _ := strings.Cut(pair, "="); value != "" {
			secrets = append(secrets, value)
		}
	}
	return secrets
}

// withheldPairs are what bystanders do not get of the environment.
func (c *console) withheldPairs() []string {
	kept := c.bystanderEnviron()
	return slices.DeleteFunc(slices.Clone(c.environ), func(pair string) bool { return slices.Contains(kept, pair) })
}

// shellPath is the shell of the person, or the one that every system has.
func (c *console) shellPath() string {
	variable, otherwise := "SHELL", "/bin/sh"
	if runtime.GOOS == "windows" {
		variable, otherwise = "ComSpec", filepath.Join(os.Getenv("SystemRoot"), "System32", "cmd.exe")
	}
	for _, name := range []string{c.getenv(variable), otherwise} {
		if path, err := exec.LookPath(cmp.Or(name, otherwise)); err == nil {
			return path
		}
	}
	return otherwise
}

// ownCommand is the command of a name. Where none can be taken from the file any more,
// that is why it is gone.
func ownCommand(c *config.Config, name string) (config.Command, error) {
	if at := slices.IndexFunc(c.Commands, func(k config.Command) bool { return k.Name == name }); at >= 0 {
		return c.Commands[at], nil
	}
	for _, p := range c.Problems {
		if p.Profile == "" && p.Key == config.CommandsKey {
			return config.Command{}, configError(errors.New(withRemedy(p.Error(), p.Remedy)))
		}
	}
	return config.Command{}, configError(errors.New("there is no command " + name + " in the configuration any more"))
}
