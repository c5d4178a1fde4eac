package ui

import (
	"fmt"
	"strings"

	"rollcall/client/text"
)

// listed are names in a sentence, of which so many are told at most: "a, b, c and 9
// more".
func listed(names []string, most int) string {
	told := strings.Join(names[:min(len(names), most)], ", ")
	if more := len(names) - most; more > 0 {
		told += fmt.Sprintf(" and %d more", more)
	}
	return told
}

// namesOf are the names of rows as they are shown.
func namesOf(rows []*row) []string {
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.config.Name
	}
	return names
}

// keysOf are the keys of the profiles of rows.
func keysOf(rows []*row) []string {
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.name
	}
	return names
}

// calledTogether is what to call the profiles of rows: one by its name, several by how
// many they are.
func calledTogether(rows []*row) string {
	if len(rows) == 1 {
		return rows[0].config.Name
	}
	return text.Plural(len(rows), "profile")
}

// leftOut are profiles with which something cannot be done although it is done with
// others, those with the same reason together.
type leftOut struct {
	n       int
	reasons []reason
}

// reason is why profiles are left out.
type reason struct {
	why   string
	names []string
}

// add leaves a profile out.
func (l *leftOut) add(name, why string) {
	l.n++
	for i := range l.reasons {
		if l.reasons[i].why == why {
			l.reasons[i].names = append(l.reasons[i].names, name)
			return
		}
	}
	l.reasons = append(l.reasons, reason{why, []string{name}})
}

// mostLeftOut is how many names of those are told that are left out for one reason.
const mostLeftOut = 3

// told goes after what is said of the others: "; 2 left out: a, b (switched off)".
// It is empty where nobody is left out.
func (l *leftOut) told() string {
	if l.n == 0 {
		return ""
	}
	parts := make([]string, len(l.reasons))
	for i, r := range l.reasons {
		parts[i] = listed(r.names, mostLeftOut) + " (" + r.why + ")"
	}
	return fmt.Sprintf("; %d left out: %s", l.n, strings.Join(parts, ", "))
}
