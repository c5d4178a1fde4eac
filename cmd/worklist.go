package cmd

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/kballard/go-shellquote"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/ui/theme"
)

// worklist is profiles as a table tells of them.
type worklist struct {
	insight.Worklist
	screen screen
	rows   []profileRow
	// columns are those that were asked for; none for the usual ones.
	columns []profileColumn
	// commands are the command lines that do what is to be done, where there are
	// such.
	commands func(profile string, a account.Advice) string
	// explained is how many of the rows have what stands below them; negative for
	// all that have something to say.
	explained int
}

// newWorklist sorts profiles as the command line says. The snapshots are as they
// can be shown.
func (a *app) newWorklist(
	sc screen, l *loaded, profiles []config.Profile, snapshots []account.Snapshot, o *tableOptions,
) worklist {
	now := a.now()
	w := worklist{
		Worklist: insight.NewWorklist(snapshots, nil, now, l.ExpiryWarning), screen: sc,
		columns: columnsNamed(o.columns.names), commands: a.commandFor, explained: everyRow,
	}
	titles := incidentTitles(w.Incidents)
	for i, p := range profiles {
		s := snapshots[i]
		w.rows = append(w.rows, profileRow{
			profile: a.named(p), snapshot: s, standing: w.Standings[i], active: p.Name == l.active(),
			host: insight.Host(s.Endpoint), source: a.source(p), incident: titles[s.Profile], now: now, ascii: sc.ascii,
		})
	}
	if o.sort.by != insight.OrderUrgency || o.sort.reversed {
		w.Sections = w.sorted(o.sort)
	}
	for _, s := range w.Sections {
		for _, l := range s.Lines {
			if l.Profile >= 0 {
				w.rows[l.Profile].under = sc.terminal && l.Incident >= 0
			}
		}
	}
	return w
}

// sorted are the profiles in one section, in an order that is not that of their
// urgency.
func (w *worklist) sorted(by *sortFlag) []insight.Section {
	order := make([]int, len(w.rows))
	for i := range order {
		order[i] = i
	}
	by.by.Sort(order, by.reversed, func(i int) insight.Sortable {
		r := &w.rows[i]
		return insight.Sortable{
			Name: r.profile.Name, Service: r.profile.Provider, User: userCell(r).text, Standing: &r.standing,
			Label: r.profile.Label, Host: r.host, Source: r.source, Tags: r.profile.Tags, Snapshot: &r.snapshot,
		}
	})
	section := insight.Section{Profiles: len(order)}
	for _, i := range order {
		section.Lines = append(section.Lines, insight.Line{Profile: i, Incident: -1})
	}
	return []insight.Section{section}
}

// order are the profiles in the order of the table, by their places in the
// configuration.
func (w *worklist) order() (profiles []int) {
	for _, s := range w.Sections {
		for _, l := range s.Lines {
			if l.Profile >= 0 {
				profiles = append(profiles, l.Profile)
			}
		}
	}
	return profiles
}

// lines are those of the table, the one of the titles first. Where a person reads
// along, its sections have headings, and what to do stands below each row that is
// not fine.
func (w *worklist) lines() []string {
	sc := w.screen
	var order []*profileRow
	for _, i := range w.order() {
		order = append(order, &w.rows[i])
	}
	table := tableOf(sc, markCell, w.columnsFor(order), order)
	if !sc.terminal {
		return table
	}
	lines, rows, left := table[:1:1], table[1:], w.explained
	// A row has what stands below it as long as that is wanted.
	add := func(row string, below []string) {
		lines = append(lines, row)
		if len(below) > 0 && left != 0 {
			lines, left = append(lines, below...), left-1
		}
	}
	for _, s := range w.Sections {
		if s.Urgency != "" {
			lines = append(lines, sc.draw(bold(), fmt.Sprintf("%s %d", text.Capitalized(string(s.Urgency)), s.Profiles)))
		}
		for _, l := range s.Lines {
			switch {
			case l.Profile < 0:
				told := incidentLines(sc, &w.Incidents[l.Incident], w.members(s, l.Incident))
				add(told[0], told[1:])
				continue
			case l.Incident >= 0:
				add(rows[0], nil)
			default:
				add(rows[0], w.remedyLines(&w.rows[l.Profile]))
			}
			rows = rows[1:]
		}
	}
	return lines
}

// everyRow has every row explained.
const everyRow = -1

// members is how many profiles of a section stand under an incident.
func (w *worklist) members(s insight.Section, incident int) (n int) {
	for _, l := range s.Lines {
		if l.Profile >= 0 && l.Incident == incident {
			n++
		}
	}
	return n
}

// columnsFor are the columns that were asked for, else those of a screen or a
// pipe, where no row has a remedy below it; without those in which there is
// nothing.
func (w *worklist) columnsFor(rows []*profileRow) []profileColumn {
	if len(w.columns) > 0 {
		return chosen(w.columns)
	}
	names := "profile state urgency due user budget latency note"
	if w.screen.terminal {
		names = "profile state due user service tags budget latency"
		if len(w.Sections) == 1 && w.Sections[0].Urgency == "" {
			names = "profile state urgency due user service tags budget latency"
		}
	}
	return slices.DeleteFunc(columnsNamed(strings.Fields(names)), func(c profileColumn) bool {
		return !slices.ContainsFunc(rows, func(r *profileRow) bool { return dash(c.cell(r).text) != "-" })
	})
}

