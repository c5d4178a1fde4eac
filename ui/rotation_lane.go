package ui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// rotationLane is the rotation of one profile, as the dialog of rotations shows it. Its
// form has the secret that is not written yet.
type rotationLane struct {
	account.Rotation
	row  *row
	form *secretForm
	// asking is set while the service is asked about the old secret; said is what came of
	// that, sev how it looks.
	asking bool
	said   string
	sev    account.Severity
}

// stepWords are the words for the steps, in their order.
func (l *rotationLane) stepWords() []string {
	written := "written"
	if l.Step == account.RotationRestart {
		written = "restart pending"
	}
	return []string{"page", "paste", "proved", written, "old refused"}
}

// The wishes of a lane: to open the page where its service gives out tokens, to note a
// step, and to ask about the old secret.
type (
	lanePageWish struct {
		ofRotation
		lane *rotationLane
	}
	laneStepWish struct {
		ofRotation
		lane *rotationLane
		step account.RotationStep
	}
	askOldWish struct {
		ofRotation
		lane *rotationLane
	}
)

// rotationWish is a wish of the dialog of rotations.
type rotationWish interface {
	wish
	rotates()
}

// ofRotation makes a wish one of the dialog of rotations.
type ofRotation struct{}

func (ofRotation) wished()  {}
func (ofRotation) rotates() {}

// newRotationLane makes the lane of a profile.
func newRotationLane(is account.Rotation, r *row, d config.Draft, at account.ServiceInfo, page, kept string, s *theme.Styles) *rotationLane {
	l := &rotationLane{Rotation: is, row: r}
	l.form = newSecretForm("", d, at, page, kept, s)
	l.form.most = maxOverlay - 6 // The frame, and what stands before it in a lane.
	l.form.offers = nil
	if page != "" {
		l.form.offers = []button{{"Browse", l.browse}}
	}
	l.form.offers = append(l.form.offers, button{"Skip", l.skip})
	l.arrange()
	return l
}

// gives reports whether a secret is still to be given, proved or written.
func (l *rotationLane) gives() bool {
	return l.Step.ToDo()
}

// writing reports whether the secret is written.
func (l *rotationLane) writing() bool { return l.gives() && l.form.writing() }

// arrange has the buttons of the step, the one first that is most likely wanted.
func (l *rotationLane) arrange() {
	f := l.form
	f.pending = l.Step == account.RotationRestart
	if f.stage != filling {
		return
	}
	f.offerTest()
	switch {
	case l.Step == account.RotationPage && f.page != "" && !f.dirty():
		f.chosen = 1
		return
	case l.gives():
		return
	}
	f.buttons, f.chosen = nil, 0
	switch {
	case l.Step == account.RotationSkipped:
		f.buttons = []button{{"Take it up", l.resume}}
	case l.Step == account.RotationOld && !l.asking:
		f.buttons = []button{{"Ask", l.ask}}
	}
	if f.page != "" && l.Step != account.RotationSkipped && !l.Refused {
		f.buttons = append(f.buttons, button{"Browse", l.browse})
	}
}

// take takes in how far the rotation has come.
func (l *rotationLane) take(is account.Rotation) {
	moved := is.Step != l.Step
	l.Rotation = is
	if moved {
		l.asking = false
		l.arrange()
	}
}

// moveTo goes to a step before that is kept.
func (l *rotationLane) moveTo(step account.RotationStep) {
	l.Step = step
	if step != account.RotationPaste {
		l.form.fill()
	}
	l.arrange()
}

// browse shows the page where the service gives out tokens; then the new one is pasted.
func (l *rotationLane) browse() reply {
	if l.Step == account.RotationPage {
		l.moveTo(account.RotationPaste)
	}
	return reply{wish: lanePageWish{lane: l}}
}

func (l *rotationLane) skip() reply {
	l.form.forget()
	l.moveTo(account.RotationSkipped)
	return reply{wish: laneStepWish{lane: l, step: account.RotationSkipped}}
}

func (l *rotationLane) resume() reply {
	l.moveTo(account.RotationPage)
	return reply{wish: laneStepWish{lane: l, step: account.RotationPage}}
}

// ask has the service asked whether it takes the old secret still.
func (l *rotationLane) ask() reply {
	l.asking, l.said = true, ""
	l.arrange()
	return reply{wish: askOldWish{lane: l}}
}

// asked takes in what the service says of the old secret.
func (l *rotationLane) asked(s account.Snapshot, refused bool, now time.Time) {
	l.asking, l.Asked = false, now
	switch h := s.Health; {
	case refused:
		l.Refused, l.Step = true, account.RotationDone
	case h.State.Accepted():
		l.said, l.sev = "The service takes the old one still.", account.SeverityWarn
	default:
		l.said, l.sev = "The service did not refuse the old one: "+h.State.Word()+".", account.SeverityNone
	}
	l.arrange()
}

// progress is how many steps are done; failed says that the one after them went wrong.
func (l *rotationLane) progress() (done int, failed bool) {
	f := l.form
	switch {
	case l.Step == account.RotationDone:
		return 5, false
	case l.Step == account.RotationOld:
		return 4, false
	case l.Step == account.RotationSkipped:
		return 0, false
	case l.Step == account.RotationRestart && f.stage == filling:
		return 3, false
	case f.stage == saving, f.stage == tried && f.replaceable():
		return 3, false
	case f.stage == trying:
		return 2, false
	case f.stage == tried:
		return 2, true
	case l.Step == account.RotationPaste, f.page == "", f.dirty():
		return 1, false
	}
	return 0, false
}

