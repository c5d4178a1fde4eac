package ui

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// rotationsReadMsg tells how far the rotations have come after something was done.
type rotationsReadMsg struct {
	all []account.Rotation
	err error
}

// oldAskedMsg is what a service says of a secret that was replaced.
type oldAskedMsg struct {
	lane    *rotationLane
	answer  account.Snapshot
	refused bool
	err     error
}

// rotateSecret begins to rotate the secrets of the profiles that are marked, or that of
// the selected one, and goes on with those that were begun before.
func (m *Model) rotateSecret() tea.Cmd {
	var names []string
	for _, r := range m.targets() {
		names = append(names, r.name)
	}
	return m.rotateSecrets(names, "")
}

// rotateSecrets begins to rotate the secrets of profiles. said is what there is to say
// besides.
func (m *Model) rotateSecrets(names []string, said string) tea.Cmd {
	if why := m.cannotKeep(); why != "" {
		return m.say(why)
	}
	can, left := m.config.Rotatable(names)
	switch {
	case len(names) == 1 && len(can) == 0:
		return m.cannotRotate(names[0], left[0])
	case len(can) == 0:
		return m.say(config.LeftOutWords(left, m.shownName))
	}
	all := m.roster.rotations
	var fresh []string
	for _, name := range can {
		// One that was begun goes on where it is, if a secret is still to be given.
		at := slices.IndexFunc(all, func(r account.Rotation) bool { return r.Profile == name && r.Step.Open() && r.Written.IsZero() })
		if at < 0 {
			fresh = append(fresh, name)
		}
	}
	all = slices.DeleteFunc(slices.Clone(all), func(r account.Rotation) bool { return !r.Step.Open() || slices.Contains(fresh, r.Profile) })
	for _, name := range fresh {
		all = append(all, account.Rotation{Profile: name, Step: account.RotationPage, Begun: m.clock.now})
	}
	m.roster.rotations = all
	m.showRotations(can[0], can)
	told := m.sayIf(strings.Join(slices.DeleteFunc([]string{said, config.LeftOutWords(left, m.shownName), m.leftBefore(can)}, empty), "; "))
	if len(fresh) == 0 {
		return told
	}
	return tea.Batch(told, m.keepRotations(func(ctx context.Context, manage Manager) ([]account.Rotation, error) {
		return manage.BeginRotation(ctx, fresh)
	}))
}

func empty(s string) bool { return s == "" }

// sayIf shows a notice, if there is one.
func (m *Model) sayIf(said string) tea.Cmd {
	if said == "" {
		return nil
	}
	return m.say(said)
}

// shownName is the name of a profile as it can be shown.
func (m *Model) shownName(name string) string {
	r := m.roster.named(name)
	switch {
	case r == nil:
		return m.toldForGood(name)
	case r.waits:
		// It may be withheld still, and the name stays as it is told now.
		m.roster.meetAll()
		return m.roster.cover.profile(r.own).Name
	}
	return r.config.Name
}

// cannotRotate says why the secret of a profile cannot be rotated, and what to do
// instead where that is known.
func (m *Model) cannotRotate(name string, left config.LeftOut) tea.Cmd {
	p, _ := m.config.Profile(name)
	why, instead := config.DraftOf(p).CannotReplace()
	if why == "" {
		return m.say(m.shownName(name) + " " + left.Why)
	}
	m.overlays.push(newText("New secret of "+m.shownName(name), m.styles, nil, func(s *theme.Styles, w int) []string {
		return draw.Advice(s, m.told(text.Printable(why)), m.told(text.Printable(instead)), w)
	}))
	return nil
}

// resumeRotation goes on with the rotations that were begun.
func (m *Model) resumeRotation() tea.Cmd {
	switch r := m.current(); {
	case m.cannotKeep() != "":
		return m.say(m.cannotKeep())
	case !m.rotating():
		return m.say("no rotation was begun")
	case r != nil && m.rotationOf(r.name).Step.Open():
		m.showRotations(r.name, nil)
	default:
		m.showRotations("", nil)
	}
	return nil
}

