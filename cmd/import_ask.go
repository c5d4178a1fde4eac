package cmd

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rollcall/client/account"
	"rollcall/client/text"
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
		Try: func(limited context.Context, d config.Draft, secret string) account.Snapshot {
			limited, cancel := context.WithCancel(limited)
			defer cancel()
			defer context.AfterFunc(ctx, cancel)()
			return a.shown(m.Try(limited, d, secret))
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
	for i, f := range offers {
		line := fmt.Sprintf("%d: %s, %s, %s", i+1, f.Draft.Name, a.services.Info(f.Draft.Provider).Title, f.place())
		if f.who != "" {
			line += ", " + f.who
		}
		fmt.Fprintln(a.stderr, text.Printable(a.told(line)))
	}
	for {
		answer, err := a.ask(ctx, "Which are to be added? Numbers such as 1 3-5, all or none", "all")
		if err != nil {
			return nil, err
		}
		places, ok := numbered(answer, len(offers))
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

// numbered are the places that an answer names, of n, in their order; ok is false for
// an answer that names none of them.
func numbered(answer string, n int) (places []int, ok bool) {
	answer = strings.ToLower(answer)
	if answer == "all" || answer == "none" {
		for i := range n {
			if answer == "all" {
				places = append(places, i)
			}
		}
		return places, true
	}
	for _, word := range strings.FieldsFunc(answer, func(r rune) bool { return r == ' ' || r == ',' }) {
		first, last, isRange := strings.Cut(word, "-")
		if !isRange {
			last = first
		}
		from, err := strconv.Atoi(first)
		to, err2 := strconv.Atoi(last)
		if err != nil || err2 != nil || from < 1 || to > n || from > to {
			return nil, false
		}
		for i := from - 1; i < to; i++ {
			places = append(places, i)
		}
	}
	slices.Sort(places)
	return slices.Compact(places), len(places) > 0
}
