package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/client/text"
	"rollcall/ui/theme"
)

// activity is the view of the log: what changed, the newest first, and below it the
// checks, those of a profile that found the same in one line.
type activity struct {
	roster    *roster
	selection *selection
	// onlyNews leaves out the checks.
	onlyNews bool
	// opened are the runs whose checks are shown one by one, by the first of them;
	// turned counts the times that one was opened or closed.
	opened map[*entry]bool
	turned int
	lines  memo[activityKey, []sheetLine]
	// changes and checks count the entries that the filter leaves.
	changes, checks int
}

func newActivity(s *selection) sheetContent {
	return &activity{roster: s.roster, selection: s, opened: make(map[*entry]bool)}
}

// activityKey is all that the lines depend on.
type activityKey struct {
	version, turned int
	query           string
	onlyNews        bool
	today           string
}

// run is checks of a profile, one after the other, that found the same.
type run struct {
	first, last *entry
	checks      int
	// ended is set where the profile had a check since that found something else.
	ended bool
}

func (a *activity) arrange(c *canvas) ([]sheetLine, bool) {
	k := activityKey{a.roster.log.version, a.turned, a.selection.filter.sought(), a.onlyNews, c.now.Format(time.DateOnly)}
	return a.lines.renew(k, func() []sheetLine { return a.sections(c, k.query) })
}

// sections are the changes and the checks that the filter leaves.
func (a *activity) sections(c *canvas, query string) []sheetLine {
	changes, runs := a.sort(query)
	var lines []sheetLine
	if len(changes) > 0 {
		lines = append(lines, sheetLine{text: "Changes\n" + strconv.Itoa(len(changes))})
	}
	d := newDays(c.now, len(changes), func(i int) time.Time { return changes[i].at })
	for _, e := range changes {
		lines = append(d.append(lines, e.at), sheetLine{row: e.row, entry: e, dated: d.dated})
	}
	lines = a.appendHooks(lines, query)
	if len(runs) > 0 {
		lines = append(lines, sheetLine{text: "Checks\n" + strconv.Itoa(a.checks)})
	}
	d = newDays(c.now, len(runs), func(i int) time.Time { return runs[i].first.at })
	for i := range runs {
		lines = a.appendRun(d.append(lines, runs[i].first.at), &runs[i], d.dated)
	}
	return lines
}

// appendHooks appends the runs of hooks that went wrong, the newest first.
func (a *activity) appendHooks(lines []sheetLine, query string) []sheetLine {
	var failed []sheetLine
	for i := range slices.Backward(a.roster.log.hooks) {
		m := &a.roster.log.hooks[i]
		if said := strings.ToLower(m.Wrong); !slices.ContainsFunc(terms(query), func(term string) bool { return !strings.Contains(said, term) }) {
			failed = append(failed, sheetLine{of: m})
		}
	}
	if len(failed) > 0 {
		lines = append(lines, sheetLine{text: "Hooks\n" + strconv.Itoa(len(failed))})
	}
	return append(lines, failed...)
}

// sort parts the entries that the filter leaves into changes and runs of checks,
// those first that began last: what goes on stays where it is.
func (a *activity) sort(query string) (changes []*entry, runs []run) {
	a.checks = 0
	current := make(map[*row]int)
	for _, e := range a.roster.log.entries {
		switch {
		case e.change == nil && a.onlyNews, !e.answers(query):
		case e.change != nil:
			changes = append(changes, e)
		default:
			a.checks++
			at, known := current[e.row]
			if known && runs[at].first.check.State == e.check.State && runs[at].first.check.Code == e.check.Code {
				runs[at].last = e
				runs[at].checks++
				continue
			}
			if known {
				runs[at].ended = true
			}
			current[e.row] = len(runs)
			runs = append(runs, run{first: e, last: e, checks: 1})
		}
	}
	slices.Reverse(changes)
	slices.Reverse(runs)
	a.changes = len(changes)
	return changes, runs
}

// appendRun appends the line of a run, and those of its checks where it is open.
func (a *activity) appendRun(lines []sheetLine, r *run, dated bool) []sheetLine {
	if r.checks == 1 {
		return append(lines, sheetLine{row: r.first.row, entry: r.first, dated: dated})
	}
	lines = append(lines, sheetLine{row: r.first.row, entry: r.first, run: r, dated: dated})
	if !a.opened[r.first] {
		return lines
	}
	for _, e := range slices.Backward(a.roster.log.entries) {
		if e.row == r.first.row && e.change == nil && !e.at.Before(r.first.at) && !e.at.After(r.last.at) {
			lines = append(lines, sheetLine{row: e.row, entry: e, group: 1, dated: dated})
		}
	}
	return lines
}

// open shows the checks of the run of a line one by one, or no more.
func (a *activity) open(l sheetLine) {
	if a.turned++; a.opened[l.entry] {
		delete(a.opened, l.entry)
	} else {
		a.opened[l.entry] = true
	}
}

// opensAtTop has the newest in sight when the view is gone to.
func (a *activity) opensAtTop() {}

func (a *activity) head(*canvas) []string { return nil }

func (a *activity) note(g *theme.Glyphs) string {
	changes := g.Dot + " " + text.Plural(a.changes, "change")
	if a.onlyNews {
		return changes + ", no checks"
	}
	return fmt.Sprintf("%s %s %s", changes, g.Dot, text.Plural(a.checks, "check"))
}

func (a *activity) none() string {
	switch {
	case a.selection.filter.sought() != "":
		return "Nothing here matches the filter. Esc clears it."
	case a.onlyNews:
		return "Nothing has changed as far as is remembered."
	default:
		return "Nothing has been checked yet."
	}
}

func (a *activity) soonest() time.Time { return time.Time{} }

// told is a run in words.
func (r *run) told(now time.Time) string {
	until := "since then"
	if r.ended {
		until = "until " + text.ShortClock(r.last.at, now)
	}
	return fmt.Sprintf("%s %s, all %s", text.Plural(r.checks, "check"), until, r.first.state().Word())
}

// code is the service's own word for what a run found.
func (r *run) code() string { return cmp.Or(r.last.check.Code, r.first.check.Code) }
