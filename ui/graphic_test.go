package ui

import "testing"

func TestDrawsPictures(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"kitty(0.28.0)": true, "kitty(0.42.1)": true, "kitty(1.0.0)": true, "ghostty 1.2.0": true, "Ghostty 1.0": true,
		"kitty(0.27.1)": false, "kitty": false, "tmux 3.5": false, "XTerm(390)": false, "WezTerm 20240203": false, "": false,
		"Konsole 24.02": false, "iTerm2 3.5": false,
	} {
		if drawsPictures(name) != want {
			t.Errorf("%s: %t", name, !want)
		}
	}
}
