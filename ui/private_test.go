package ui

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/privacy"
	"rollcall/config"
)

// telling are the values of the samples that say who somebody is, and where.
func telling() []string {
	var all []string
	for _, s := range sampleSnapshots() {
		if s.Account == nil {
			continue
		}
		u := s.Account.User
		all = append(append(all, u.ID, u.FullName, u.Username), u.Emails...)
		for _, o := range s.Account.Organizations {
			all = append(all, o.Name, o.SubDomain)
		}
		for _, l := range s.Account.LinkedAccounts {
			all = append(append(all, l.SubjectID, l.FullName, l.Username), l.Emails...)
		}
		all = append(all, s.Account.Token.ID)
	}
	return append(all, "datahub.example.org", "203.0.113.7", "/home/sam")
}

var colours = regexp.MustCompile("\x1b\\[[0-9;]*m")

// everyScreen is every screen of a dashboard, one after the other.
func everyScreen(b *bench) string {
	var all strings.Builder
	look := func(keys ...string) {
		b.press(keys...)
		// With the links of the terminal, but without the colours, which would
		// come between the letters that a filter found.
		all.WriteString(colours.ReplaceAllString(b.View().Content, "") + "\n" + b.View().WindowTitle + "\n")
	}
	for _, key := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "end"} {
		look(key)
		for range panes {
			look("tab")
		}
		b.press("esc")
	}
	for _, key := range []string{"o", "t", "v", "p"} {
		look(key)
		look("end")
	}
	look("v", "home", "enter")
	look("esc")
	for _, key := range []string{"!", "i", "?", ":"} {
		look(key)
		look("end")
		b.press("esc")
	}
	look("d", "/")
	look("esc")
	return all.String()
}

// TestPrivate shows nobody's name, and gives the same screens again after.
func TestPrivate(t *testing.T) {
	c := sampleProfiles()
	c.Profiles[0].Identity, c.Profiles[0].Username = "user_8bXgZk3QpL", "admin-of-acme"
	b := newBench(Options{Config: c})
	b.send(tea.WindowSizeMsg{Width: 160, Height: 60}, account.Event{Snapshots: sampleSnapshots()})
	real := everyScreen(b)
	b.press("P")
	b.send(noticeEndedMsg{b.notice.generation})
	hidden := everyScreen(b)
	for _, value := range append(telling(), "admin-of-acme") {
		// Two letters are found in any text.
		if len(value) > 3 && strings.Contains(hidden, value) {
			t.Errorf("%q is still to be seen", value)
		}
	}
	for _, value := range []string{"Sam Roe", "user_8bXgZk3QpL", "rada@example.org", "Acme", "1978412", "tok_5Yc0", "lab.example.org", "/home/sam"} {
		if !strings.Contains(real, value) {
			t.Errorf("%q was not to be seen before: the test looks at too little", value)
		}
	}
	for _, want := range []string{"PRIVATE", "Person 1", "work", "Research data", "invalid token"} {
		if !strings.Contains(hidden, want) {
			t.Errorf("%q is not to be seen", want)
		}
	}
	// More answers change no stand-in.
	b.send(account.Event{Snapshots: sampleSnapshots()})
	if again := everyScreen(b); again != hidden {
		t.Error("a second answer changes stand-ins")
	}
	b.press("P")
	b.send(noticeEndedMsg{b.notice.generation})
	if again := everyScreen(b); again != real {
		t.Error("the real screens are not the same as before")
	}
}

// TestPrivateFromTheStart copies stand-ins and opens no page.
func TestPrivateFromTheStart(t *testing.T) {
	b := mixed(Options{Private: true}, 120, 36)
	if strings.Contains(b.text(), "Sam Roe") || !strings.Contains(b.text(), "PRIVATE") {
		t.Error(b.text())
	}
	if value, _ := b.dashboard.details[paneProfile].copied(); strings.Contains(value, "Sam") {
		t.Errorf("%q is copied", value)
	}
	b.press("O")
	if !strings.Contains(b.notice.text, "off") {
		t.Errorf("a link says %q", b.notice.text)
	}
	changed := sampleProfiles()
	changed.Profiles[0].Identity = "user_8bXgZk3QpL"
	b.send(ConfigMsg{Config: changed})
	if screen := b.text(); strings.Contains(screen, "Sam Roe") || strings.Contains(screen, "user_8bXgZk3QpL") {
		t.Errorf("a changed configuration tells:\n%s", screen)
	}
}

// TestPrivateForms shows no file's values in a form, and none in what went wrong.
func TestPrivateForms(t *testing.T) { synctest.Test(t, testPrivateForms) }

func testPrivateForms(t *testing.T) {
	b, k := kept(t, 100, 30)
	b.press("2", "E")
	b.wants(t, "Edit lab", "https://lab.example.org", "variable  LAB")
	b.press("esc", "/", "l", "a", "b", "enter", "P")
	b.lacks(t, "/ lab")
	b.send(changeUndoneMsg{said: "made lab the active profile; here it is work: /home/sam/clients/acme names it"})
	b.wants(t, "here it is work")
	b.lacks(t, "/home/sam")
	b.press("2", "E")
	b.lacks(t, "lab.example.org")
	b.wants(t, "P leaves private mode first")
	folder := filepath.Join(t.TempDir(), "home", "sam")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	k.fail = config.Save(filepath.Join(folder, "config.toml"), func([]byte) ([]byte, error) {
		return []byte("base_url = \"https://lab.example.org\"\n"), os.RemoveAll(folder)
	})
	if !strings.Contains(k.fail.Error(), folder) {
		t.Fatalf("the test needs an error with a path: %v", k.fail)
	}
	b.press("X")
	b.settleAll(t, k)
	b.wants(t, "That did not work", "not shown in private mode")
	b.lacks(t, folder, "lab.example.org")
}