// rotating reports whether there is a rotation to go on with.
func (m *Model) rotating() bool {
	return slices.ContainsFunc(m.roster.rotations, func(r account.Rotation) bool { return r.Step.Open() && m.roster.named(r.Profile) != nil })
}

// rotationOf is the rotation of a profile; done where there is none.
func (m *Model) rotationOf(name string) account.Rotation {
	for _, r := range m.roster.rotations {
		if r.Profile == name {
			return r
		}
	}
	return account.Rotation{Profile: name, Step: account.RotationDone}
}

// showRotations opens the dialog of the rotations at a profile; at the first that a
// secret is still to be given of, where none is named. Only some are shown where only
// has names.
func (m *Model) showRotations(name string, only []string) {
	var lanes []*rotationLane
	for _, is := range m.roster.rotations {
		r := m.roster.named(is.Profile)
		p, ok := m.config.Profile(is.Profile)
		if r == nil || !ok || only != nil && !slices.Contains(only, is.Profile) {
			continue
		}
		d := config.DraftOf(p)
		l := newRotationLane(is, r, d, *m.roster.services.named(d.Provider), m.tokenPage(p), r.source, m.styles)
		l.form.stays = m.toldForGood(text.Printable(d.Stays()))
		lanes = append(lanes, l)
	}
	if len(lanes) == 0 {
		return
	}
	d := newRotationDialog(lanes, m.clock.current, m.styles)
	d.some = only != nil
	m.overlays.push(d)
	if i := slices.Index(lanes, d.named(name)); i >= 0 {
		d.open(i)
		return
	}
	d.next()
}

// rotation is the dialog of the rotations; nil where it is not there.
func (m *Model) rotation() *rotationDialog {
	for _, o := range m.overlays.all {
		if d, ok := o.(*rotationDialog); ok {
			return d
		}
	}
	return nil
}

// keepRotations does something about the rotations, and takes in how far they have come
// then.
func (m *Model) keepRotations(do func(context.Context, Manager) ([]account.Rotation, error)) tea.Cmd {
	return m.manage(func(ctx context.Context, manage Manager) tea.Msg {
		all, err := do(ctx, manage)
		return rotationsReadMsg{all, err}
	})
}

// stepRotation notes the step that a rotation is at.
func (m *Model) stepRotation(name string, step account.RotationStep) tea.Cmd {
	return m.keepRotations(func(ctx context.Context, manage Manager) ([]account.Rotation, error) {
		if err := manage.StepRotation(ctx, name, step); err != nil {
			return nil, err
		}
		return manage.Rotations(ctx)
	})
}

// endRotation calls off what the dialog shows.
func (m *Model) endRotation(d *rotationDialog) tea.Cmd {
	m.overlays.drop(d)
	var names []string
	if d.some {
		for _, l := range d.lanes {
			names = append(names, l.Profile)
		}
	}
	m.roster.rotations = slices.DeleteFunc(slices.Clone(m.roster.rotations), func(r account.Rotation) bool {
		return !d.some || slices.Contains(names, r.Profile)
	})
	return m.keepRotations(func(ctx context.Context, manage Manager) ([]account.Rotation, error) {
		if err := manage.EndRotation(ctx, names); err != nil {
			return nil, err
		}
		return manage.Rotations(ctx)
	})
}

// followRotation does what the dialog of rotations wants done.
func (m *Model) followRotation(w rotationWish) tea.Cmd {
	switch w := w.(type) {
	case lanePageWish:
		return m.showLanePage(w.lane)
	case laneStepWish:
		return m.stepRotation(w.lane.Profile, w.step)
	case askOldWish:
		return m.askOld(w.lane)
	case endRotationWish:
		return m.endRotation(w.dialog)
	case leaveRotationWish:
		if w.dialog != nil {
			m.overlays.drop(w.dialog)
		}
	}
	return m.leftRotation()
}

// showLanePage shows the page of a lane, which is noted.
func (m *Model) showLanePage(l *rotationLane) tea.Cmd {
	page := m.openPage(l.form.page)
	if l.Step != account.RotationPaste {
		return page
	}
	return tea.Batch(page, m.stepRotation(l.Profile, account.RotationPaste))
}

