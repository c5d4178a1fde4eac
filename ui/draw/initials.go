package draw

import (
	"cmp"
	"image/color"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/ui/theme"
)

// Initials stand where a picture would, in any terminal.
func Initials(s *theme.Styles, u account.User, size Size) []string {
	if s.Pictures {
		return initialsBlock(u, size)
	}
	return initialsBox(s, u, size)
}

// initialsBlock are initials on a ground that is always the same for a user.
func initialsBlock(u account.User, size Size) []string {
	ground := theme.Ground(cmp.Or(u.ID, u.Username, u.FullName))
	full := ansi.Style{}.BackgroundColor(ground)
	lines := make([]string, size.H)
	for y := range lines {
		switch y {
		case size.H - 1:
			// Half a line less brings the initials to the middle.
			lines[y] = ansi.Style{}.ForegroundColor(ground).Styled(strings.Repeat("▀", size.W))
		case (size.H - 1) / 2:
			lines[y] = full.ForegroundColor(color.White).Bold().Styled(centre(letters(u), size.W))
		default:
			lines[y] = full.Styled(Spaces(size.W))
		}
	}
	return lines
}

// initialsBox are initials for a terminal of few colours: three lines in a frame.
func initialsBox(s *theme.Styles, u account.User, size Size) []string {
	g, line := s.Glyphs, strings.Repeat(s.Glyphs.Horizontal, size.W-2)
	side := s.Border.Render(g.Vertical)
	return []string{
		s.Border.Render(g.TopLeft + line + g.TopRight),
		side + s.Strong.Render(centre(letters(u), size.W-2)) + side,
		s.Border.Render(g.BottomLeft + line + g.BottomRight),
	}
}

func centre(s string, w int) string {
	return Pad(Spaces((w-Width(s))/2)+s, w, "")
}

// letters are two letters for a user: of the first and the last name where
// there are two, else the first ones.
func letters(u account.User) string {
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
		if text := strings.ToUpper(string(two)); Width(text) == ansi.StringWidthWc(text) && Width(text) <= 4 {
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
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && Width(string(r)) > 0
}
