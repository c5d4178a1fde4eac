package ui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/query"
	"rollcall/config/spelling"
)

// verb is a command of the palette that takes an argument: ":view clients".
type verb struct {
	// name is how it is typed, argument what stands behind it, does what it does then.
	name, argument, does string
	// offers are whole arguments that go on as what is written, the best first. Where it
	// is free, what is written is taken as it is; else it is one of these.
	offers func(m *Model, written string) []offer
	free   bool
	// run does it. What is wrong with the argument is the error, in a sentence; waits is
	// set where it is told later, by an answer to the palette.
	run   func(m *Model, argument string, p *palette) (tea.Cmd, error)
	waits bool
}

// verbs are all that there are, those first that are needed most.
func verbs() []verb {
	return []verb{
		{name: "view", argument: "NAME", does: "show a view by its name", offers: viewOffers, run: (*Model).verbView},
		{name: "filter", argument: "QUERY", does: "show the profiles that answer a query", offers: queryOffers, free: true, run: (*Model).verbFilter},
		{name: "go", argument: "NAME", does: "go to a profile", offers: profileOffers, run: (*Model).verbGo},
		{name: "use", argument: "NAME", does: "make a profile the active one", offers: profileOffers, run: (*Model).verbUse},
		{name: "sort", argument: "ORDER", does: "sort; - before the order turns it round", offers: orderOffers, run: (*Model).verbSort},
		{name: "columns", argument: "LIST", does: "choose the columns of the table", offers: columnsOffers, free: true, run: (*Model).verbColumns},
		{name: "group", argument: "WHAT", does: "group the table", offers: groupOffers, run: (*Model).verbGroup},
		{name: "snooze", argument: "TIME [NOTE]", does: "snooze what is marked or selected", offers: snoozeOffers, free: true, run: (*Model).verbSnooze, waits: true},
		{name: "tag", argument: "+NEW -OLD", does: "tag what is marked or selected", offers: tagsOffers, free: true, run: (*Model).verbTag, waits: true},
		{name: "keep", argument: "NAME", does: "keep what is shown as a view", offers: keptOffers, free: true, run: (*Model).verbKeep},
		{name: "theme", argument: "NAME", does: "change the colours for this run", offers: themeOffers, run: (*Model).verbTheme},
	}
}

// argumentWish is to run a verb of the palette, which stays open where that cannot be.
type argumentWish struct {
	verb, argument string
	palette        *palette
}

func (argumentWish) wished() {}

// argue runs a verb, or says in the palette what is wrong.
func (m *Model) argue(w argumentWish) tea.Cmd {
	all := verbs()
	v := all[slices.IndexFunc(all, func(v verb) bool { return v.name == w.verb })]
	if v.waits {
		return m.changing(func(m *Model) tea.Cmd { return m.runVerb(v, w) })
	}
	return m.runVerb(v, w)
}

func (m *Model) runVerb(v verb, w argumentWish) tea.Cmd {
	cmd, err := v.run(m, w.argument, w.palette)
	switch {
	case err != nil:
		w.palette.refused(text.Printable(err.Error()))
		return nil
	case v.waits:
		w.palette.wait()
	default:
		m.overlays.drop(w.palette)
	}
	return cmd
}

// verbAnsweredMsg is what came of a verb that was not done at once.
type verbAnsweredMsg struct {
	palette *palette
	said    string
	err     error
}

// handleVerb takes that in. What is wrong is said where it was written.
func (m *Model) handleVerb(msg verbAnsweredMsg) tea.Cmd {
	if _, ok := errors.AsType[*config.SaveError](msg.err); ok {
		// It has the lines to write by hand.
		m.overlays.drop(msg.palette)
		return m.managed("", msg.err)
	}
	if msg.err != nil {
		msg.palette.refused(m.toldForGood(text.Printable(msg.err.Error())))
		return nil
	}
	m.overlays.drop(msg.palette)
	return m.managed(m.undoable(msg.said), nil)
}

// answering makes a command of what is to be managed for the palette.
func (m *Model) answering(p *palette, do func(context.Context, Manager) (string, error)) tea.Cmd {
	return m.manage(func(ctx context.Context, manage Manager) tea.Msg {
		said, err := do(ctx, manage)
		return verbAnsweredMsg{p, said, err}
	})
}

