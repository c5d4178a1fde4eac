package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/config/credential/extract"
)

func TestAFormAsksBeforeItIsThrownAway(t *testing.T) {
	synctest.Test(t, testAFormAsksBeforeItIsThrownAway)
}

func testAFormAsksBeforeItIsThrownAway(t *testing.T) {
	b, _ := kept(t, 100, 30)
	b.press("a", "x", "esc")
	b.wants(t, "Throw away what you wrote?")
	// The letter that quits goes back, as escape does.
	for _, key := range []string{"q", "esc"} {
		b.press(key)
		b.wants(t, "Add a profile")
		b.lacks(t, "Throw away")
		b.press("esc")
	}
	b.press("esc")
	b.press("tab", "q")
	b.wants(t, "< Katapult >")
	if slices.ContainsFunc(b.run(t), func(m tea.Msg) bool { _, quit := m.(tea.QuitMsg); return quit }) {
		t.Error("q quits")
	}
	// A click beside it does not throw it away either.
	b.send(tea.MouseClickMsg{X: 0, Y: 0, Button: tea.MouseLeft})
	b.wants(t, "Add a profile")
	// Nor does a key too many: the safe answer is the one in focus.
	b.press("esc", "enter")
	b.wants(t, "Add a profile")
	b.press("esc", "tab", "enter")
	if b.overlays.top() != nil {
		t.Errorf("the form is still there:\n%s", b.text())
	}
}

func TestFormsFitEverySize(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		k := &keeper{data: []byte(keptFile), answer: sampleSnapshots()[0]}
		b := newBench(Options{Config: k.config(t), Manage: k, ASCII: ascii, NoColor: ascii})
		b.send(tea.WindowSizeMsg{Width: 40, Height: 10})
		b.press("a")
		for range 12 {
			b.press("tab")
			checkSize(t, b, 40, 10)
			if f := b.overlays.top().(*profileForm); f.current() != nil && !strings.Contains(b.text(), f.current().Label) {
				t.Errorf("%s is not in sight:\n%s", f.current().Label, b.text())
			}
		}
		b.wants(t, "[ Test ]")
		for _, size := range [][2]int{{300, 100}, {80, 24}, {41, 11}} {
			b.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			checkSize(t, b, size[0], size[1])
		}
	}
}

// click presses the mouse on a text.
func (b *bench) click(t *testing.T, text string) {
	t.Helper()
	for y, l := range strings.Split(b.text(), "\n") {
		if i := strings.Index(l, text); i >= 0 {
			b.send(tea.MouseClickMsg{X: len([]rune(l[:i])) + 2, Y: y, Button: tea.MouseLeft})
			return
		}
	}
	t.Fatalf("no %q:\n%s", text, b.text())
}

func TestClickingInAForm(t *testing.T) {
	b, _ := kept(t, 100, 30)
	b.press("a")
	b.click(t, "label")
	b.write("mine")
	f := b.overlays.top().(*profileForm)
	if f.value("label") != "mine" {
		t.Errorf("the label is %q", f.value("label"))
	}
	b.click(t, "[ Test ]")
	if f.stage != filling || f.current() == nil || f.current().Key != "name" {
		t.Errorf("a form without a name goes on to %d", f.stage)
	}
	b.click(t, "[ Cancel ]")
	b.wants(t, "Throw away")
	b.click(t, "[ Throw away ]")
	if b.overlays.top() != nil {
		t.Error("the form is still there")
	}
}

func TestGoldenForms(t *testing.T) { synctest.Test(t, testGoldenForms) }

func testGoldenForms(t *testing.T) {
	for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 36}} {
		name := func(s string) string { return fmt.Sprintf("%s-%dx%d", s, size[0], size[1]) }
		b, k := kept(t, size[0], size[1])
		b.press("d", ":", "a", "d")
		golden(t, name("palette"), b.text())
		b.press("esc", "a", "w", "o", "r", "k", "tab")
		golden(t, name("form"), b.text())
		b.press("shift+tab", "2", "up", "up", "enter")
		golden(t, name("form-asking"), b.text())
		for _, m := range b.run(t) {
			b.send(m)
		}
		golden(t, name("form-answer"), b.text())
		k.fail = errors.New("config.toml was not saved: it may not be written")
		b.press("enter")
		for _, m := range b.run(t) {
			b.send(m)
		}
		golden(t, name("failure"), b.text())
		b.press("esc", "esc")
		golden(t, name("confirm"), b.text())
		checkSize(t, b, size[0], size[1])
	}
}

// A label is nothing to a service: it is saved without a request.
func TestALabelIsSavedWithoutATest(t *testing.T) {
	synctest.Test(t, testALabelIsSavedWithoutATest)
}

func testALabelIsSavedWithoutATest(t *testing.T) {
	b, k := kept(t, 100, 30)
	b.press("E", "up", "up", "up", "up")
	b.wants(t, "[ Test ]")
	b.write("Mine")
	b.wants(t, "[ Save ]")
	b.press("tab", "enter")
	b.settleAll(t, k)
	b.wants(t, "changed work; U undoes")
	if len(k.tried) > 0 || k.applied != 1 || !strings.Contains(string(k.data), `label = "Mine"`) {
		t.Errorf("tried %d times, applied %d:\n%s", len(k.tried), k.applied, k.data)
	}
	// The address is asked of the service, whatever else was changed.
	b.press("E", "tab", "tab")
	b.write("https://k.example.org")
	b.wants(t, "[ Test ]")
	b.press("ctrl+u")
	b.wants(t, "[ Test ]")
	b.press("up", "up", "up", "up", "up", "x", "enter")
	b.settleAll(t, k)
	if len(k.tried) > 0 || k.applied != 2 {
		t.Errorf("tried %d times, applied %d:\n%s", len(k.tried), k.applied, k.data)
	}
}

// TestAPlaceInAFile asks for the path in a file that holds more than the secret, and for
// none elsewhere.
func TestAPlaceInAFile(t *testing.T) {
	within := extract.Place{Format: extract.YAML, Path: "$.token"}
	b := mixed(Options{Manage: &keeper{}}, 80, 30)
	d := config.Draft{Name: "cli", Provider: "katapult", Source: credential.SourceFile, Reference: "~/cli.yml", Within: within}
	f := newProfileForm("Add a profile", config.EditAdd, d, b.config, b.roster.services, storage{}, b.styles)
	b.overlays.push(f)
	b.wants(t, "file      ~/cli.yml", "holds     < more, as yaml >", "path      $.token")
	if got := f.change().Draft.Within; got != within || f.dirty() {
		t.Errorf("it is written as %+v, dirty %v", got, f.dirty())
	}
	b.press("tab", "tab", "tab", "tab", "tab", "left", "left")
	b.wants(t, "holds     < the secret alone >")
	b.lacks(t, "path      ")
	if got := f.change().Draft.Within; !got.IsZero() {
		t.Errorf("it is written as %+v", got)
	}
	b.press("up", "up", "right")
	b.lacks(t, "holds ")
	if d := f.change().Draft; d.Source != credential.SourceCommand || !d.Within.IsZero() {
		t.Errorf("it is written as %s %+v", d.Source, d.Within)
	}
}
