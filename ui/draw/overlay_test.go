package draw_test

import (
	"image/color"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// TestOverlaid dims what is behind the top overlay, whatever it was drawn with,
// and keeps a blank cell around it.
func TestOverlaid(t *testing.T) {
	s := theme.NewStyles(theme.Look{Theme: "dark"})
	pictured := draw.NewGraphic("sam", draw.Size{W: 2, H: 1}).Placeholders()[0]
	screen := []string{
		ansi.Style{}.ForegroundColor(color.White).Styled("0123456789"), "----------", "----------", "----------",
		"----------", pictured + "--------",
	}
	got := draw.Overlaid(screen, [][]string{{"lower", "lower"}, {"top!", "top!"}}, 10, s.Dimmed)
	want := []string{"0123456789", "--      --", "-- top! --", "-- top! --", "--      --", "  --------"}
	dimmed, _, _ := strings.Cut(s.Dimmed.Render("x"), "x")
	for i, l := range strings.Split(got, "\n") {
		if ansi.Strip(l) != want[i] {
			t.Errorf("line %d is %q, want %q", i, ansi.Strip(l), want[i])
		}
		if !strings.Contains(l, dimmed) {
			t.Errorf("line %d is not dimmed: %q", i, l)
		}
	}
	if strings.Contains(got, "255;255;255") {
		t.Errorf("a colour is left: %q", got)
	}
}
