package ui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client"
)

// longestNotification is as much as a desktop shows.
const longestNotification = 200

// notification asks the terminal to show a text, in both of the ways that
// terminals know. A semicolon would end the text in one of them.
func notification(text string) string {
	text = strings.ReplaceAll(client.Printable(text), ";", ",")
	text = cut(text, longestNotification, "")
	return ansi.Notify("rollcall: "+text) + "\x1b]777;notify;rollcall;" + text + "\x07"
}

// windowTitle is the name of the terminal's window, with how many profiles need
// somebody.
func windowTitle(counts map[client.Severity]int) string {
	for _, sev := range []client.Severity{client.SeverityFail, client.SeverityWarn} {
		if n := counts[sev]; n > 0 {
			return fmt.Sprintf("rollcall: %d %s", n, severityWord(sev))
		}
	}
	return "rollcall: ok"
}
