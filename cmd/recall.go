package cmd

import (
	"context"
	"runtime/debug"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"rollcall/client/account"
	"rollcall/ui"
)

const (
	// recallTime is how long the answers of the last run are waited for before the
	// screen is there without them.
	recallTime = 100 * time.Millisecond
	// frameTime is how long the next frame is waited for. On a screen that does not
	// change there is none.
	frameTime = 100 * time.Millisecond
	// sightTime is how long what can wait does so until a frame that is sure to come.
	sightTime = time.Second
	// openingGarbage is how much garbage may lie until the first frame, in percent of what
	// is used: so little is used by then that to look for it would take a sixth of the time.
	openingGarbage = 400
	// openGarbage is how much may lie from then on, unless the person has said so: a
	// dashboard is open for days and allocates little, so that less than the usual 100
	// costs little.
	openGarbage = 40
)

// recalled is a dashboard that takes in what the last run left before its program
// begins, so that this is on the first frame.
type recalled struct {
	*ui.Model
	// commands are what it wants done by then.
	commands []tea.Cmd
}

func newRecalled(m *ui.Model) *recalled { return &recalled{Model: m} }

// Init starts what the dashboard wants done.
func (r *recalled) Init() tea.Cmd { return tea.Batch(append(r.commands, r.Model.Init())...) }

// take has the dashboard take in a message.
func (r *recalled) take(msg tea.Msg) {
	_, cmd := r.Update(msg)
	r.commands = append(r.commands, cmd)
}

// recall opens the session and polls. What the last run left is waited for a moment, and
// comes to the screen later where that is not enough.
func (d *dashboard) recall(besides context.Context, r *recalled) {
	drawn := d.out.await(ansi.SetModeAltScreenSaveCursor)
	first, late := make(chan account.Event), make(chan struct{})
	defer close(late)
	d.b.start(func() {
		d.poll(besides, d.b.open(d.app, d.l, d.hooks()), func(e account.Event) {
			select {
			case first <- e:
				d.await(besides, drawn, sightTime)
			case <-late:
				d.send(besides, e)
			}
		})
	})
	if len(d.l.Profiles) == 0 {
		return
	}
	if size, ok := d.size(); ok {
		r.take(size)
	}
	select {
	case e := <-first:
		r.take(e)
	case <-time.After(recallTime):
	case <-besides.Done():
	}
}

// size is that of the terminal, which the library tells a model of only after its first
// view; ok is false where it is not known.
func (d *dashboard) size() (size tea.WindowSizeMsg, ok bool) {
	width, height, err := term.GetSize(d.out.Fd())
	width, height = drawn(width, height)
	return tea.WindowSizeMsg{Width: width, Height: height}, err == nil && width > 0 && height > 0
}

// poll keeps the screen current. The first event, how the profiles are to begin with, is
// shown by show, which returns when it was drawn; no check begins before that.
func (d *dashboard) poll(besides context.Context, s *session, show func(account.Event)) {
	first := len(d.l.Profiles) > 0
	if !first {
		d.wasSeen()
	}
	d.b.run(besides, s, func(e account.Event) {
		if first && len(e.Snapshots) > 0 {
			first = false
			show(e)
			d.wasSeen()
		} else {
			d.program.Send(e)
		}
		if e.Decided {
			d.program.Send(d.activeNow(d.b.config(d.l.Config), d.l.store))
		}
	}, func(words string) { d.program.Send(account.Event{Notice: words}) })
}

// wasSeen tells that the answers of the last run were drawn.
func (d *dashboard) wasSeen() {
	debug.SetGCPercent(d.garbage)
	close(d.seen)
}

// send sends a message to the screen and returns when something was drawn after it.
func (d *dashboard) send(ctx context.Context, msg tea.Msg) {
	d.program.Send(msg)
	d.await(ctx, d.out.await(""), frameTime)
}

// sight returns when the answers of the last run were drawn, so that what can wait takes
// no time from that.
func (d *dashboard) sight(ctx context.Context) { d.await(ctx, d.seen, sightTime) }

// await waits for something, but not for long.
func (d *dashboard) await(ctx context.Context, came <-chan struct{}, patience time.Duration) {
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case <-came:
	case <-late.C:
	case <-ctx.Done():
	}
}
