package cmd

import (
	"context"
	"sync"

	tea "charm.land/bubbletea/v2"

	"rollcall/config/credential"
	"rollcall/ui"
)

// lendScreen gives the context of a dashboard, which makes way on the terminal for
// the command of a profile that the person checks.
func (c *console) lendScreen(ctx context.Context, send func(tea.Msg)) context.Context {
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
	return credential.WithLender(ctx, l)
}
