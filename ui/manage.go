package ui

import (
	"cmp"
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
)

// Manager changes the profiles for the dashboard. Its methods are called off
// the program's loop, several at a time, and may take their time.
type Manager interface {
	// Try asks the service as the draft says. The secret is one that is not
	// stored yet; empty for what the draft refers to.
	Try(ctx context.Context, d config.Draft, secret string) account.Snapshot
	// Apply saves a change. A secret is stored in the keyring entry that the
	// draft names, before the file is saved.
	Apply(ctx context.Context, c config.Change, secret string) (said string, err error)
	// Rotate replaces the secret where the draft of a profile refers to by one
	// that was tried. The error is ErrNotKept where the present one cannot be
	// kept for Undo; lose says that this does not matter.
	Rotate(ctx context.Context, d config.Draft, secret string, lose bool) (said string, err error)
	// Undo takes back the last change, or brings back the secret that was
	// replaced last.
	Undo(ctx context.Context) (said string, err error)
	// Use makes a profile the active one, unless something nearer than that
	// choice names another; active is the one that it is now.
	Use(ctx context.Context, name string) (active, said string, err error)
	// OpenURL shows a page in the browser.
	OpenURL(ctx context.Context, url string) error
}

// How long the parts of managing may take before they are given up.
const (
	tryTime  = time.Minute
	saveTime = 30 * time.Second
)

// changeSavedMsg is what came of a change; form is the one that it was written
// in, if it was in any.
type changeSavedMsg struct {
	change config.Change
	form   *profileForm
	said   string
	err    error
}

// secretReplacedMsg is what came of replacing a secret; final is set where it
// cannot be undone.
type secretReplacedMsg struct {
	form  *secretForm
	final bool
	said  string
	err   error
}

// changeUndoneMsg is what came of undoing.
type changeUndoneMsg struct {
	said string
	err  error
}

// profileUsedMsg tells which profile is the active one after another was
// chosen.
type profileUsedMsg struct {
	active, said string
	err          error
}

// pageOpenedMsg is what came of opening a page in the browser.
type pageOpenedMsg struct{ err error }

// cannotKeep says why nothing can be changed; empty where it can.
func (m *Model) cannotKeep() string {
	switch {
	case m.options.Manage != nil:
		return ""
	case m.options.Demo:
		return "the demo keeps nothing: start rollcall without --demo to manage profiles"
	}
	return "profiles cannot be changed here"
}

func (m *Model) addProfile() tea.Cmd {
	return m.write("Add a profile", config.ActionAdd, config.Draft{})
}

// editProfile opens the form with all that the file says of the profile, which
// is not for others to see.
func (m *Model) editProfile() tea.Cmd {
	if m.private() {
		name := cmp.Or(firstKey(m.keys.Private, m.styles.ascii), "the command “privacy”")
		return m.say("the form shows real addresses: " + name + " leaves private mode first")
	}
	return m.writeSelected("Edit ", config.ActionUpdate)
}

func (m *Model) renameProfile() tea.Cmd { return m.writeSelected("Rename ", config.ActionRename) }

func (m *Model) duplicateProfile() tea.Cmd {
	return m.writeSelected("Duplicate ", config.ActionDuplicate)
}

func (m *Model) writeSelected(verb string, a config.Action) tea.Cmd {
	r := m.current()
	p, ok := m.config.Profile(r.name)
	if !ok {
		return m.say(r.config.Name + " is not in the configuration any more")
	}
	return m.write(verb+r.config.Name, a, config.DraftOf(p))
}

// write opens a form.
func (m *Model) write(title string, a config.Action, d config.Draft) tea.Cmd {
	if why := m.cannotKeep(); why != "" {
		return m.say(why)
	}
	m.push(newProfileForm(title, a, d, m.config, m.styles))
	return nil
}

func (m *Model) moveProfileDown() tea.Cmd { return m.moveProfile(1) }
func (m *Model) moveProfileUp() tea.Cmd   { return m.moveProfile(-1) }