// unknown says that there is no such word of a kind.
func unknown(kind, word string, known []string) error {
	if word == "" {
		return errors.New("a " + kind + " is wanted here")
	}
	said := "there is no " + kind + " " + spelling.Quote(word)
	if near := spelling.DidYouMean(word, known); near != "" {
		return errors.New(said + near)
	}
	if n := len(known); n > 0 && n < 10 {
		said += "; there are " + text.AllOf(known)
		if n == 1 {
			said = said[:len(said)-len("are "+known[0])] + "is " + known[0]
		}
	}
	return errors.New(said)
}

// oneOf is a known word whatever its case.
func oneOf(kind, word string, known []string) (string, error) {
	if slices.Contains(known, word) {
		return word, nil
	}
	if i := slices.IndexFunc(known, func(k string) bool { return query.Fold(k) == query.Fold(word) }); i >= 0 {
		return known[i], nil
	}
	return "", unknown(kind, word, known)
}

func (m *Model) verbView(name string, _ *palette) (tea.Cmd, error) {
	name, err := oneOf("view", name, m.viewNames())
	if err != nil {
		return nil, err
	}
	id, _ := m.viewShown(name)
	m.show(id)
	return nil, nil
}

// viewNames are those of all views, as they may be shown.
func (m *Model) viewNames() (names []string) {
	for i := range m.views.all {
		names = append(names, m.viewCalled(m.views.name(viewID(i))))
	}
	return names
}

// viewShown is the view that is shown under a name.
func (m *Model) viewShown(name string) (id viewID, ok bool) {
	i := slices.Index(m.viewNames(), name)
	return viewID(max(0, i)), i >= 0
}

func (m *Model) verbFilter(asks string, _ *palette) (tea.Cmd, error) {
	_, err := query.Parse(asks, vocabulary())
	if wrong, ok := errors.AsType[*query.Error](err); ok {
		return nil, fmt.Errorf("character %d: %s", wrong.Column, wrong.Message)
	}
	if m.dashboard.opened {
		m.show(viewDashboard)
	}
	if asks == "" {
		m.selection.clearFilter()
		return nil, nil
	}
	m.setFocus(paneProfiles)
	m.selection.filter.set(asks)
	m.selection.search()
	return nil, nil
}

// rowNamed is the profile that is shown under a name.
func (m *Model) rowNamed(name string) (*row, error) {
	name, err := oneOf("profile", name, m.profileNames())
	if err != nil {
		return nil, err
	}
	return m.roster.rows[slices.Index(m.profileNames(), name)], nil
}

// profileNames are those of all profiles, as they may be shown.
func (m *Model) profileNames() (names []string) {
	for _, r := range m.roster.rows {
		names = append(names, r.config.Name)
	}
	return names
}

func (m *Model) verbGo(name string, _ *palette) (tea.Cmd, error) {
	r, err := m.rowNamed(name)
	if err != nil {
		return nil, err
	}
	return m.goTo(r), nil
}

func (m *Model) verbUse(name string, _ *palette) (tea.Cmd, error) {
	r, err := m.rowNamed(name)
	if err != nil {
		return nil, err
	}
	return m.useProfile(r.name), nil
}

// verbSort sorts the table where one is shown, else the list, which has no order for
// each column.
func (m *Model) verbSort(word string, _ *palette) (tea.Cmd, error) {
	by, turned := strings.CutPrefix(word, "-")
	by, err := oneOf("order", by, insight.OrderNames())
	if err != nil {
		return nil, err
	}
	order, listed := sortingOf(by)
	order.reversed = turned
	table := m.area() == onOverview
	switch {
	case listed && (!table || order.by == insight.OrderFile || m.views.scope() != nil):
		m.selection.sortBy(order)
		if table {
			m.views.table().put(asListed)
		}
		m.layOut()
		return m.say("sorted " + order.String()), nil
	case !table:
		m.show(viewOverview)
	}
	column := strings.Replace(by, string(insight.OrderName), insight.ColumnProfile, 1)
	if turned {
		column = "-" + column
	}
	o := m.views.table()
	o.put(column)
	return m.say("sorted " + o.inWords()), nil
}