// TestPrivateNames hides a name, a label and a tag that tell what another row hides,
// as soon as that is known.
func TestPrivateNames(t *testing.T) { synctest.Test(t, testPrivateNames) }

func testPrivateNames(t *testing.T) {
	c, err := config.Parse("config.toml", []byte("[profiles.otter-labs]\nprovider = 'katapult'\nlabel = 'Otter Labs, daily'\ntags = ['otterlabs']\n"+
		"[profiles.work]\nprovider = 'katapult'\nlabel = 'daily'\n"), config.Services{Known: []config.Provider{{Name: "katapult", DefaultURL: "https://api.katapult.io"}}})
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(Options{Config: c, Private: true})
	b.send(tea.WindowSizeMsg{Width: 120, Height: 36})
	b.wants(t, "otter-labs")
	b.send(account.Event{Snapshots: []account.Snapshot{{
		Profile: "work", Health: account.Health{State: account.Healthy},
		Account: &account.Account{User: account.User{ID: "user_x"}, Organizations: []account.Organization{{ID: "org_1", Name: "Otter Labs"}}},
	}}})
	b.lacks(t, "otter-labs", "Otter Labs", "otterlabs")
	b.wants(t, "profile-1", "label-1", "tag-1", "work")
	b.press("P")
	b.wants(t, "otter-labs", "Otter Labs, daily")
	b.press("P")
	b.lacks(t, "otter-labs", "Otter Labs", "otterlabs")
}

// TestPrivateWidths gives the list the columns again that wide stand-ins took from it.
func TestPrivateWidths(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	all := sampleSnapshots()
	all[0].Account.Organizations = append(all[0].Account.Organizations, account.Organization{ID: "o9", Name: "Nobody", SubDomain: "new"})
	b.send(account.Event{Snapshots: all}, noticeEndedMsg{b.notice.generation})
	real := b.text()
	b.press("P")
	b.wants(t, "organization-4")
	b.press("P")
	b.send(noticeEndedMsg{b.notice.generation})
	if again := b.text(); again != real {
		t.Errorf("the screen was\n%s\nand is\n%s", real, again)
	}
}

// TestPrivateReload gives stand-ins to what a changed configuration names as soon as it is
// there, and lets those stay that there were.
func TestPrivateReload(t *testing.T) {
	hide := func(m *privacy.Mask, c *config.Config) {
		for _, p := range c.Profiles {
			m.File(p.CAFile)
		}
	}
	b := mixed(Options{Private: true, Hide: hide}, 160, 50)
	before := b.text()
	changed := sampleProfiles()
	changed.Profiles[0].CAFile = "kim larsen/ca.pem"
	missing := sampleSnapshots()[:1]
	missing[0].Health = account.Health{State: account.Misconfigured, Explanation: "kim larsen/ca.pem and /core/v1/otter."}
	b.send(ConfigMsg{Config: changed})
	if b.text() != before {
		t.Errorf("the configuration alone changes the screen:\n%s", b.text())
	}
	b.send(account.Event{Snapshots: missing})
	b.press("1")
	b.wants(t, "folder-1/file-2 and /core/v1/otter.")
	b.lacks(t, "kim")
	b.send(ServicesMsg{})
	b.send(account.Event{Snapshots: missing})
	b.wants(t, "folder-1/file-2 and /folder-2/")
}

// TestPrivatePrograms names the programs of the person's own commands by stand-ins, for as
// long as those are wanted.
func TestPrivatePrograms(t *testing.T) {
	hide := func(m *privacy.Mask, c *config.Config) {
		for _, one := range c.Commands {
			m.File(one.Run[0])
		}
	}
	c := sampleProfiles()
	c.Commands = []config.Command{{Name: "plan", Run: []string{"/srv/kim/larsen"}}}
	palette := func(b *bench) string {
		b.press(":")
		b.write("run plan")
		screen := b.text()
		b.press("esc")
		return screen
	}
	b := mixed(Options{Config: c, Private: true, Hide: hide}, 120, 36)
	for i, want := range []string{"plan: file-", "plan: larsen", "plan: file-"} {
		if i > 0 {
			b.press("P")
		}
		if screen := palette(b); !strings.Contains(screen, "run "+want) {
			t.Errorf("%d: the palette has no %q:\n%s", i, want, screen)
		}
	}
	next := sampleProfiles()
	next.Commands = []config.Command{{Name: "plan", Run: []string{"kim larsen/x"}}}
	b.send(ConfigMsg{Config: next})
	if screen := palette(b); !strings.Contains(screen, "run plan: file-") {
		t.Errorf("after a reload the palette is\n%s", screen)
	}
}
