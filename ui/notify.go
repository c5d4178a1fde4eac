package ui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
)

// longestNotification is as much as a desktop shows.
const longestNotification = 200

// notification asks the terminal to show a text, in both of the ways that
// terminals know. A semicolon would end the text in one of them.
func notification(words string) string {
	words = strings.ReplaceAll(text.Printable(words), ";", ",")
	words = draw.Cut(words, longestNotification, "")
	return ansi.Notify("rollcall: "+words) + "\x1b]777;notify;rollcall;" + words + "\x07"
}

// windowTitle is the name of the terminal's window, with how many profiles need
// somebody.
func windowTitle(counts map[account.Severity]int) string {
	for _, sev := range []account.Severity{account.SeverityFail, account.SeverityWarn} {
		if n := counts[sev]; n > 0 {
			return fmt.Sprintf("rollcall: %d %s", n, severityWord(sev))
		}
	}
	return "rollcall: ok"
}
