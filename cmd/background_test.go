package cmd

import (
	"context"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/config"
)

// endedHooks know whether they were ended.
type endedHooks struct{ closed bool }

func (h *endedHooks) use(*config.Config, []config.Profile)          {}
func (h *endedHooks) take(account.Event)                            {}
func (h *endedHooks) run(ctx context.Context, _ func(words string)) { <-ctx.Done() }
func (h *endedHooks) close()                                        { h.closed = true }

// TestBackgroundFault ends hooks that run after a fault of what polls, too.
func TestBackgroundFault(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	b, hooks := newBackground(cancel), &endedHooks{}
	b.hooks = hooks
	// A session without a poller is a fault.
	b.start(func() { b.run(ctx, &session{}, func(account.Event) {}, func(string) {}) })
	<-ctx.Done()
	if err := b.wait(); err == nil || !strings.Contains(err.Error(), "a fault of rollcall") || !hooks.closed {
		t.Errorf("it ended with %v; hooks were ended: %t", err, hooks.closed)
	}
}
