package account_test

import (
	"reflect"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/account/accounttest"
)

func TestPrintableMissesNothing(t *testing.T) {
	var s account.Snapshot
	accounttest.Fill(reflect.ValueOf(&s).Elem(), "Snapshot")
	before := accounttest.Texts(reflect.ValueOf(s))
	if len(before) < 40 {
		t.Fatalf("only %d texts were found", len(before))
	}
	got := accounttest.Texts(reflect.ValueOf(s.Harmless()))
	if got[0] != s.Profile {
		t.Errorf("the profile is not known by its name any more, but by %q", got[0])
	}
	for i, text := range got[1:] {
		i++
		if want := strings.ReplaceAll(before[i], "\x1b", "\ufffd"); text != want {
			t.Errorf("%q was left as %q", want, text)
		}
	}
	for i, text := range accounttest.Texts(reflect.ValueOf(s)) {
		if text != before[i] {
			t.Errorf("the snapshot itself was changed: %q", text)
		}
	}
}

func TestPrintableKeepsNil(t *testing.T) {
	s := account.Snapshot{Account: &account.Account{Token: account.Token{Scopes: nil, Networks: []string{}}}}.Harmless()
	if s.Account.Token.Scopes != nil || s.Account.Token.Networks == nil {
		t.Errorf("unknown and empty are mixed up: %#v", s.Account.Token)
	}
	if (account.Snapshot{}).Harmless().Account != nil {
		t.Error("an account came from nowhere")
	}
}
