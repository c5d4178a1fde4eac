package ui

import (
	"testing"
	"testing/synctest"
	"time"

	"rollcall/config"
)

// TestHookFailed has a hook that went wrong among the problems until it ends well or is gone,
// and in the activity for good.
func TestHookFailed(t *testing.T) { synctest.Test(t, testHookFailed) }

func testHookFailed(t *testing.T) {
	page := config.Hook{On: []string{"now"}, Run: []string{"page.sh"}}
	c := sampleProfiles()
	c.Hooks = []config.Hook{page}
	b := mixed(Options{Config: c}, 80, 24)
	failed := func(wrong string) HookMsg {
		return HookMsg{Hook: page, Wrong: wrong, Remedy: "Mend it.", At: time.Now()}
	}
	before := b.faults.count()
	b.send(failed("hook 1 (page.sh) ended with 3: no\x1b[31m topic"), failed("hook 1 (page.sh) ended with 4: no topic"))
	if n := b.faults.count() - before; n != 1 {
		t.Errorf("%d problems", n)
	}
	b.press("!", "end")
	b.wants(t, "hook 1 (page.sh) ended with 4: no topic", "Mend it.")
	b.press("esc", "v")
	b.wants(t, "Hooks", "hook 1 (page.sh) ended with 3: no", "ended with 4")
	b.press("/", "w", "i", "t", "h", " ", "4", "enter")
	b.wants(t, "ended with 4")
	b.lacks(t, "ended with 3")
	b.press("esc")
	b.send(failed(""))
	if n := b.faults.count() - before; n != 0 {
		t.Errorf("%d problems after it ended well", n)
	}
	b.wants(t, "ended with 4")
	b.send(failed("hook 1 (page.sh) ended with 5"))
	changed := *c
	changed.Hooks = nil
	b.send(ConfigMsg{Config: &changed})
	if n := b.faults.count() - before; n != 0 {
		t.Errorf("%d problems after it is gone", n)
	}
}

// TestSetPrivate tells of stand-ins that come and go.
func TestSetPrivate(t *testing.T) {
	var told []bool
	b := mixed(Options{SetPrivate: func(on bool) { told = append(told, on) }}, 80, 24)
	b.press("P", "P")
	if len(told) != 2 || !told[0] || told[1] {
		t.Errorf("it told %v", told)
	}
}
