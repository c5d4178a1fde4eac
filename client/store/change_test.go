package store

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"rollcall/client/account"
)

// TestChangesOfAllKinds has each kind of change as it is stored, and as files
// from before the parts of a value were kept have it.
func TestChangesOfAllKinds(t *testing.T) {
	end := time.Date(2026, 12, 1, 8, 30, 0, 0, time.UTC)
	name := func(s string) account.Value { return account.Value{Name: s} }
	for _, tt := range []struct {
		change  account.Change
		earlier string
	}{
		{account.Change{Kind: account.ChangeState, Was: account.Value{State: account.Healthy}, Is: account.Value{State: account.InvalidToken}},
			`{"kind":"state","was":"healthy","is":"invalid_token"}`},
		{account.Change{Kind: account.ChangeUser, Was: account.Value{ID: "u1"}, Is: account.Value{Name: "Kim (Kai) Larsen", ID: "u2"}},
			`{"kind":"user","was":"u1","is":"Kim (Kai) Larsen (u2)"}`},
		{account.Change{Kind: account.ChangeUser, What: "full name", Was: name("Sam (x)"), Is: name("Sam Roe")},
			`{"kind":"user","what":"full name","was":"Sam (x)","is":"Sam Roe"}`},
		{account.Change{Kind: account.ChangeOrganization, Is: name("Acme")}, `{"kind":"organization","is":"Acme"}`},
		{account.Change{Kind: account.ChangeRole, What: "Acme", Was: name("member"), Is: name("owner")},
			`{"kind":"role","what":"Acme","was":"member","is":"owner"}`},
		{account.Change{Kind: account.ChangeLinkedAccount, Was: account.Value{Name: "egi", ID: "a b"}}, `{"kind":"linked account","was":"egi a b"}`},
		{account.Change{Kind: account.ChangeToken, What: "expiry", Was: account.Value{Ends: account.ExpiryNever}, Is: account.Value{Ends: account.ExpiryDate, At: end}},
			`{"kind":"token","what":"expiry","was":"never","is":"2026-12-01T08:30:00Z"}`},
		{account.Change{Kind: account.ChangeToken, What: "networks", Was: account.Value{Networks: []string{}}, Is: account.Value{Networks: []string{"10.0.0.0/8", "192.0.2.1"}}},
			`{"kind":"token","what":"networks","was":"any address","is":"10.0.0.0/8, 192.0.2.1"}`},
	} {
		data, err := json.Marshal(newStoredChange(tt.change))
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{string(data), tt.earlier} {
			var stored storedChange
			if err := json.Unmarshal([]byte(text), &stored); err != nil || !reflect.DeepEqual(stored.change(), tt.change) {
				t.Errorf("%s is read as %+v, want %+v; %v", text, stored.change(), tt.change, err)
			}
		}
		var now, earlier storedChange
		if json.Unmarshal(data, &now) != nil || json.Unmarshal([]byte(tt.earlier), &earlier) != nil || now.Was != earlier.Was || now.Is != earlier.Is {
			t.Errorf("an earlier rollcall would read %s, want %s", data, tt.earlier)
		}
	}
}

// TestALinkedAccountKeepsItsParts has a provider with a space in its name.
func TestALinkedAccountKeepsItsParts(t *testing.T) {
	want := account.Change{Kind: account.ChangeLinkedAccount, Is: account.Value{Name: "my school", ID: "7"}}
	if got := newStoredChange(want).change(); !reflect.DeepEqual(got, want) {
		t.Errorf("it is read as %+v", got)
	}
}
