package demo

import (
	"bytes"
	"image/png"
	"net/http"
	"testing"
)

func TestAvatars(t *testing.T) {
	s := start(t, nil)
	seen := map[string]string{}
	for _, profile := range []string{"work", "personal", "world", "shared"} {
		user := askKatapult(t, s, profile, "/users/current").object(t)["user"].(object)
		address := user["avatar_url"].(string)
		got := ask(t, http.MethodGet, address, "")
		if got.status != http.StatusOK || got.header.Get("Content-Type") != "image/png" {
			t.Fatalf("%s: %s: %d %v", profile, address, got.status, got.header)
		}
		m, err := png.Decode(bytes.NewReader(got.body))
		if err != nil {
			t.Fatal(err)
		}
		if m.Bounds().Dx() != avatarSide || m.Bounds().Dy() != avatarSide {
			t.Errorf("%s: %v", profile, m.Bounds())
		}
		if again := ask(t, http.MethodGet, address, "", "If-None-Match", got.header.Get("ETag")); again.status != http.StatusNotModified {
			t.Errorf("%s: asked again: %d", profile, again.status)
		}
		id := user["id"].(string)
		for other, picture := range seen {
			if (picture == string(got.body)) != (other == id) {
				t.Errorf("%s and %s: the same picture is %t", id, other, picture == string(got.body))
			}
		}
		seen[id] = string(got.body)
	}
	if got := ask(t, http.MethodGet, account(t, s, "work").BaseURL+"/avatars/none.gif", ""); got.status != http.StatusNotFound {
		t.Errorf("no picture: %d", got.status)
	}
}

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