func (m *Model) moveProfile(by int) tea.Cmd {
	return m.apply(config.Change{Action: config.ActionMove, Profile: m.current().name, By: by}, "", nil)
}

func (m *Model) removeProfile() tea.Cmd {
	if why := m.cannotKeep(); why != "" {
		return m.say(why)
	}
	r := m.current()
	question := "Remove " + r.config.Name + " from the configuration? The token itself is left alone."
	m.push(newConfirm("Remove "+r.config.Name, question, "Remove", "Keep", m.styles, func(m *Model) tea.Cmd {
		return m.apply(config.Change{Action: config.ActionRemove, Profile: r.name}, "", nil)
	}))
	return nil
}

// apply saves a change.
func (m *Model) apply(c config.Change, secret string, f *profileForm) tea.Cmd {
	return m.manage(func(ctx context.Context, manage Manager) tea.Msg {
		said, err := manage.Apply(ctx, c, secret)
		return changeSavedMsg{c, f, said, err}
	})
}

func (m *Model) undoChange() tea.Cmd {
	return m.manage(func(ctx context.Context, manage Manager) tea.Msg {
		said, err := manage.Undo(ctx)
		return changeUndoneMsg{said, err}
	})
}

func (m *Model) use() tea.Cmd {
	name := m.current().name
	return m.manage(func(ctx context.Context, manage Manager) tea.Msg {
		active, said, err := manage.Use(ctx, name)
		return profileUsedMsg{active, said, err}
	})
}

// manage makes a command of what is to be managed.
func (m *Model) manage(do func(context.Context, Manager) tea.Msg) tea.Cmd {
	if why := m.cannotKeep(); why != "" {
		return m.say(why)
	}
	manage := m.options.Manage
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), saveTime)
		defer cancel()
		return do(ctx, manage)
	}
}

// handleManaged takes in what came of the Manager's work.
func (m *Model) handleManaged(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case draftTriedMsg:
		m.handleTried(msg)
	case changeSavedMsg:
		return m.handleSaved(msg)
	case secretReplacedMsg:
		return m.handleReplaced(msg)
	case changeUndoneMsg:
		return m.managed(msg.said, msg.err)
	case profileUsedMsg:
		if msg.err == nil {
			m.mark(msg.active)
		}
		return m.managed(msg.said, msg.err)
	case pageOpenedMsg:
		return m.managed("", msg.err)
	}
	return nil
}

// handleSaved takes in what came of a change. After a failure, its form has
// what was written in it still.
func (m *Model) handleSaved(msg changeSavedMsg) tea.Cmd {
	if again := m.switched(msg); again != nil {
		return again
	}
	switch f := msg.form; {
	case f != nil && msg.err != nil:
		f.fill()
	case f != nil:
		m.drop(f)
	}
	if msg.err == nil {
		m.seek(msg.change)
	}
	return m.managed(m.undoable(msg.said), msg.err)
}

// undoable adds to what was done how to take it back.
func (m *Model) undoable(said string) string {
	if name := firstKey(m.keys.Undo, m.styles.ascii); name != "" && said != "" {
		said += "; " + name + " undoes"
	}
	return said
}

// managed says what was done, or why it was not.
func (m *Model) managed(said string, err error) tea.Cmd {
	switch {
	case err != nil:
		m.push(newFailure(m, err))
	case said != "":
		return m.say(m.told(text.Printable(said)))
	}
	return nil
}

// mark makes a profile the one that is marked as active.
func (m *Model) mark(name string) {
	m.options.Active = name
	m.roster.mark(name)
}

// seek selects the profile that a change has made, as soon as it is there.
func (m *Model) seek(c config.Change) {
	switch name := cmp.Or(c.To, c.Draft.Name); {
	case name == "":
	case m.roster.byName[name] != nil:
		m.find(name)
	default:
		m.sought = name
	}
}

// find selects a profile in whatever is shown.
func (m *Model) find(name string) {
	if r := m.roster.byName[name]; r != nil {
		if m.list.filter.query() != "" && !slices.Contains(m.list.visible, r) {
			m.list.clearFilter()
		}
		m.list.choose(r)
	}
}
