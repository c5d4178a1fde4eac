package privacy

import (
	"strings"
	"testing"

	"rollcall/client/account"
)

// TestLearn meets accounts before any snapshot is shown, and then finds their names in
// the texts of others, the longest of those that begin alike.
func TestLearn(t *testing.T) {
	m := New(nil)
	if got := m.Own("label", "otter-labs"); got != "otter-labs" {
		t.Fatalf("before, the label is %q", got)
	}
	for _, id := range []string{"id-a", "id-b", "id-c"} {
		m.Learn(account.Snapshot{Account: &account.Account{
			User:          account.User{ID: id, FullName: "Sam Doe"},
			Organizations: []account.Organization{{Name: "Otter"}, {Name: "Otter Labs"}, {Name: "Otter Lab"}},
		}})
	}
	for text, want := range map[string]string{
		"id-a, id-b, id-c": "user-1, user-1.2, user-1.3", "Sam Doe": "Person 1",
		"Otter Labs, Otter Lab, Otter": "Organization 2, Organization 3, Organization 1",
	} {
		if got := m.Text(text); got != want {
			t.Errorf("%q is shown as %q, not %q", text, got, want)
		}
	}
	if got := m.Own("label", "otter-labs"); got != "label-1" {
		t.Errorf("then the label is %q", got)
	}
	if got := m.Own("org", "ott"); got != withheld {
		t.Errorf("what is asked of organizations is told as %q", got)
	}
}

// TestFormsOfAName has a name masked with the characters that nobody sees, as people see
// it and as they type it, and a letter that is left of a name alone stays.
func TestFormsOfAName(t *testing.T) {
	for name, texts := range map[string][]string{
		"\u200fדוד כהן":       {"\u200fדוד כהן", "דוד כהן", "/srv/דוד כהן/token", "of דוד כהן.", "Of \u200fדוד כהן\u200f"},
		"\ufffdדוד כהן\ufffd": {"\ufffdדוד כהן\ufffd", "of דוד כהן."},
		"می\u200cخواهم رضایی": {"می\u200cخواهم رضایی", "میخواهم رضایی"},
		"Sam\u200bRoe":        {"SamRoe", "of Sam\ufffdRoe."},
		"渡邉\U000e0100":        {"渡邉", "渡邉\U000e0100"},
		"\u200eKim Larsen":    {"the file of Kim Larsen is missing", "\ufffdKim Larsen", "of Kim Lar…"},
	} {
		m := New(nil)
		m.Learn(account.Snapshot{Account: &account.Account{User: account.User{ID: "id-a", FullName: name, FirstName: "\u200fO"}}})
		for _, words := range texts {
			got := m.Text(words)
			for _, part := range []string{"דוד", "כהן", "خواهم", "رضایی", "Sam", "Roe", "渡", "Kim", "Lar"} {
				if strings.Contains(got, part) {
					t.Errorf("%+q is learned, and %+q is shown as %+q", name, words, got)
				}
			}
			if !strings.Contains(got, "Person 1") {
				t.Errorf("%+q is learned, and %+q has no stand-in: %+q", name, words, got)
			}
		}
		if got := m.Text("O dear"); got != "O dear" {
			t.Errorf("a letter is masked: %q", got)
		}
	}
}

// TestFewDigits leaves dates and counts as they are, although an account has one of their
// numbers for an id, which has its stand-in where it stands as an id.
func TestFewDigits(t *testing.T) {
	m := New(nil)
	m.Learn(account.Snapshot{Account: &account.Account{
		User:          account.User{ID: "2026", FullName: "Sam Doe"},
		Organizations: []account.Organization{{ID: "31", Name: "Otter"}, {ID: "90210417", Name: "Reef"}},
	}})
	if got := m.Text("since 2026-10-31 of 31, 90210417"); got != "since 2026-10-31 of 31, "+m.Own("id", "90210417") {
		t.Errorf("a date is shown as %q", got)
	}
	if got := m.Own("profile", "31"); got == "31" {
		t.Error("an id is shown by itself")
	}
}