// chosen are columns that somebody asked for: those named last go first where
// there is too little room.
func chosen(columns []profileColumn) []profileColumn {
	all := slices.Clone(columns)
	for i := range all {
		all[i].fits.spare = len(all) - i
		if i == 0 {
			all[i].fits.spare = 0
		}
	}
	return all
}

// tableOf are the lines of a table of profiles, each with a mark before it.
func tableOf(sc screen, mark func(*profileRow) cell, columns []profileColumn, rows []*profileRow) []string {
	all := []column{{title: " ", whole: true}}
	for _, c := range columns {
		c.fits.title = strings.ToUpper(c.name)
		all = append(all, c.fits)
	}
	var cells [][]cell
	for _, r := range rows {
		row := []cell{mark(r)}
		for _, c := range columns {
			value := c.cell(r)
			if value.text = dash(value.text); value.text == "-" {
				value.style = faint()
			}
			row = append(row, value)
		}
		cells = append(cells, row)
	}
	return tableLines(sc, all, cells)
}

// The room of what stands below a row.
const (
	remedyIndent = 5
	// widestRemedy is as wide as a text is read with ease.
	widestRemedy = 110
)

// remedyLines say below a row why it is not fine, and what to do.
func (w *worklist) remedyLines(r *profileRow) []string {
	advice := r.standing.Advice(r.snapshot, r.now)
	if r.standing.Urgency == insight.UrgencySnoozed {
		return paragraph(w.screen, r.snapshot.Snooze.Note, "")
	}
	if advice.Remedy == "" {
		return nil
	}
	lines := paragraph(w.screen, advice.Explanation, advice.Remedy)
	if command := w.commands(r.profile.Name, advice); command != "" && !strings.Contains(advice.Remedy, command) {
		indent := strings.Repeat(" ", remedyIndent+2)
		for line := range strings.Lines(text.Wrap(text.Printable(command), max(1, w.screen.room()-len(indent)))) {
			lines = append(lines, indent+strings.TrimSpace(line))
		}
	}
	return lines
}

// incidentLines tell once of what keeps the profiles below from being asked.
func incidentLines(sc screen, i *insight.Incident, profiles int) []string {
	severity := i.State.Severity()
	head := fmt.Sprintf("%s, %d %s", text.Printable(i.Title), profiles, plural(profiles, "profile"))
	mark := theme.Mark(severity, sc.ascii) + strings.Repeat(" ", gap)
	lines := []string{sc.draw(severityStyle(severity), cut(sc, mark+head))}
	return append(lines, paragraph(sc, i.Explanation, i.Remedy)...)
}

// paragraph is an explanation and a remedy, faint and below a row.
func paragraph(sc screen, explanation, remedy string) (lines []string) {
	indent := strings.Repeat(" ", remedyIndent)
	add := func(first, said string) {
		room := max(1, min(sc.room(), widestRemedy)-len(indent)-ansi.StringWidth(first))
		for line := range strings.Lines(text.Wrap(text.Printable(said), room)) {
			lines = append(lines, indent+sc.draw(faint(), first+strings.TrimSpace(line)))
			first = strings.Repeat(" ", ansi.StringWidth(first))
		}
	}
	if explanation != "" {
		add("", explanation)
	}
	if remedy != "" {
		add(theme.Arrow(sc.ascii)+" ", remedy)
	}
	return lines
}

// commandFor is the command line that does what a remedy asks for; empty for none.
func (a *app) commandFor(profile string, advice account.Advice) string {
	var words []string
	switch advice.Action {
	case account.ActionRotate:
		words = []string{"rotate", profile}
	case account.ActionLogIn:
		words = []string{"login", profile}
	case account.ActionPin:
		words = []string{"pin", profile}
	case account.ActionEdit:
		words = []string{"edit", profile}
	case account.ActionCopy:
		return advice.Command
	case account.ActionAsk:
		if advice.LongWait {
			words = []string{"status", profile, "--ignore-wait"}
		}
	}
	// The accounts of the demo end with the command.
	if len(words) == 0 || a.demo {
		return ""
	}
	if a.configFlag != "" {
		words = append(words, "--config", a.told(a.configFlag))
	}
	return shellquote.Join(append([]string{"rollcall"}, words...)...)
}

// sum says in a line how many need somebody, and who is next.
func (w *worklist) sum() string {
	if len(w.rows) == 0 {
		return ""
	}
	now, name := w.rows[0].now, func(i int) string { return w.rows[i].profile.Name }
	words := insight.OutlookOf(w.Standings, now).Words(name, now)
	if oldest := w.oldest(); !oldest.IsZero() {
		words += ", as of " + text.Ago(now.Sub(oldest))
	}
	return text.Printable(words)
}

// oldest is when the first of the checks was that an earlier run made; zero for
// none.
func (w *worklist) oldest() (at time.Time) {
	for i := range w.rows {
		s := &w.rows[i].snapshot
		if s.Restored && !s.Health.CheckedAt.IsZero() && (at.IsZero() || s.Health.CheckedAt.Before(at)) {
			at = s.Health.CheckedAt
		}
	}
	return at
}

// untold are the incidents that have no line of their own in the table.
func (w *worklist) untold() (left []insight.Incident) {
	for at, i := range w.Incidents {
		if !w.screen.terminal || !slices.ContainsFunc(w.Sections, func(s insight.Section) bool { return w.members(s, at) > 0 }) {
			left = append(left, i)
		}
	}
	return left
}
