package cmd

import (
	"context"
	"errors"
	"fmt"

	"rollcall/client"
	"rollcall/client/text"
	"rollcall/cmd/child"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/ui"
)

// dashboardPrograms runs a shell and the person's own commands for the dashboard. It
// implements [ui.Programs].
type dashboardPrograms struct {
	dashboardManager
	app *app
}

// Shell readies a shell as a profile.
func (d dashboardPrograms) Shell(ctx context.Context, profile string) (p ui.Program, err error) {
	var r readied
	err = d.ready(ctx, func(ctx context.Context, s *session) error {
		own, err := chooseOne(s.Config, profile)
		if err == nil {
			r, err = d.app.readyShell(ctx, s, own)
		}
		return err
	})
	return ui.Program{Run: d.until(func(ctx context.Context) ui.Ran { return d.onTerminal(ctx, series{r.what, []readied{r}}, false) })}, err
}

// Command readies a command of the person's own for profiles, one after another.
func (d dashboardPrograms) Command(ctx context.Context, profiles []string, name string) (p ui.Program, err error) {
	all, behind := series{name: name}, false
	err = d.ready(ctx, func(ctx context.Context, s *session) error {
		c, err := ownCommand(s.Config, name)
		behind = c.Keep
		for _, profile := range profiles {
			var own config.Profile
			var r readied
			if err == nil {
				own, err = chooseOne(s.Config, profile)
			}
			if err == nil {
				r, err = d.app.readyCommand(ctx, s, own, c)
			}
			all.programs = append(all.programs, r)
		}
		return err
	})
	run := d.until(func(ctx context.Context) ui.Ran { return d.onTerminal(ctx, all, true) })
	if behind {
		run = d.until(func(ctx context.Context) (ran ui.Ran) {
			d.background.during(func() { ran = all.behind(ctx) })
			return ran
		})
	}
	return ui.Program{Behind: behind, Run: run}, err
}

// ready has something made ready with the configuration as it is now. A person waits for
// it, so that the command of a credential may ask them.
func (d dashboardPrograms) ready(ctx context.Context, do func(context.Context, *session) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(d.ends, cancel)()
	c, err := d.Load()
	if err != nil {
		return err
	}
	s := d.background.ready()
	if s == nil {
		return errors.New("nothing is known of the profiles yet")
	}
	d.app.bystanders.learn(c.SecretVariables())
	now := *s.loaded
	now.Config = c
	d.background.during(func() {
		err = do(credential.WithLender(client.Attended(ctx), d.lender), &session{loaded: &now, network: s.network})
	})
	return err
}

// until has a run end with the dashboard, too.
func (d dashboardPrograms) until(run func(context.Context) ui.Ran) func(context.Context) ui.Ran {
	return func(ctx context.Context) ui.Ran {
		// It has the values of the dashboard's context, such as who hears of signals.
		ends, cancel := context.WithCancel(d.ends)
		defer cancel()
		defer context.AfterFunc(ctx, cancel)()
		return run(ends)
	}
}

// onTerminal runs programs on the terminal, which the dashboard has left.
func (d dashboardPrograms) onTerminal(ctx context.Context, all series, wait bool) ui.Ran {
	t, done, ok := d.console.openTerminal()
	if !ok {
		return ui.Ran{Err: configError(errors.New("there is no terminal here"))}
	}
	defer done()
	k := takeKeyboard(t.In)
	k.drain(lateAnswers)
	k.takeBack()
	return all.on(ctx, t, wait)
}

// series are programs that run one after another, for a profile each.
type series struct {
	// name is what runs: "plan", or "the shell of work".
	name     string
	programs []readied
}

// on runs them on a terminal. Where there is something to read, it waits for a key after
// each, which goes on or stops.
func (s series) on(ctx context.Context, t credential.Terminal, wait bool) ui.Ran {
	var ended []child.Ending
	for i, r := range s.programs {
		e, err := r.runOn(ctx, t)
		if err != nil {
			return ui.Ran{Err: programError(r.Args[0], err)}
		}
		ended = append(ended, e)
		if !wait {
			continue
		}
		words := r.what + " " + e.String() + ". "
		if next := i + 1; next < len(s.programs) {
			words += "Any key goes on with " + s.programs[next].profile + ", q stops."
		} else {
			words += "Any key goes back."
		}
		if !awaitKey(ctx, t, words) {
			break
		}
	}
	return ui.Ran{Said: s.said(ended)}
}

// behind runs them behind the screen.
func (s series) behind(ctx context.Context) (ran ui.Ran) {
	var ended []child.Ending
	for _, r := range s.programs {
		printed, e, err := r.runBehind(ctx)
		if err != nil {
			return ui.Ran{Err: programError(r.Args[0], err)}
		}
		ended, ran.Cut = append(ended, e), ran.Cut || printed.Cut
		if len(s.programs) > 1 {
			ran.Printed += r.what + " " + e.String() + "\n"
		}
		ran.Printed += printed.Text
		if e.CalledOff {
			break
		}
	}
	ran.Said = s.said(ended)
	return ran
}

// said tells how they ended.
func (s series) said(ended []child.Ending) string {
	if len(s.programs) == 1 {
		return s.programs[0].what + " " + ended[0].String()
	}
	words := fmt.Sprintf("%s ran for %d of %s", s.name, len(ended), text.Plural(len(s.programs), "profile"))
	for i, e := range ended {
		if !e.Good() {
			words += "; for " + s.programs[i].profile + " it " + e.String()
		}
	}
	return words
}
