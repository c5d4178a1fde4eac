package draw

import (
	"slices"
	"testing"

	"rollcall/ui/theme"
)

// TestAddLater writes the same lines as Add does, with something beside them or not, and
// none before they are seen.
func TestAddLater(t *testing.T) {
	t.Parallel()
	s := theme.NewStyles(theme.Look{Theme: "mono"})
	for _, aside := range []bool{false, true} {
		var items [2]Item
		written := 0
		for i := range items {
			p := Pen{Styles: s, W: 24, H: 9}
			if aside {
				p.SetAside([]string{"[]", "[]", "[]"}, 2)
			}
			lines := func() []string {
				written++
				return []string{"short", "far too long for the room of it"}
			}
			if i == 0 {
				p.Add("word", "value", lines()...)
				written = 0
			} else {
				p.AddLater("word", "value", 2, lines)
			}
			p.Link("https://example.org")
			if items[i] = p.Items[0]; p.Left() != 7 {
				t.Errorf("aside %v: %d lines are left", aside, p.Left())
			}
		}
		if !aside && written > 0 {
			t.Error("the lines were written at once")
		}
		now, later := items[0], items[1]
		if !slices.Equal(now.Lines(), later.Lines()) || now.Height() != later.Height() || later.Value != "value" || later.What != "word" || later.URL == "" {
			t.Errorf("aside %v: %q, at once %q", aside, later.Lines(), now.Lines())
		}
	}
}
