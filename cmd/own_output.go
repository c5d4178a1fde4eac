package cmd

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/redact"
	"rollcall/client/text"
	"rollcall/cmd/child"
)

const (
	// mostPrinted is how much is kept of what a program prints behind the screen.
	mostPrinted = 64 << 10
	// longestSpelling is how many characters can stand for one of a secret: an escape in
	// another one, as in a URL within JSON.
	longestSpelling = 12
	// nearBreak is how far from where it is cut a text can begin with a whole line.
	nearBreak = 1 << 10
)

// shownOutput is what a program printed as it can be shown, without secrets. They are
// searched for in what a reader sees: colours can stand between their characters.
func shownOutput(printed child.Printed, secrets []string) child.Printed {
	var seen strings.Builder
	for line := range strings.Lines(printed.Text) {
		seen.WriteString(ansi.Strip(line))
	}
	all, longest := seen.String(), 0
	// One can begin with another, of which it would be what is left.
	secrets = slices.SortedFunc(slices.Values(secrets), func(a, b string) int { return len(b) - len(a) })
	for _, secret := range secrets {
		all, longest = redact.New("", secret)(all), max(longest, len(secret))
	}
	if printed.Cut {
		all = behindCut(all, longest)
	}
	printed.Text = plainOutput(all)
	return printed
}

// behindCut is a text without its beginning, which can be the end of a secret or of a
// character. It begins with a line where one is near.
func behindCut(cut string, longest int) string {
	from := min(longest*longestSpelling, len(cut))
	for from < len(cut) && !utf8.RuneStart(cut[from]) {
		from++
	}
	if at := strings.IndexByte(cut[from:], '\n'); at >= 0 && at < nearBreak {
		from += at + 1
	}
	return cut[from:]
}

// plainOutput is what a program printed as lines of text: of a line that was written
// over the last state.
func plainOutput(printed string) string {
	var lines []string
	for line := range strings.Lines(printed) {
		line = strings.TrimRight(line, "\r\n")
		line = line[strings.LastIndexByte(line, '\r')+1:]
		lines = append(lines, text.Printable(strings.ReplaceAll(line, "\t", "    ")))
	}
	return strings.Join(lines, "\n")
}
