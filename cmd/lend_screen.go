package cmd

import (
	"context"
	"sync"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/together"
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
		msg := ui.LendMsg{Use: func() { once.Do(use) }, Back: sync.OnceFunc(func() { close(back) })}
		sent := together.Start(func() error { send(msg); return nil })
		for {
			select {
			case o := <-sent:
				_ = o.Value() // A fault is one of the check that wants the terminal.
				sent = nil
				continue
			case <-back:
			case <-ctx.Done():
				// This waits where the terminal is lent by now.
				once.Do(func() {})
			}
			return
		}
	}
	return l
}
