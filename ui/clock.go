package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// clock is the time as the screen knows it, and the frame of the spinner. It
// ticks only while the screen changes with time: each tick is asked for with a
// command, and none is asked for twice.
type clock struct {
	now time.Time
	// period is the time between ticks, zero where no tick is asked for.
	period time.Duration
	// generation tells the tick that is waited for from those asked for before.
	generation int
	// told is set from a tick until the next one is asked for.
	told bool
	// real is the clock of the machine.
	real func() time.Time
	// spin is the frame of the spinner; spinning while it turns.
	spin     int
	spinning bool
}

// current is the time as the screen knows it.
func (c *clock) current() time.Time { return c.now }

// clockTickedMsg tells what time it is; the answer to an older question is
// dropped.
type clockTickedMsg struct {
	now        time.Time
	generation int
}

// spinnerTurnedMsg turns the spinner by one.
type spinnerTurnedMsg struct{}

// spinnerPeriod is how often the spinner turns.
const spinnerPeriod = 250 * time.Millisecond

// How often the clock has to tell the time.
const (
	everySecond = time.Second
	// coarse is often enough for ages in minutes and more.
	coarse = 30 * time.Second
	// unseen is often enough while nobody looks.
	unseen = time.Minute
)

// tick takes in the time. It reports whether that was asked for.
func (c *clock) tick(msg clockTickedMsg) bool {
	if msg.generation != c.generation {
		return false
	}
	c.now, c.period, c.told = msg.now, 0, true
	return true
}

// turn takes in that the spinner has turned.
func (c *clock) turn() {
	c.spin++
	c.spinning = false
}

// spinOn turns the spinner, unless it does.
func (c *clock) spinOn() tea.Cmd {
	if c.spinning {
		return nil
	}
	c.spinning = true
	return tea.Tick(spinnerPeriod, func(time.Time) tea.Msg { return spinnerTurnedMsg{} })
}

// run asks for the next tick, where the screen changes in periods of want; zero
// is for a screen that does not change. Where the clock stood still until now,
// or ticked more slowly, its time is old, and the next tick comes at once.
func (c *clock) run(want time.Duration) tea.Cmd {
	told := c.told
	c.told = false
	switch {
	case want == 0:
		// What was asked for still comes, and finds nothing to do.
	case c.period == 0 && told:
		c.period = want
		return c.ask(toNext(c.now, want))
	case c.period == 0 || want < c.period:
		c.period = want
		return c.restart()
	}
	return nil
}

// sooner is the shorter one of two periods, of which zero is none.
func sooner(a, b time.Duration) time.Duration {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

// toNext is the time until the next whole second, half minute or minute.
func toNext(now time.Time, period time.Duration) time.Duration {
	return now.Truncate(period).Add(period).Sub(now)
}

// restart asks what time it is; older questions are forgotten.
func (c *clock) restart() tea.Cmd {
	c.generation++
	return c.ask(0)
}

// ask tells the time after d, or at once.
func (c *clock) ask(d time.Duration) tea.Cmd {
	now, generation := c.real, c.generation
	told := func(time.Time) tea.Msg { return clockTickedMsg{now(), generation} }
	if d <= 0 {
		return func() tea.Msg { return told(time.Time{}) }
	}
	return tea.Tick(d, told)
}
