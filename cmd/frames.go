package cmd

import (
	"reflect"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// When a screen is painted after something on it may have changed: soon after what the
// person did, so that no key waits for a frame, and within a frame after all else, so
// that what happens together is painted together. A painting that takes longer than that
// misses ticks, so that a resting screen is looked at now and then.
const (
	// With the first view nothing else happens.
	firstView = 100 * time.Microsecond
	atOnce    = 2 * time.Millisecond
	oneFrame  = time.Second / 60
	restFrame = time.Second / 4
)

// frames decides when a screen is painted. The library paints on the ticks of a ticker
// that goes on while nothing happens, which is most of what an idle screen costs, and
// it has no way to change the rate once the program runs. frames sets that ticker: it
// ticks once when a view was drawn, once more for what came at the very moment of the
// first, and rests.
type frames struct {
	mu sync.Mutex
	// ticker is that of the program; nil until it has one.
	ticker *time.Ticker
	// next is when the screen is painted next, as far as that was asked for.
	next time.Time
	// slower is called when a tick that was asked for has passed; last is set where
	// no other was asked for after it.
	slower *time.Timer
	last   bool
}

// tickerOf is the ticker of a program that runs. The library keeps it in a field
// without a name for others, which is read and not written; nil where it has none
// (yet), so that the screen is painted at the rate of the library.
func tickerOf(p *tea.Program) *time.Ticker {
	field := reflect.ValueOf(p).Elem().FieldByName("ticker")
	if !field.IsValid() || field.Type() != reflect.TypeFor[*time.Ticker]() {
		return nil
	}
	return (*time.Ticker)(field.UnsafePointer())
}

// within has the screen painted within d.
func (f *frames) within(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	f.last = false
	if f.ticker == nil || f.next.After(now) && f.next.Before(now.Add(d)) {
		return
	}
	f.set(now, d)
}

// set has the ticker tick after d, and then as often until somebody sets it again.
func (f *frames) set(now time.Time, d time.Duration) {
	f.next = now.Add(d)
	f.ticker.Reset(d)
	if after := d + d/2; f.slower == nil {
		f.slower = time.AfterFunc(after, f.slowDown)
	} else {
		f.slower.Reset(after)
	}
}

// slowDown follows the tick that was asked for with another one, and that with rest.
func (f *frames) slowDown() {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch now := time.Now(); {
	case f.next.After(now):
		// It was asked for anew while this was about to begin.
	case f.last:
		f.ticker.Reset(restFrame)
	default:
		f.last = true
		f.set(now, oneFrame)
	}
}

// paced is a model whose views are painted in time.
type paced struct {
	tea.Model
	frames frames
	// ticker finds the ticker of the program.
	ticker func() *time.Ticker
	// within is how long the next view may wait.
	within time.Duration
}

// pacedProgram is a program that paints a model in time, and rests otherwise.
func pacedProgram(model tea.Model, options ...tea.ProgramOption) *tea.Program {
	p := &paced{Model: model, within: firstView}
	program := tea.NewProgram(p, options...)
	p.ticker = func() *time.Ticker { return tickerOf(program) }
	return program
}

func (p *paced) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	p.within = oneFrame
	switch msg.(type) {
	case tea.KeyMsg, tea.MouseMsg, tea.PasteMsg, tea.WindowSizeMsg:
		p.within = atOnce
	}
	m, cmd := p.Model.Update(msg)
	p.Model = m
	return p, cmd
}

// View is called by the loop that made the ticker, right before it hands the view to
// those who paint it.
func (p *paced) View() tea.View {
	v := p.Model.View()
	if p.frames.ticker == nil {
		p.frames.ticker = p.ticker()
	}
	p.frames.within(p.within)
	return v
}
