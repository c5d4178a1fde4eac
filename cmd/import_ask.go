package cmd

import (
	"context"
	"fmt"
	"slices"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/cmd/manage"
	"rollcall/cmd/talk"
	"rollcall/config"
	"rollcall/ui"
	"rollcall/ui/theme"
)

// listsFinds reports whether there is a screen for a list to choose from. Whoever
// listens to it is asked in lines.
func (a *app) listsFinds() bool {
	return !a.wantsAccessible() && a.screenOf(a.stdout).terminal && !dumb(a.getenv)
}

// listFinds has a person choose from all that was found, on a screen of its own.
func (a *app) listFinds(ctx context.Context, l *loaded, all []find, check bool) ([]find, error) {
	m, _, err := a.loadToManage()
	if err != nil {
		return nil, err
	}
	sc := a.screenOf(a.stdout)
	chooser := ui.NewChooser(ui.ChooserOptions{
		Finds: screenFinds(all), Services: a.services.Infos(), Check: check, Mouse: l.UI.Mouse,
		Told: func(s string) string { return text.Printable(a.told(s)) },
		Ask: func(limited context.Context, d config.Draft) account.Snapshot {
			return a.shown(askFind(limited, ctx, m, d))
		},
		Look: theme.Look{
			Theme: l.UI.Theme, Colors: l.UI.Colors, Dark: true, NoColor: !sc.colored(), FewColors: sc.fewColors(), ASCII: sc.ascii, Console: sc.linux,
		},
	})
	program := a.program(chooser, a.stdout, sc)
	defer context.AfterFunc(ctx, program.Quit)()
	if _, err := program.Run(); err != nil {
		return nil, fmt.Errorf("the list ended: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var chosen []find
	for _, d := range chooser.Chosen() {
		chosen = append(chosen, all[slices.IndexFunc(all, func(f find) bool { return f.usable() && f.Draft.Name == d.Name })])
	}
	if len(chosen) == 0 {
		fmt.Fprintln(a.stderr, "Nothing was added.")
	}
	return chosen, nil
}

// askFind asks the service of a draft whose account it is, until one of two contexts
// ends. No command gets the terminal for it: many may be asked about at once.
func askFind(limited, ends context.Context, m *manage.Manager, d config.Draft) account.Snapshot {
	limited, cancel := context.WithCancel(limited)
	defer cancel()
	defer context.AfterFunc(ends, cancel)()
	return m.Try(limited, d, "")
}

// screenFinds are finds as the screen has them.
func screenFinds(all []find) (shown []ui.Find) {
	for _, f := range all {
		shown = append(shown, ui.Find{Where: f.Where, Also: f.Also, Draft: f.Draft, Known: f.known, Problem: f.Problem})
	}
	return shown
}

// askFinds has a person choose among accounts by their numbers.
func (a *app) askFinds(ctx context.Context, offers []find) ([]find, error) {
	fmt.Fprintf(a.stderr, "%s found on this machine:\n", text.Capitalized(text.Plural(len(offers), "account")))
	for i, f := range a.spokenFinds(offers) {
		fmt.Fprintln(a.stderr, text.Printable(a.told(fmt.Sprintf("%d: %s", i+1, f.Words))))
	}
	for {
		answer, err := a.ask(ctx, "Which are to be added? Numbers such as 1 3-5, all or none", "all")
		if err != nil {
			return nil, err
		}
		places, ok := talk.Numbered(answer, len(offers))
		if !ok {
			fmt.Fprintf(a.stderr, "Answer with numbers from 1 to %d, all or none.\n", len(offers))
			continue
		}
		var chosen []find
		for _, i := range places {
			chosen = append(chosen, offers[i])
		}
		if len(chosen) == 0 {
			fmt.Fprintln(a.stderr, "Nothing was added.")
		}
		return chosen, nil
	}
}

// spokenFinds are those that can be added, in words.
func (a *app) spokenFinds(all []find) (spoken []talk.Find) {
	for _, f := range all {
		if !f.usable() {
			continue
		}
		words := fmt.Sprintf("%s, %s, %s", f.Draft.Name, a.services.Info(f.Draft.Provider).Title, f.place())
		if f.who != "" {
			words += ", " + f.who
		}
		spoken = append(spoken, talk.Find{Words: words, Draft: f.Draft})
	}
	return spoken
}