// HandleKey writes the secret, or presses a button.
func (l *rotationLane) HandleKey(msg tea.KeyPressMsg, k *KeyMap) reply {
	f := l.form
	if l.gives() {
		return f.HandleKey(msg, k)
	}
	switch msg.Code {
	case tea.KeyTab, tea.KeyRight:
		f.choose(1)
	case tea.KeyLeft:
		f.choose(-1)
	case tea.KeyEnter, tea.KeySpace:
		return f.pressed(-1)
	}
	return reply{}
}

// body are the lines below the lane while it is open, and in which of them the secret is
// written.
func (l *rotationLane) body(s *theme.Styles, now time.Time) (lines []string, at int) {
	f := l.form
	if l.gives() {
		lines, at = f.lines(s)
	} else {
		lines = l.ending(s, now)
	}
	if n := len(lines); n > 0 && lines[n-1] == "" {
		lines = lines[:n-1]
	}
	return lines, at
}

// ending are the lines of a lane whose secret is written, or that is skipped.
func (l *rotationLane) ending(s *theme.Styles, now time.Time) []string {
	r := &draw.Report{Styles: s, W: l.form.textWidth()}
	page := func(label string) {
		if l.form.page != "" {
			for _, line := range draw.Wrap(l.form.page, r.W-draw.LabelWidth-2) {
				r.Fact(s.Accent, label, linked(s, line, l.form.page))
				label = ""
			}
		}
	}
	switch {
	case l.Step == account.RotationSkipped:
		r.Note("It keeps the secret that it has.")
	case l.Refused:
		r.Lines = append(r.Lines, draw.WrapIn(s.OK, "The service refuses the old one; what was kept of it is deleted.", r.W)...)
	case l.Step == account.RotationDone && l.form.oldRefused:
		r.Note("Nothing is kept of the old one, which the service refuses already.")
	case l.Step == account.RotationDone:
		r.Note("Nothing is kept of the old one. It is good until you delete it at the service.")
		page("page")
	default:
		r.Note("Delete the old one at the service: it is good until then. Once it is refused, what is kept of it goes.")
		page("page")
		if !l.Until.IsZero() {
			r.Fact(s.Text, "kept", "for undo, for "+text.Remaining(l.Until.Sub(now))+" at most")
		}
		switch {
		case l.asking:
			r.Fact(s.Text, "asked", "now"+s.Glyphs.Tail)
		case l.said != "":
			r.Fact(s.Severity(l.sev), "asked", s.Glyphs.Mark(l.sev)+" "+l.said)
		case !l.Asked.IsZero():
			r.Fact(s.Text, "asked", text.Age(now.Sub(l.Asked))+" ago")
		default:
			r.Fact(s.Text, "asked", "not yet; once an hour by itself")
		}
	}
	return r.Lines
}

// line is the lane itself, w cells wide: how its profile is, and which steps are done.
func (l *rotationLane) line(s *theme.Styles, w, names int, open bool) string {
	lead, in := " ", &s.Inks
	if open {
		lead, in = s.Accent.Render(s.Glyphs.Marker), &s.Selected
	}
	sev := l.row.stands()
	line := lead + in.Severity(sev).Render(s.Glyphs.Mark(sev)+" ") + in.Strong.Render(draw.Pad(l.row.config.Name, names, s.Glyphs.Tail)) + in.Text.Render("  ")
	rest := l.steps(s, in, w-names-5)
	return draw.Cut(line+rest+in.Text.Render(draw.Spaces(w)), w, "")
}

// steps are the steps with their marks; where there is no room for all, the next one
// alone.
func (l *rotationLane) steps(s *theme.Styles, in *theme.Inks, room int) string {
	done, failed := l.progress()
	all := l.stepWords()
	if l.Step == account.RotationSkipped {
		return in.Muted.Render("skipped")
	}
	wide := 2*len(all) - 1 + len(all)
	for _, word := range all {
		wide += len(word)
	}
	if room < wide {
		switch {
		case done == len(all) && l.Refused:
			return in.OK.Render(s.Glyphs.OK + " " + all[done-1])
		case done == len(all):
			return in.OK.Render(s.Glyphs.OK + " " + all[done-2])
		}
		mark, look := s.Glyphs.Arrow, in.Accent
		if failed {
			mark, look = s.Glyphs.Fail, in.Fail
		}
		return look.Render(fmt.Sprintf("%s %s %d/%d", mark, all[done], done+1, len(all)))
	}
	line := ""
	for i, word := range all {
		mark, look, ink := s.Glyphs.None, in.Muted, in.Muted
		switch {
		case i == len(all)-1 && done == len(all) && !l.Refused:
			mark = s.Glyphs.Missing
		case i < done:
			mark, look, ink = s.Glyphs.OK, in.OK, in.Text
		case i == done && failed:
			mark, look, ink = s.Glyphs.Fail, in.Fail, in.Fail
		case i == done:
			mark, look, ink = s.Glyphs.Arrow, in.Accent, in.Strong
		}
		if i > 0 {
			line += in.Text.Render(" ")
		}
		line += look.Render(mark+" ") + ink.Render(word)
	}
	return line
}
