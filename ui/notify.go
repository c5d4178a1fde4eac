package ui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/insight"
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
func windowTitle(counts map[insight.Urgency]int) string {
	for _, u := range []insight.Urgency{insight.UrgencyNow, insight.UrgencySoon} {
		if n := counts[u]; n > 0 {
			return fmt.Sprintf("rollcall: %d %s", n, u)
		}
	}
	return "rollcall: fine"
}
