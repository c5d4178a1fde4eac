package ui

import (
	"fmt"
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// rotationDialog is the overlay in which the secrets of profiles are replaced: the
// lanes one below another, of which one is open.
type rotationDialog struct {
	dialog
	lanes  []*rotationLane
	at     int
	styles *theme.Styles
	// some is set where others were begun, too, that are not shown.
	some bool
	// now is the clock of the dashboard.
	now func() time.Time
}

// The wishes of the dialog: to leave it for later, and to call the rotations off.
type (
	leaveRotationWish struct {
		ofRotation
		// dialog is the one that is open still; nil where it closes itself.
		dialog *rotationDialog
	}
	endRotationWish struct {
		ofRotation
		dialog *rotationDialog
	}
)

func newRotationDialog(lanes []*rotationLane, now func() time.Time, s *theme.Styles) *rotationDialog {
	return &rotationDialog{dialog: dialog{width: formWidth + 2, chosen: -1}, lanes: lanes, styles: s, now: now}
}

// lane is the open one.
func (d *rotationDialog) lane() *rotationLane { return d.lanes[d.at] }

// open opens another lane.
func (d *rotationDialog) open(i int) {
	d.at = clamp(i, 0, len(d.lanes)-1)
	d.follow()
}

// next opens the first lane with a secret still to be given, if there is one; one that
// waits for a restart last.
func (d *rotationDialog) next() {
	for _, waits := range []bool{false, true} {
		for by := range len(d.lanes) {
			i := (d.at + by) % len(d.lanes)
			if l := d.lanes[i]; l.gives() && waits == (l.Step == account.RotationRestart) {
				d.open(i)
				return
			}
		}
	}
	d.follow()
}

// named is the lane of a profile; nil for none.
func (d *rotationDialog) named(profile string) *rotationLane {
	if i := slices.IndexFunc(d.lanes, func(l *rotationLane) bool { return l.Profile == profile }); i >= 0 {
		return d.lanes[i]
	}
	return nil
}

// of is the lane of a form; nil for none.
func (d *rotationDialog) of(f testedForm) *rotationLane {
	if i := slices.IndexFunc(d.lanes, func(l *rotationLane) bool { return testedForm(l.form) == f }); i >= 0 {
		return d.lanes[i]
	}
	return nil
}

// take takes in how far the rotations have come by now.
func (d *rotationDialog) take(all []account.Rotation) {
	for _, is := range all {
		if l := d.named(is.Profile); l != nil {
			l.take(is)
		}
	}
	d.follow()
}

// forget drops all secrets that are not written.
func (d *rotationDialog) forget() {
	for _, l := range d.lanes {
		l.form.stop()
		l.form.forget()
	}
}

// dirty reports whether there is a secret that is not written.
func (d *rotationDialog) dirty() bool {
	return slices.ContainsFunc(d.lanes, func(l *rotationLane) bool { return l.gives() && l.form.dirty() })
}

// HandleKey goes from lane to lane; everything else is for the open one.
func (d *rotationDialog) HandleKey(msg tea.KeyPressMsg, k *KeyMap) reply {
	d.changed++
	l := d.lane()
	if msg.Code != tea.KeyPgUp && msg.Code != tea.KeyPgDown {
		defer d.follow()
	}
	switch {
	case msg.Code == tea.KeyEscape:
		return d.escape()
	case msg.Code == tea.KeyUp:
		d.open(d.at - 1)
	case msg.Code == tea.KeyDown:
		d.open(d.at + 1)
	case msg.Code == tea.KeyPgUp:
		d.page(-1)
	case msg.Code == tea.KeyPgDown:
		d.page(1)
	case !l.writing() && l.form.page != "" && key.Matches(msg, k.OpenLink, k.TokenPage):
		return l.browse()
	default:
		return l.HandleKey(msg, k)
	}
	return reply{}
}

// page goes on by some lanes; where the open one alone is shown, to what of it is not in
// sight.
func (d *rotationDialog) page(by int) {
	if d.isLow() {
		w := d.over(len(d.all()))
		w.scroll(by * w.page())
		return
	}
	d.open(d.at + by*lanesPage)
}

// escape goes back from an answer to the secret, and from there out of the dialog. Who
// has done nothing yet leaves nothing behind.
func (d *rotationDialog) escape() reply {
	l := d.lane()
	if l.gives() && (l.form.stage == trying || l.form.stage == tried) {
		l.form.fill()
		return reply{}
	}
	return d.leave()
}

func (d *rotationDialog) leave() reply {
	begun, open, given := false, 0, 0
	for _, l := range d.lanes {
		begun = begun || l.Step != account.RotationPage
		if l.gives() {
			open++
		}
		if l.Step == account.RotationOld || l.Step == account.RotationDone {
			given++
		}
	}
	switch {
	case !begun && !d.dirty():
		return reply{close: true, wish: endRotationWish{dialog: d}}
	case open == 0:
		return reply{close: true, wish: leaveRotationWish{}}
	}
	question := fmt.Sprintf("%d of %d are written.", given, len(d.lanes))
	if len(d.lanes) == 1 {
		question = "It is not written yet."
		if d.lane().Step == account.RotationRestart {
			question = "It waits for rollcall to be started anew."
		}
	}
	question += " Left, it goes on later where it is"
	if d.dirty() {
		question += ", without what you pasted"
	}
	question += "; ended, what is written stays so."
	o := newConfirm("Leave the rotation", question, "Leave", "Stay", d.styles, leaveRotationWish{dialog: d})
	off := button{"End it", func() reply { return reply{close: true, wish: endRotationWish{dialog: d}} }}
	o.buttons = slices.Insert(o.buttons, 1, off)
	o.chosen = 0
	return reply{wish: askWish{o}}
}

// Paste makes a text the secret of the open lane, whatever has its keys: nobody pastes
// one in parts.
func (d *rotationDialog) Paste(text string) {
	l := d.lane()
	if l.gives() && l.form.stage == filling {
		if !l.writing() {
			l.form.goTo(-1)
		}
		l.form.forget()
		l.form.Paste(text)
		d.follow()
	}
}

// Click opens a lane, or presses a button of the open one.
func (d *rotationDialog) Click(x, y int) reply {
	defer d.follow()
	all, lanes, end := d.lines(d.styles)
	if d.onButtons(y, len(all)) {
		return d.lane().form.pressed(x)
	}
	i := y - 1 + d.window.offset
	if y < 1 || i >= len(all) {
		return reply{}
	}
	if at := slices.Index(lanes, i); at >= 0 {
		d.open(d.first() + at)
		return reply{}
	}
	l, at := d.lane(), i-lanes[d.at-d.first()]-1
	_, field := l.body(d.styles, d.now())
	switch {
	case i == end-1 && !d.isLow():
		return l.form.pressed(x - 2)
	case at == field && l.gives() && l.form.stage == filling:
		l.form.goTo(-1)
	}
	return reply{}
}

// Leave does nothing: a click beside the dialog is no answer.
func (d *rotationDialog) Leave() reply { return reply{} }

// Scroll moves what is seen.
func (d *rotationDialog) Scroll(n int) {
	d.over(len(d.all())).scroll(n)
	d.changed++
}

// SetSize tells how large the screen is.
func (d *rotationDialog) SetSize(w, h int) {
	d.dialog.SetSize(w, h)
	for _, l := range d.lanes {
		l.form.SetSize(w-2, h)
	}
	d.follow()
}

// lanesPage is how many lanes a page goes on by.
const lanesPage = 5

// low is the height below which the open lane alone is shown.
const low = 14

// first is the first lane that is shown.
func (d *rotationDialog) first() int {
	if d.isLow() {
		return d.at
	}
	return 0
}

// follow brings the open lane into sight; where it has no room, what is done in it.
func (d *rotationDialog) follow() {
	d.changed++
	d.buttons = nil
	if d.isLow() {
		d.buttons, d.dialog.chosen = d.lane().form.buttons, d.lane().form.chosen
	}
	all, lanes, end := d.lines(d.styles)
	w := d.over(len(all))
	from := lanes[d.at-d.first()]
	if end-from > w.height {
		if _, at := d.lane().body(d.styles, d.now()); d.lane().writing() {
			w.reveal(from+1+at, min(end, from+1+at+w.height))
			return
		}
		w.reveal(from, from+w.height)
		return
	}
	w.reveal(from, end)
}

func (d *rotationDialog) all() []string {
	all, _, _ := d.lines(d.styles)
	return all
}

// lines are all lanes with what is below the open one, in which of them each lane is,
// and where the open one ends.
func (d *rotationDialog) lines(s *theme.Styles) (all []string, lanes []int, end int) {
	w, _ := d.body()
	w = min(w, maxOverlay)
	names := 0
	for _, l := range d.lanes {
		names = max(names, draw.Width(l.row.config.Name))
	}
	names = min(names, max(8, w/4))
	from, to := 0, len(d.lanes)
	if d.isLow() {
		from, to = d.at, d.at+1
	}
	for i := from; i < to; i++ {
		lanes = append(lanes, len(all))
		all = append(all, d.lanes[i].line(s, w, names, i == d.at))
		if i != d.at {
			continue
		}
		body, _ := d.lanes[i].body(s, d.now())
		if row := d.lanes[i].form.buttonRow(s); row != "" && !d.isLow() {
			body = append(body, row)
		}
		for _, l := range body {
			all = append(all, "  "+l)
		}
		end = len(all)
	}
	return all, lanes, end
}

// isLow reports whether the open lane alone is shown, with its buttons at the bottom.
func (d *rotationDialog) isLow() bool { return d.screen.h < low }

// caret is where the secret is written.
func (d *rotationDialog) caret() (x, y int) {
	l := d.lane()
	if !l.writing() {
		return -1, -1
	}
	_, lanes, _ := d.lines(d.styles)
	_, at := l.body(d.styles, d.now())
	_, h := d.body()
	if y = lanes[d.at-d.first()] + 1 + at - d.window.offset; y < 0 || y >= h {
		return -1, -1
	}
	return 4 + l.form.secret.Cursor(l.form.textWidth(), d.styles.Glyphs.Tail), 1 + y
}

// View draws the lanes.
func (d *rotationDialog) View(s *theme.Styles) []string {
	d.title, d.foot = d.heading(), d.keys()
	return d.draw(s, d.all)
}

// heading says what is replaced.
func (d *rotationDialog) heading() string {
	if len(d.lanes) == 1 {
		return "New secret of " + d.lane().row.config.Name
	}
	if d.isLow() {
		return fmt.Sprintf("Rotation %d/%d", d.at+1, len(d.lanes))
	}
	n := 0
	for _, l := range d.lanes {
		if l.Step == account.RotationOld || l.Step == account.RotationDone {
			n++
		}
	}
	return fmt.Sprintf("Rotation of %d secrets, %d written", len(d.lanes), n)
}

// keys name what the keys do, as far as there is room.
func (d *rotationDialog) keys() string {
	w, _ := d.body()
	words := "tab goes on, esc leaves"
	if len(d.lanes) > 1 {
		words = "up and down go to another, " + words
	}
	if draw.Width(words)+4 > w {
		words = "tab goes on, esc leaves"
	}
	return draw.Cut(words, max(0, w-4), "")
}
