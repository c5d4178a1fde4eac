package draw

import (
	"fmt"
	"image"
	"strings"
	"testing"
)

func TestDrawsPictures(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"kitty(0.28.0)": true, "kitty(0.42.1)": true, "kitty(1.0.0)": true, "ghostty 1.2.0": true, "Ghostty 1.0": true,
		"kitty(0.27.1)": false, "kitty": false, "tmux 3.5": false, "XTerm(390)": false, "WezTerm 20240203": false, "": false,
		"Konsole 24.02": false, "iTerm2 3.5": false,
	} {
		if HasGraphics(name) != want {
			t.Errorf("%s: %t", name, !want)
		}
	}
}

func TestGraphicsAreSentAndShownByTheSameName(t *testing.T) {
	t.Parallel()
	g := NewGraphic("a picture", Size{8, 4})
	raw, err := g.Transmission(image.NewGray(image.Rect(0, 0, 16, 16)))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\x1b_G", fmt.Sprintf("i=%d", g.id), "U=1", "c=8", "r=4", "q=2"} {
		if !strings.Contains(raw, want) {
			t.Errorf("%.80q lacks %s", raw, want)
		}
	}
	if c := fmt.Sprintf("38;2;%d;%d;%d", g.id>>16, g.id>>8&0xff, g.id&0xff); !strings.Contains(g.Placeholders()[0], c) {
		t.Errorf("no cell has the colour %s", c)
	}
	if raw := g.Deletion(); !strings.Contains(raw, "a=d") || !strings.Contains(raw, "d=I") || !strings.Contains(raw, fmt.Sprintf("i=%d", g.id)) {
		t.Errorf("forgotten with %q", raw)
	}
}
