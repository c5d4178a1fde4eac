package draw

import (
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/ui/theme"
)

func TestInitials(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		u    account.User
		want string
	}{
		{account.User{FullName: "Sam Roe"}, "SR"}, {account.User{FullName: "anna maria de la cruz"}, "AC"},
		{account.User{FullName: "Madonna"}, "MA"}, {account.User{FirstName: "Ines", LastName: "Ferreira"}, "IF"},
		{account.User{FullName: "李明"}, "李明"}, {account.User{FullName: "山田太郎"}, "山田"}, {account.User{FullName: "山田 太郎"}, "山太"},
		{account.User{FullName: "e\u0301mile zola"}, "EZ"}, {account.User{FullName: "Zażółć Gęślą-Jaźń"}, "ZJ"},
		{account.User{FullName: "👩🏽‍🔬", Username: "zj"}, "ZJ"}, {account.User{FullName: "\x1b[31m", ID: "user_8"}, "31"},
		{account.User{ID: "9a1b"}, "9A"}, {account.User{FullName: "X"}, "X"}, {account.User{}, "?"}, {account.User{FullName: "ßa"}, "ßA"},
		{account.User{FullName: "(dr.) Jo \"Jay\" Ng"}, "DN"},
	} {
		got := letters(c.u)
		if strings.ToUpper(c.want) != got || ansi.StringWidth(got) > 4 || ansi.StringWidth(got) != ansi.StringWidthWc(got) {
			t.Errorf("%+v: %q, want %q", c.u, got, c.want)
		}
	}
}

func TestInitialsStandOnTheUsersGround(t *testing.T) {
	t.Parallel()
	size := Size{8, 4}
	one, again := initialsBlock(account.User{ID: "u1", FullName: "Sam"}, size), initialsBlock(account.User{ID: "u1", FullName: "Sam"}, size)
	other := initialsBlock(account.User{ID: "u2", FullName: "Sam"}, size)
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
	s := theme.NewStyles(theme.Look{ASCII: true})
	for _, size := range []Size{{8, 4}, {12, 6}, {16, 8}} {
		for name, lines := range map[string][]string{
			"picture": HalfBlocks(image.NewGray(clearing.Rect), size), "half clear": HalfBlocks(clearing, size),
			"placeholders": NewGraphic("u1", size).Placeholders(), "initials": initialsBlock(account.User{FullName: "山田太郎"}, size),
			"box": append(initialsBox(s, account.User{FullName: "山田"}, size), make([]string, size.H-3)...),
		} {
			if len(lines) != size.H {
				t.Errorf("%s %v: %d lines", name, size, len(lines))
			}
			for i, l := range lines {
				if w := ansi.StringWidth(l); w != size.W && (name != "box" || i < 3) {
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