func (m *Model) verbColumns(list string, _ *palette) (tea.Cmd, error) {
	var names []string
	for word := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		name, err := oneOf("column", word, insight.Columns())
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	m.showTable()
	return m.showColumns(names), nil
}

// showTable goes to the overview, unless a table is shown already.
func (m *Model) showTable() {
	if m.area() != onOverview {
		m.show(viewOverview)
	}
}

func (m *Model) verbGroup(word string, _ *palette) (tea.Cmd, error) {
	word, err := oneOf("grouping", word, groupingWords())
	if err != nil {
		return nil, err
	}
	m.showTable()
	o := m.views.table()
	o.grouped = grouping(slices.Index(groupingWords(), word))
	return m.say("grouped " + o.grouped.String()), nil
}

// targetNames are the keys of the profiles that a verb is about.
func (m *Model) targetNames() (names []string, err error) {
	for _, r := range m.targets() {
		names = append(names, r.name)
	}
	if len(names) == 0 {
		return nil, errors.New("no profile is selected")
	}
	if why := m.cannotKeep(); why != "" {
		return nil, errors.New(why)
	}
	return names, nil
}

func (m *Model) verbSnooze(words string, p *palette) (tea.Cmd, error) {
	names, err := m.targetNames()
	until, note, _ := strings.Cut(words, " ")
	switch {
	case err != nil:
		return nil, err
	case until == "":
		return nil, errors.New("a time is wanted here, such as 7d or 2026-12-24; off ends the snooze")
	}
	m.selection.following = false
	return m.answering(p, func(ctx context.Context, manage Manager) (string, error) {
		return manage.Snooze(ctx, names, until, strings.TrimSpace(note))
	}), nil
}

func (m *Model) verbTag(words string, p *palette) (tea.Cmd, error) {
	names, err := m.targetNames()
	if err != nil {
		return nil, err
	}
	var add, drop []string
	for _, word := range strings.Fields(words) {
		switch tag := strings.TrimLeft(word, "+-#"); {
		case tag == "":
			return nil, errors.New("a tag stands right behind + or -, as in +prod")
		case word[0] == '-':
			drop = append(drop, tag)
		default:
			add = append(add, tag)
		}
	}
	if len(add)+len(drop) == 0 {
		return nil, errors.New("a tag is wanted here: +prod adds one, -prod takes it away")
	}
	var changes []config.Edit
	for _, name := range names {
		changes = append(changes, config.Edit{Kind: config.EditTag, Profile: name, Tags: add, Untag: drop})
	}
	m.selection.following = false
	return m.answering(p, func(ctx context.Context, manage Manager) (string, error) { return manage.ApplyAll(ctx, changes) }), nil
}

func (m *Model) verbKeep(name string, p *palette) (tea.Cmd, error) {
	if why := cmp.Or(m.cannotKeep(), m.cannotKeepView()); why != "" {
		return nil, errors.New(why)
	}
	f := m.newKeepForm(name)
	if r := f.keep(); r.wish != nil {
		return m.follow(p, reply{close: true, wish: r.wish}), nil
	}
	return nil, errors.New(f.wrong)
}

func (m *Model) verbTheme(name string, _ *palette) (tea.Cmd, error) {
	name, err := oneOf("theme", name, append(config.Themes(), configuredTheme))
	if err != nil {
		return nil, err
	}
	if m.terminal.theme = name; name == configuredTheme {
		m.terminal.theme = ""
	}
	m.restyle()
	m.layOut()
	if name == configuredTheme {
		return tea.Batch(m.askBackground(), m.say("the theme of the configuration again")), nil
	}
	return tea.Batch(m.askBackground(), m.say("theme "+name+" for this run; theme = \""+name+"\" below [ui] in the configuration keeps it")), nil
}

// configuredTheme names the theme that the configuration has.
const configuredTheme = "configured"

// verbForms are the verbs as the palette takes them.
func (m *Model) verbForms() (forms []verbForm) {
	for _, v := range verbs() {
		forms = append(forms, verbForm{v.name, v.argument, v.does, v.free, func(written string) []offer { return v.offers(m, written) }})
	}
	return forms
}
