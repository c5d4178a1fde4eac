package ui

import (
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client"
)

func TestInitials(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		u    client.User
		want string
	}{
		{client.User{FullName: "Sam Roe"}, "SR"}, {client.User{FullName: "anna maria de la cruz"}, "AC"},
		{client.User{FullName: "Madonna"}, "MA"}, {client.User{FirstName: "Ines", LastName: "Ferreira"}, "IF"},
		{client.User{FullName: "李明"}, "李明"}, {client.User{FullName: "山田太郎"}, "山田"}, {client.User{FullName: "山田 太郎"}, "山太"},
		{client.User{FullName: "e\u0301mile zola"}, "EZ"}, {client.User{FullName: "Zażółć Gęślą-Jaźń"}, "ZJ"},
		{client.User{FullName: "👩🏽‍🔬", Username: "zj"}, "ZJ"}, {client.User{FullName: "\x1b[31m", ID: "user_8"}, "31"},
		{client.User{ID: "9a1b"}, "9A"}, {client.User{FullName: "X"}, "X"}, {client.User{}, "?"}, {client.User{FullName: "ßa"}, "ßA"},
		{client.User{FullName: "(dr.) Jo \"Jay\" Ng"}, "DN"},
	} {
		got := letters(c.u)
		if strings.ToUpper(c.want) != got || ansi.StringWidth(got) > 4 || ansi.StringWidth(got) != ansi.StringWidthWc(got) {
			t.Errorf("%+v: %q, want %q", c.u, got, c.want)
		}
	}
}

func TestInitialsStandOnTheUsersGround(t *testing.T) {
	t.Parallel()
	size := avatarSize{8, 4}
	one, again := initialsBlock(client.User{ID: "u1", FullName: "Sam"}, size), initialsBlock(client.User{ID: "u1", FullName: "Sam"}, size)
	other := initialsBlock(client.User{ID: "u2", FullName: "Sam"}, size)
	if !slices.Equal(one, again) || slices.Equal(one, other) {
		t.Error("the ground does not go by the user")
	}
}

// TestBlocksAreOfTheirSize draws random pictures and names into each size.
func TestBlocksAreOfTheirSize(t *testing.T) {
	t.Parallel()
	clearing := image.NewNRGBA(image.Rect(0, 0, 16, 16))
	for i := range 8 * 16 {
		clearing.Set(i%16, i/16, color.White)
	}
	s := NewStyles(Look{ASCII: true})
	for _, size := range []avatarSize{{8, 4}, {12, 6}, {16, 8}} {
		for name, lines := range map[string][]string{
			"picture": halfBlocks(image.NewGray(clearing.Rect), size), "half clear": halfBlocks(clearing, size),
			"placeholders": newGraphic("u1", size).placeholders(), "initials": initialsBlock(client.User{FullName: "山田太郎"}, size),
			"box": append(initialsBox(s, client.User{FullName: "山田"}, size), make([]string, size.h-3)...),
		} {
			if len(lines) != size.h {
				t.Errorf("%s %v: %d lines", name, size, len(lines))
			}
			for i, l := range lines {
				if w := ansi.StringWidth(l); w != size.w && (name != "box" || i < 3) {
					t.Errorf("%s %v: line %d is %d wide", name, size, i, w)
				}
			}
		}
	}
	if got := halfBlock(color.RGBA{}, color.RGBA{}); got != " " {
		t.Errorf("a clear cell is %q", got)
	}
	upper, lower := halfBlock(color.RGBA{9, 9, 9, 255}, color.RGBA{}), halfBlock(color.RGBA{}, color.RGBA{9, 9, 9, 255})
	if ansi.Strip(upper) != "▀" || ansi.Strip(lower) != "▄" || strings.Contains(upper+lower, "48;") {
		t.Errorf("half clear cells are %q and %q", upper, lower)
	}
}
