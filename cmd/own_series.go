package cmd

import (
	"context"
	"fmt"
	"slices"

	"rollcall/client/text"
	"rollcall/cmd/child"
	"rollcall/config/credential"
)

// ran is what came of programs.
type ran struct {
	// said tells how they ended. printed is the last of what they printed behind the
	// screen, and cut is set where there was more before that.
	said, printed string
	cut           bool
	// notes are said of what ran behind the screen, each once.
	notes []string
	// err is why they did not run.
	err error
}

// series are programs that run one after another, for a profile each.
type series struct {
	// name is what runs: "plan", or "the shell of work".
	name     string
	programs []readied
	// left are the profiles for which it cannot run.
	left notRuns
	// keep is set where they run behind the screen, and tidied is what takes from a
	// terminal what they leave; empty for one that is not drawn on.
	keep   bool
	tidied string
}

// on runs them on a terminal. Where there is something to read, it waits for a key after
// each, which goes on or stops.
func (s series) on(ctx context.Context, t credential.Terminal, wait bool) ran {
	var ended []child.Ending
	for i, r := range s.programs {
		e, err := r.runOn(ctx, t, s.tidied)
		if err != nil {
			return ran{err: programError(r.Args[0], err)}
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
	return ran{said: s.said(ended)}
}

// behind runs them behind the screen.
func (s series) behind(ctx context.Context) (all ran) {
	var ended []child.Ending
	for _, r := range s.programs {
		printed, e, err := r.runBehind(ctx)
		if err != nil {
			return ran{err: programError(r.Args[0], err)}
		}
		ended, all.cut = append(ended, e), all.cut || printed.Cut
		for _, note := range r.notes {
			if note = text.Printable(note); !slices.Contains(all.notes, note) {
				all.notes = append(all.notes, note)
			}
		}
		if len(s.programs) > 1 {
			all.printed += r.what + " " + e.String() + "\n"
		}
		if all.printed += printed.Text; printed.Text != "" {
			all.printed += "\n"
		}
		if e.CalledOff {
			break
		}
	}
	all.said = s.said(ended)
	return all
}

// said tells how they ended.
func (s series) said(ended []child.Ending) string {
	if len(s.programs) == 1 && len(s.left) == 0 {
		return s.programs[0].what + " " + ended[0].String()
	}
	words := fmt.Sprintf("%s ran for %d of %s", s.name, len(ended), text.Plural(len(s.programs)+s.left.count(), "profile"))
	for i, e := range ended {
		if !e.Good() {
			words += "; for " + s.programs[i].profile + " it " + e.String()
		}
	}
	if len(s.left) > 0 {
		words += "; it did not run " + s.left.Error()
	}
	return words
}
