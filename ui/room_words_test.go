package ui

import (
	"testing"
)

// Where something is wrong with what is written, nothing is said of an older query.
func TestAWrongQueryIsNotTakenForAnother(t *testing.T) {
	b := mixed(Options{}, 100, 30)
	b.press("/")
	b.write("state:foo")
	b.press("enter")
	b.wants(t, `there is no state "foo"`, "esc clears the filter")
	b.lacks(t, "No profile matches")
}
