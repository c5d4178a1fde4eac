package cmd

import (
	"context"
	"sync"

	tea "charm.land/bubbletea/v2"

	"rollcall/ui"
)

// screenLender is the lender of a dashboard, which makes way on the terminal for the
// command of a profile that the person checks, or of one that they try in a form.
func (c *console) screenLender(send func(tea.Msg)) *lender {
	l := c.newLender()
	l.clear = func(ctx context.Context, use func()) {
		back := make(chan struct{})
		// The screen may end before it has taken the message.
		var once sync.Once
		go send(ui.LendMsg{Use: func() { once.Do(use) }, Back: sync.OnceFunc(func() { close(back) })})
		select {
		case <-back:
		case <-ctx.Done():
			// This waits where the terminal is lent by now.
			once.Do(func() {})
		}
	}
	return l
}
