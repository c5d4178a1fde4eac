package ui

import (
	"cmp"
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/ui/draw"
)

// How long the parts of managing may take before they are given up.
const (
	// A person may have to answer the command that gives the credential.
	tryTime  = 4 * time.Minute
	saveTime = 30 * time.Second
)

// changeSavedMsg is what came of a change; form is the one that it was written
// in, if it was in any.
type changeSavedMsg struct {
	change config.Edit
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

// changeUndoneMsg is what came of undoing or, where again is set, of doing again what
// was undone.
type changeUndoneMsg struct {
	said  string
	again bool
	err   error
	// rotations are those that are under way then; rotationsErr says why they are not
	// known.
	rotations    []account.Rotation
	rotationsErr error
}

// profileUsedMsg tells which profile is the active one after another was
// chosen.
type profileUsedMsg struct {
	active, said string
	err          error
}

// pageOpenedMsg is what came of opening a page in the browser.
type pageOpenedMsg struct{ err error }

// draftTriedMsg is the answer of a service to what a form holds.
type draftTriedMsg struct {
	form     testedForm
	attempt  int
	snapshot account.Snapshot
	// same is set where nothing was asked: the secret is the one that the profile has.
	same bool
}

// changeWish is to save a change.
type changeWish struct{ change config.Edit }

func (changeWish) wished() {}

// cannotKeep says why nothing can be changed; empty where it can.
func (m *Model) cannotKeep() string {
	if m.options.Manage != nil {
		return ""
	}
	return "profiles cannot be changed here"
}

func (m *Model) addProfile() tea.Cmd {
	return m.write("Add a profile", config.EditAdd, config.Draft{})
}

// editProfile opens the form with all that the file says of the profile, which
// is not for others to see.
func (m *Model) editProfile() tea.Cmd {
	if m.private() {
		name := cmp.Or(draw.FirstKey(m.keys.Private, m.styles.ASCII), "the command “privacy”")
		return m.say("the form shows real addresses: " + name + " leaves private mode first")
	}
	return m.writeSelected("Edit ", config.EditUpdate)
}

func (m *Model) renameProfile() tea.Cmd { return m.writeSelected("Rename ", config.EditRename) }

func (m *Model) duplicateProfile() tea.Cmd {
	return m.writeSelected("Duplicate ", config.EditDuplicate)
}

func (m *Model) writeSelected(verb string, a config.EditKind) tea.Cmd {
	r := m.current()
	p, ok := m.config.Profile(r.name)
	if !ok {
		return m.say(r.config.Name + " is not in the configuration any more")
	}
	return m.write(verb+r.config.Name, a, config.DraftOf(p))
}

// write opens a form.
func (m *Model) write(title string, a config.EditKind, d config.Draft) tea.Cmd {
	if why := m.cannotKeep(); why != "" {
		return m.say(why)
	}
	m.overlays.push(newProfileForm(title, a, d, m.config, m.roster.services, m.roster.here, m.styles))
	return nil
}

func (m *Model) moveProfileDown() tea.Cmd { return m.moveProfile(1) }
func (m *Model) moveProfileUp() tea.Cmd   { return m.moveProfile(-1) }

// moveProfile moves a profile in the file, where the person sees that order.
func (m *Model) moveProfile(by int) tea.Cmd {
	if !m.selection.order.filed() {
		key := cmp.Or(draw.FirstKey(m.keys.Sort, m.styles.ASCII), "the command “sort”")
		return m.say("profiles move where the list is in the order of the file: " + key + " and then f sorts it so")
	}
	return m.apply(config.Edit{Kind: config.EditMove, Profile: m.current().name, By: by}, "", nil)
}

// apply saves a change.
func (m *Model) apply(c config.Edit, secret string, f *profileForm) tea.Cmd {
	return m.manage(func(ctx context.Context, manage Manager) tea.Msg {
		said, err := manage.Apply(ctx, c, secret)
		return changeSavedMsg{c, f, said, err}
	})
}

func (m *Model) undoChange() tea.Cmd { return m.undo(undoWish{}) }
func (m *Model) redoChange() tea.Cmd { return m.undo(undoWish{again: true}) }

// undoWish is to undo the last change or, where again is set, to do again what was
// undone last. The step is that of another run to which the person has agreed; 0 for
// none.
type undoWish struct {
	again bool
	step  int64
}

func (undoWish) wished() {}

func (m *Model) undo(w undoWish) tea.Cmd {
	return m.manage(func(ctx context.Context, manage Manager) tea.Msg {
		undo := manage.Undo
		if w.again {
			undo = manage.Redo
		}
		said, err := undo(ctx, w.step)
		all, failed := manage.Rotations(ctx)
		return changeUndoneMsg{said, w.again, err, all, failed}
	})
}

// handleUndone says what was undone, or done again, and how to turn that round.
func (m *Model) handleUndone(msg changeUndoneMsg) tea.Cmd {
	if msg.rotationsErr == nil {
		m.takeRotations(msg.rotations)
	}
	if doubt, ok := errors.AsType[*DoubtError](msg.err); ok {
		title, yes := "Undo", "Take it back"
		if msg.again {
			title, yes = "Redo", "Do it again"
		}
		m.overlays.push(newConfirm(title, m.toldForGood(text.Printable(doubt.Question)), yes, "Leave it", m.styles, undoWish{msg.again, doubt.Step}))
		return nil
	}
	if msg.err != nil {
		return m.managed("", msg.err)
	}
	if msg.again {
		return m.managed(m.undoable(msg.said), nil)
	}
	if name := draw.FirstKey(m.keys.Redo, m.styles.ASCII); name != "" && msg.said != "" {
		msg.said += "; " + name + " does it again"
	}
	return m.managed(msg.said, nil)
}

func (m *Model) use() tea.Cmd { return m.useProfile(m.current().name) }

// useProfile makes a profile the active one.
func (m *Model) useProfile(name string) tea.Cmd {
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

// handleSaved takes in what came of a change. After a failure, its form has
// what was written in it still.
func (m *Model) handleSaved(msg changeSavedMsg) tea.Cmd {
	switch f := msg.form; {
	case f != nil && msg.err != nil:
		f.fill()
	case f != nil:
		m.overlays.drop(f)
	}
	switch {
	case msg.err != nil, msg.change.Kind == config.EditRemoveView:
	case msg.change.Kind.OfView():
		m.showKept(msg.change)
	default:
		if name := cmp.Or(msg.change.To, msg.change.Draft.Name); name != "" {
			m.selection.seek(name)
		}
	}
	return m.managed(m.undoable(msg.said), msg.err)
}

// undoable adds to what was done how to take it back.
func (m *Model) undoable(said string) string {
	if name := draw.FirstKey(m.keys.Undo, m.styles.ASCII); name != "" && said != "" {
		said += "; " + name + " undoes"
	}
	return said
}

// managed says what was done, or why it was not.
func (m *Model) managed(said string, err error) tea.Cmd {
	switch {
	case err != nil:
		m.overlays.push(newFailure(err, &m.roster.cover, m.styles))
	case said != "":
		return m.sayTold(text.Printable(said))
	}
	return nil
}

// try asks the service what a form holds.
func (m *Model) try(f testedForm) tea.Cmd {
	manage := m.options.Manage
	draft, secret := f.tested()
	ctx, cancel, attempt := f.asking().begin(tryTime)
	replaces := false
	if s, ok := f.(*secretForm); ok {
		replaces = !s.stores && s.way.By == credential.ByRollcall
	}
	return func() tea.Msg {
		defer cancel()
		if replaces && manage.HasSecret(ctx, draft, secret) {
			return draftTriedMsg{form: f, attempt: attempt, same: true}
		}
		return draftTriedMsg{form: f, attempt: attempt, snapshot: manage.Try(ctx, draft, secret)}
	}
}

// handleTried shows the answer to what a form holds, beside what is known of
// its profile.
func (m *Model) handleTried(msg draftTriedMsg) {
	if !msg.form.asking().waits(msg.attempt) {
		return
	}
	if d := m.rotation(); d != nil {
		defer d.follow()
	}
	if f, ok := msg.form.(*secretForm); ok && msg.same {
		f.hasAlready()
		return
	}
	var known account.Snapshot
	draft, _ := msg.form.tested()
	if r := m.roster.named(draft.Name); r != nil {
		known = *r.snap
	}
	msg.form.answered(*m.roster.cover.snapshot(&msg.snapshot), known, m.clock.now)
}
