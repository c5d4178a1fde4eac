package web

import "testing"

// TestAvatarPattern holds the pictures to a pattern that is the same on both
// sides and neither empty nor full.
func TestAvatarPattern(t *testing.T) {
	for _, name := range []string{"a", "b", "c", "user_1"} {
		m := drawAvatar(name)
		dot := m.At(0, 0)
		filled := 0
		for row := range avatarDots {
			y := (row+1)*avatarCell + 1
			for column := range avatarDots {
				at := m.At((column+1)*avatarCell+1, y)
				mirrored := m.At((avatarDots-column)*avatarCell+1, y)
				_, _, _, a := at.RGBA()
				if a != 0xffff {
					t.Fatalf("%s: not opaque", name)
				}
				bright := func(c interface{ RGBA() (r, g, b, a uint32) }) bool {
					r, g, b, _ := c.RGBA()
					return min(r, g, b) > 0xc000
				}
				if bright(at) != bright(mirrored) {
					t.Errorf("%s: row %d column %d is not as its other side", name, row, column)
				}
				if bright(at) && !bright(dot) {
					filled++
				}
			}
		}
		if filled < 4 || filled > avatarDots*avatarDots-4 {
			t.Errorf("%s: %d of the cells are filled", name, filled)
		}
	}
}
