package ui

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
)

// learning is a dashboard of the samples in private mode, whose mask has yet to meet whose
// the profiles are.
func learning(t *testing.T, o Options) *bench {
	t.Helper()
	b := inPortions(o)
	b.send(account.Event{Snapshots: sampleSnapshots()}, tea.WindowSizeMsg{Width: 160, Height: 40})
	b.Update(keyPress("P"))
	if !b.roster.cover.learning {
		t.Fatal("the mask has met all")
	}
	return b
}

// TestToldWhileLearning tells for good what comes while the mask learns: whole, with
// stand-ins, and never with a real name.
func TestToldWhileLearning(t *testing.T) {
	t.Parallel()
	wrong := errors.New("Sam Roe may not")
	removed := sampleProfiles()
	removed.Views = nil
	for name, c := range map[string]struct {
		msg  tea.Msg
		want string
	}{
		"notice":        {account.Event{Notice: "Sam Roe is away"}, "Person 1 is away"},
		"active":        {ActiveMsg{Problem: "Sam Roe is away"}, "Person 1 is away"},
		"configuration": {ConfigMsg{Err: wrong}, "Person 1 may not: the last good one is used"},
		"change":        {changeUndoneMsg{said: "tagged Sam Roe"}, "tagged Person 1"},
		"doubt":         {changeUndoneMsg{err: &DoubtError{Question: "Has Sam Roe done this?"}}, "Has Person 1 done this?"},
		"rotations":     {RotationsMsg{Said: "Sam Roe rotates"}, "Person 1 rotates"},
		"refused": {
			changesSavedMsg{said: "tagged Sam Roe", refused: []config.Refusal{{Edit: config.Edit{Profile: "work"}, Err: wrong}}, changes: make([]config.Edit, 2)},
			"tagged Person 1",
		},
		"view": {ConfigMsg{Config: removed}, "the view view-1 is not in the configuration any more"},
	} {
		all := sampleProfiles()
		all.Views = []config.View{{Name: "Sam’s"}}
		b := learning(t, Options{Config: all})
		if name == "view" {
			b.show(firstSaved)
		}
		b.Update(c.msg)
		waits := b.Model.notice.awaiting != ""
		if is := b.text(); strings.Contains(is, "Sam Roe") || strings.Contains(is, c.want) == waits || waits != b.roster.cover.learning {
			t.Errorf("%s, which waits: %v, is at once told as\n%s", name, waits, is)
		}
		// A notice that was told before ends meanwhile.
		b.Update(noticeEndedMsg{b.Model.notice.generation - 1})
		b.goOn()
		if is := b.text(); !strings.Contains(is, c.want) || strings.Contains(is, "Sam Roe") {
			t.Errorf("%s: there is no %q in\n%s", name, c.want, is)
		}
		if name == "refused" {
			b.wants(t, "Person 1 may not")
		}
	}
	all := sampleProfiles()
	all.Views = []config.View{{Name: "Sam’s"}}
	b := learning(t, Options{Config: all})
	b.show(firstSaved)
	b.Update(changeUndoneMsg{said: "removed the view Sam’s"})
	b.Update(ConfigMsg{Config: removed})
	if is := b.Model.notice.text; !strings.HasPrefix(is, "removed the view view-1") {
		t.Errorf("after a removal there is %q", is)
	}
	b = learning(t, Options{})
	before := b.Model.notice
	b.Update(RotationsMsg{})
	if !b.roster.cover.learning || b.Model.notice.text != before.text {
		t.Errorf("where nothing is said, it is %q", b.Model.notice.text)
	}
}

// TestNoticeAwaited leaves out a notice that waits where another is told meanwhile, and
// tells it as it is where private mode is left.
func TestNoticeAwaited(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		next func(*bench)
		want string
	}{
		"another": {func(b *bench) { b.say("another") }, "another"},
		"left":    {func(b *bench) { b.setPrivate(false) }, "Sam Roe is away"},
		"none":    {func(*bench) {}, "Person 1 is away"},
	} {
		b := learning(t, Options{})
		b.Update(account.Event{Notice: "Sam Roe is away"})
		if is := b.Model.notice; is.text != "" || is.awaiting == "" {
			t.Errorf("%s: at once there is %q", name, is.text)
		}
		c.next(b)
		b.goOn()
		b.Update(portionMsg{})
		if is := b.Model.notice; is.text != c.want || is.awaiting != "" {
			t.Errorf("%s: then there is %q, and %q waits", name, is.text, is.awaiting)
		}
	}
}

// TestNamedWhileLearning names for good what is withheld still.
func TestNamedWhileLearning(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"old": "old", "Sam Roe": "Person 1"} {
		if is := learning(t, Options{}).shownName(name); is != want {
			t.Errorf("%s is named %q", name, is)
		}
	}
	c := sampleProfiles()
	c.Views = []config.View{{Name: "Sam’s"}}
	b := learning(t, Options{Config: c, Manage: &keeper{}})
	b.removeView("Sam’s")
	b.wants(t, "Remove the view view-1 from the configuration?")
}

// TestDrawnWhileLearning draws an overlay anew once its texts are withheld no more.
func TestDrawnWhileLearning(t *testing.T) {
	t.Parallel()
	b := learning(t, Options{})
	b.Update(changeUndoneMsg{err: errors.New("Sam Roe may not")})
	b.wants(t, "That did not work", withheld)
	b.lacks(t, "Sam Roe")
	b.goOn()
	b.wants(t, "Person 1 may not")
	// Another configuration has the mask learn again.
	b.Update(ConfigMsg{Config: sampleProfiles()})
	if b.lacks(t, "Sam Roe", "Person 1 may not"); !b.roster.cover.learning {
		t.Error("the mask has met all")
	}
	b.goOn()
	b.wants(t, "Person 1 may not")
}

// TestJournalWhileLearning reads the journal once, when what it has can be shown.
func TestJournalWhileLearning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newArchive()
		b := learning(t, Options{History: a.history, Journal: a.journal})
		b.pending = nil
		for _, msg := range []tea.Msg{keyPress("v"), journalReadMsg{}} {
			_, cmd := b.Update(msg)
			b.pending = append(b.pending, cmd)
		}
		if !b.roster.cover.learning {
			t.Fatal("the mask has met all")
		}
		for b.roster.backlog.behind() {
			_, cmd := b.Update(b.portion())
			if b.pending = append(b.pending, cmd); b.roster.cover.learning {
				b.Update(journalReadMsg{})
			}
		}
		if b.rest(t); a.journals != 1 {
			t.Errorf("the journal is read %d times", a.journals)
		}
		if len(b.roster.log.entries) == 0 {
			t.Error("nothing of it is shown")
		}
	})
}
