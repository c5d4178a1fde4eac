package gitea

import (
	"reflect"
	"strings"
	"testing"
)

func TestScopes(t *testing.T) {
	for text, want := range map[string]struct {
		required, own, missing string
		told                   bool
	}{
		"token does not have at least one of required scope(s), required=[read:user read:organization], token scope=read:user":  {"read:user read:organization", "read:user", "read:organization", true},
		"token does not have at least one of required scope(s), required=[read:admin], token scope=write:admin":                 {"read:admin", "write:admin", "", true},
		"token does not have at least one of required scope(s), required=[write:user], token scope=read:user,all":               {"write:user", "read:user all", "", true},
		"token does not have at least one of required scope(s), required=[write:user], token scope=read:user":                   {"write:user", "read:user", "write:user", true},
		"token does not have at least one of required scope(s), required=[read:user], token scope=":                             {"read:user", "", "read:user", true},
		"token does not have at least one of required scope(s), required=[read:user <b>x</b> s3cret-1], token scope=\x1b[31m,a": {"read:user", "", "read:user", true},
		"token does not have at least one of required scope(s): [read:user read:misc]":                                          {"read:user read:misc", "", "read:user read:misc", false},
	} {
		r, ok := readScopes(text)
		if !ok || strings.Join(r.required, " ") != want.required || strings.Join(r.own, " ") != want.own ||
			strings.Join(r.missing(), " ") != want.missing || (r.own != nil) != want.told {
			t.Errorf("%s:\n%+v, %t, missing %v", text, r, ok, r.missing())
		}
	}
	for _, text := range []string{"", "token is required", "token scope is limited to public users"} {
		if r, ok := readScopes(text); ok || !reflect.DeepEqual(r, scopeRefusal{}) {
			t.Errorf("%q is about scopes: %+v", text, r)
		}
	}
}

func FuzzScopes(f *testing.F) {
	f.Add("token does not have at least one of required scope(s), required=[read:user], token scope=all")
	f.Add("required scope(s): [x]")
	f.Fuzz(func(t *testing.T, message string) {
		r, _ := readScopes(message)
		for _, s := range append(r.missing(), r.own...) {
			if !scopeName().MatchString(s) {
				t.Errorf("%q is no scope", s)
			}
		}
	})
}
