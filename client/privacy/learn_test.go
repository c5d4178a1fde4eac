package privacy

import (
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
}