// askOld has the service of a lane asked whether it takes the old secret still.
func (m *Model) askOld(l *rotationLane) tea.Cmd {
	manage := m.options.Manage
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), tryTime)
		defer cancel()
		answer, refused, err := manage.AskOld(ctx, l.Profile)
		return oldAskedMsg{l, answer, refused, err}
	}
}

// replace puts the secret of a form where its profile has it, or has it from then on.
func (m *Model) replace(f *secretForm) tea.Cmd {
	if f.stores {
		return m.store(f)
	}
	return m.rotate(f)
}

// rotate replaces the secret of a profile by that of a form.
func (m *Model) rotate(f *secretForm) tea.Cmd {
	draft, secret, final := f.draft, f.secret.Trimmed(), f.final
	if m.cannotKeep() != "" {
		return m.say(m.cannotKeep())
	}
	manage := m.options.Manage
	return func() tea.Msg {
		// A command that gives the secret may be waited for.
		ctx, cancel := context.WithTimeout(context.Background(), tryTime)
		defer cancel()
		said, err := manage.Rotate(ctx, draft, secret, final)
		return secretReplacedMsg{f, final, said, err}
	}
}

// handleReplaced takes in what came of replacing a secret. After a failure, the
// form has the new one still.
func (m *Model) handleReplaced(msg secretReplacedMsg) tea.Cmd {
	d := m.rotation()
	var l *rotationLane
	if d != nil {
		l = d.of(msg.form)
		defer d.follow()
	}
	switch {
	case errors.Is(msg.err, ErrNotKept):
		msg.form.notKept()
	case errors.Is(msg.err, ErrNotStored):
		msg.form.notStored()
		if l == nil || !errors.Is(msg.err, ErrRestart) {
			return nil
		}
		l.Step = account.RotationRestart
		l.arrange()
		return m.keepRotations(func(ctx context.Context, manage Manager) ([]account.Rotation, error) { return manage.Rotations(ctx) })
	case msg.err != nil:
		msg.form.fill()
	case l != nil:
		return m.written(d, l, msg)
	default:
		m.overlays.drop(msg.form)
	}
	if msg.final {
		return m.managed(msg.said, msg.err)
	}
	return m.managed(m.undoable(msg.said), msg.err)
}

// written takes in that the new secret of a lane is in its place, and goes on with the
// next one.
func (m *Model) written(d *rotationDialog, l *rotationLane, msg secretReplacedMsg) tea.Cmd {
	f := l.form
	f.forget()
	f.fill()
	l.Written, l.Step = m.clock.now, account.RotationDone
	said := msg.said
	switch {
	case f.way.Kept && !msg.final && f.oldRefused:
		l.Refused = true // As rollcall finds out once more.
	case f.way.Kept && !msg.final:
		l.Step, said = account.RotationOld, m.undoable(said)
	}
	l.arrange()
	d.next()
	return tea.Batch(m.managed(said, nil), m.keepRotations(func(ctx context.Context, manage Manager) ([]account.Rotation, error) {
		return manage.Rotations(ctx)
	}))
}

// handleRotations takes in how far the rotations have come.
func (m *Model) handleRotations(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case RotationsMsg:
		m.takeRotations(msg.All)
		if msg.Resumed {
			return m.sayIf(m.rotationsLeft())
		}
		return m.sayTold(text.Printable(msg.Said))
	case rotationsReadMsg:
		if msg.err != nil {
			return m.managed("", msg.err)
		}
		m.takeRotations(msg.all)
	case oldAskedMsg:
		return m.handleOldAsked(msg)
	}
	return nil
}

func (m *Model) takeRotations(all []account.Rotation) {
	m.roster.rotations = all
	if d := m.rotation(); d != nil {
		d.take(all)
	}
}

func (m *Model) handleOldAsked(msg oldAskedMsg) tea.Cmd {
	if d := m.rotation(); d != nil {
		defer d.follow()
	}
	if msg.err != nil {
		msg.lane.asking = false
		msg.lane.arrange()
		return m.managed("", msg.err)
	}
	msg.lane.asked(msg.answer, msg.refused, m.clock.now)
	return m.keepRotations(func(ctx context.Context, manage Manager) ([]account.Rotation, error) { return manage.Rotations(ctx) })
}
