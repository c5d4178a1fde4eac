package cmd

import (
	"slices"
	"testing"

	"rollcall/client/account"
)

// TestNoteLines tells what many profiles have in common once.
func TestNoteLines(t *testing.T) {
	t.Parallel()
	open := account.Note{Kind: account.NoteCredential, Cause: "others can read the file x", Remedy: "run chmod 600 x"}
	other := account.Note{Kind: account.NoteCredential, Cause: "others can read the file y", Remedy: "run chmod 600 y"}
	got := noteLines([]account.Snapshot{
		{Profile: "a", Notes: account.Notes{open}}, {Profile: "b", Notes: account.Notes{other, open}}, {Profile: "c"}, {Profile: "d", Notes: account.Notes{open}},
	})
	want := []string{"a, b and d: " + open.String(), "b: " + other.String()}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
