package account_test

import (
	"slices"
	"strings"
	"testing"

	"rollcall/client/account"
)

func TestNoteInWords(t *testing.T) {
	for _, tt := range []struct {
		note account.Note
		want string
	}{
		{account.Note{Kind: account.NoteCredential, Cause: "others can read the file", Remedy: "run chmod 600 token"}, "Others can read the file; run chmod 600 token"},
		{account.Note{Kind: account.NoteCredential, Cause: "others can read the file"}, "Others can read the file."},
		{account.Note{Kind: account.NoteCut, What: "groups", Count: 2, Total: 9}, "The service told of 9 groups, of which the first 2 are kept."},
		{account.Note{Kind: account.NoteLimited, What: "groups", Count: 2, Total: 9}, "Only 2 of 9 groups were read."},
		{account.Note{Kind: account.NoteUnread, What: "groups", Count: 2, Total: 9, Cause: "no"}, "2 of 9 groups could not be read: no."},
		{account.Note{Kind: account.NoteUnread, What: "groups", Cause: "no"}, "The groups could not be read: no."},
		{account.Note{Kind: account.NoteRefused, What: "groups"}, "The token's caveats do not allow its groups to be read."},
		{account.Note{Kind: account.NoteRefused, What: "teams", Scope: "read:org"}, "The token's scopes do not allow its teams to be read (read:org)."},
		{account.Note{Kind: account.NoteUnfound, What: "record", Count: 25}, "The record was not found with 25 requests, and no more were sent."},
		{account.Note{Kind: account.NoteUnlisted, What: "groups"}, "None of the groups lists this token, so when it ends is not known."},
		{account.Note{Kind: "of a later rollcall", Cause: "it is new"}, "It is new."},
	} {
		if got := tt.note.String(); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

// A service decides how many notes there are and how long their causes are.
func TestNotesAreBounded(t *testing.T) {
	var all account.Notes
	for range 1000 {
		all = append(all, account.Note{Kind: account.NoteUnread, About: account.PartOrganizations, What: strings.Repeat("w", 1e4), Cause: strings.Repeat("c", 1e4)})
	}
	if n := len(all.Bounded().String()); n > 50_000 {
		t.Errorf("%d bytes are left", n)
	}
	if account.Notes(nil).Bounded() != nil {
		t.Error("notes came from nowhere")
	}
}

func TestNotesAboutAPart(t *testing.T) {
	groups := account.Note{Kind: account.NoteUnread, About: account.PartOrganizations, What: "groups"}
	cut := account.Note{Kind: account.NoteCut, About: account.PartOrganizations, What: "groups"}
	s := account.Snapshot{
		Notes:   account.Notes{{Kind: account.NoteCredential}, cut},
		Details: account.DetailsStatus{Notes: account.Notes{{Kind: account.NoteUnread, About: account.PartToken}, groups}},
	}
	if got := s.NotesAbout(account.PartOrganizations); !slices.Equal(got, account.Notes{cut, groups}) {
		t.Errorf("%+v", got)
	}
}
