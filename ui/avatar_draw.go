package ui

import (
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
	scale "golang.org/x/image/draw"

	"rollcall/client"
)

// halfBlocks draws a picture with two of its points in each cell.
func halfBlocks(picture image.Image, size avatarSize) []string {
	small := image.NewRGBA(image.Rect(0, 0, size.w, 2*size.h))
	scale.CatmullRom.Scale(small, small.Bounds(), picture, picture.Bounds(), draw.Src, nil)
	lines := make([]string, size.h)
	for y := range size.h {
		var b strings.Builder
		for x := range size.w {
			b.WriteString(halfBlock(small.RGBAAt(x, 2*y), small.RGBAAt(x, 2*y+1)))
		}
		lines[y] = b.String()
	}
	return lines
}

// halfBlock is a cell of two points. Where one is clear, the terminal's own
// ground shows.
func halfBlock(upper, lower color.RGBA) string {
	const clear = 0x80
	switch {
	case upper.A < clear && lower.A < clear:
		return " "
	case lower.A < clear:
		return ansi.Style{}.ForegroundColor(opaque(upper)).Styled("▀")
	case upper.A < clear:
		return ansi.Style{}.ForegroundColor(opaque(lower)).Styled("▄")
	default:
		return ansi.Style{}.ForegroundColor(opaque(upper)).BackgroundColor(opaque(lower)).Styled("▀")
	}
}

// opaque is the colour of a point without what shines through it.
func opaque(c color.RGBA) color.RGBA {
	whole := color.NRGBAModel.Convert(c).(color.NRGBA)
	return color.RGBA{whole.R, whole.G, whole.B, 0xff}
}

// placeholders are the cells in which the terminal draws a picture: each says
// by its colour which one, and by its marks which part of it.
func placeholders(n int, size avatarSize) []string {
	c := color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff}
	lines := make([]string, size.h)
	for y := range size.h {
		var b strings.Builder
		for x := range size.w {
			b.WriteRune(kitty.Placeholder)
			b.WriteRune(kitty.Diacritic(y))
			b.WriteRune(kitty.Diacritic(x))
		}
		lines[y] = ansi.Style{}.ForegroundColor(c).Styled(b.String())
	}
	return lines
}

// initialsBlock stands where a picture would: initials on a ground that is
// always the same for a user.
func initialsBlock(u client.User, size avatarSize) []string {
	ground := groundOf(cmp.Or(u.ID, u.Username, u.FullName))
	full := ansi.Style{}.BackgroundColor(ground)
	lines := make([]string, size.h)
	for y := range lines {
		switch y {
		case size.h - 1:
			// Half a line less brings the initials to the middle.
			lines[y] = ansi.Style{}.ForegroundColor(ground).Styled(strings.Repeat("▀", size.w))
		case (size.h - 1) / 2:
			lines[y] = full.ForegroundColor(color.White).Bold().Styled(centre(initials(u), size.w))
		default:
			lines[y] = full.Styled(spaces(size.w))
		}
	}
	return lines
}

// initialsBox is the same for a terminal of few colours.
func initialsBox(s *Styles, u client.User, size avatarSize) []string {
	g, line := s.glyphs, strings.Repeat(s.glyphs.horizontal, size.w-2)
	side := s.border.write(g.vertical)
	return []string{
		s.border.write(g.topLeft + line + g.topRight),
		side + s.strong.write(centre(initials(u), size.w-2)) + side,
		s.border.write(g.bottomLeft + line + g.bottomRight),
	}
}

func centre(s string, w int) string {
	return pad(spaces((w-ansi.StringWidth(s))/2)+s, w, "")
}

// initials are two letters for a user: of the first and the last name where
// there are two, else the first ones.
func initials(u client.User) string {
	for _, name := range []string{u.FullName, strings.TrimSpace(u.FirstName + " " + u.LastName), u.Username, u.ID} {
		var words [][]rune
		for _, w := range strings.FieldsFunc(name, func(r rune) bool { return !isInitial(r) && !unicode.Is(unicode.Mn, r) }) {
			if letters := []rune(keepInitials(w)); len(letters) > 0 {
				words = append(words, letters)
			}
		}
		if len(words) == 0 {
			continue
		}
		two := words[0][:min(2, len(words[0]))]
		if len(words) > 1 {
			two = []rune{words[0][0], words[len(words)-1][0]}
		}
		// Two letters that join into one are as wide as nobody knows.
		if text := strings.ToUpper(string(two)); ansi.StringWidth(text) == ansi.StringWidthWc(text) && ansi.StringWidth(text) <= 4 {
			return text
		}
		return strings.ToUpper(string(two[:1]))
	}
	return "?"
}

// keepInitials is a word without its marks.
func keepInitials(w string) string {
	return strings.Map(func(r rune) rune {
		if isInitial(r) {
			return r
		}
		return -1
	}, w)
}

// isInitial reports whether a character can stand for a name.
func isInitial(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && ansi.StringWidth(string(r)) > 0
}
