package account_test

import (
	"testing"

	"rollcall/client/account"
)

func TestServiceWords(t *testing.T) {
	for _, tt := range []struct {
		word, groups, one, two string
	}{
		{"", "organizations", "1 organization", "2 organizations"},
		{"workspaces", "workspaces", "1 workspace", "2 workspaces"},
	} {
		i := account.ServiceInfo{GroupsWord: tt.word}
		if i.Groups() != tt.groups || i.CountGroups(1) != tt.one || i.CountGroups(2) != tt.two {
			t.Errorf("%q: %s, %s, %s", tt.word, i.Groups(), i.CountGroups(1), i.CountGroups(2))
		}
	}
}
