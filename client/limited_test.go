package client

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
	"rollcall/client/service/onezone/onezonetest"
)

// fileZone is a zone that takes one token, one for files only and one for
// groups only.
func fileZone(r *http.Request) (*http.Response, error) {
	switch path := strings.TrimPrefix(r.URL.Path, "/api/v3/onezone"); {
	case path == "/tokens/infer_access_token_scope":
		return respond(200, `{"validUntil":null,"dataAccessScope":{"spaces":{"s1":{"name":"Attic"}}}}`), nil
	case path == "/configuration":
		return respond(200, `{"name":"Otter Zone"}`), nil
	case r.Header.Get("X-Auth-Token") == onezonetest.FileToken():
		return respond(401, onezonetest.Unverified(`{"type":"data.readonly"}`)), nil
	case path == "/user" && r.Header.Get("X-Auth-Token") == onezonetest.ApiToken():
		return respond(401, onezonetest.Unverified(`{"type":"api","whitelist":["ozw/get/user.*.eff_groups:*"]}`)), nil
	case path == "/user":
		return respond(200, onezonetest.Good), nil
	case path == "/user/effective_groups":
		return respond(200, `{"groups":[]}`), nil
	}
	return respond(404, ""), nil
}

// TestOnezoneFileToken checks with a token for files: who its user is and what
// it opens is told, and nothing that was known is lost.
func TestOnezoneFileToken(t *testing.T) {
	dir := t.TempDir()
	check := func(secret string) account.Snapshot {
		c := New(Profile{
			Name: "mount", Provider: "onezone", BaseURL: "https://zone.example.com",
			Credential: fixedCredential{secret: secret},
		}, overRoundTrip(fileZone))
		store := open(t, dir)
		defer store.Close()
		return NewPoller([]*Client{c}, store).Once(t.Context())[0]
	}
	s := check(onezonetest.FileToken())
	if s.Health.State != account.ScopeMissing || s.Account == nil || s.Account.User.ID != "7d0c1ab9f4e2" || s.Stale() {
		t.Fatalf("%s: %+v", s.Health.State, s.Account)
	}
	token := s.Account.Token
	if token.Expiry != (account.Expiry{Kind: account.ExpiryNever, Source: "service"}) || strings.Join(token.Conditions(), ", ") != "read-only" {
		t.Errorf("token = %+v", token)
	}
	if last := token.Facts[len(token.Facts)-1]; last.Value != "Attic" {
		t.Errorf("the spaces are not told: %+v", token.Facts)
	}
	if s.Details.Notes.String() != "The token's caveats do not allow its groups to be read." {
		t.Errorf("notes = %q", s.Details.Notes.String())
	}

	// The name of somebody known by the id only is no change.
	s = check(onezonetest.Tokens[1])
	if s.Health.State != account.Healthy || s.Account.User.FullName != "Mira Okafor" {
		t.Fatalf("%s: %+v", s.Health.State, s.Account)
	}
	for _, c := range s.Changes {
		if c.Kind != account.ChangeState {
			t.Errorf("changed: %+v", c)
		}
	}
	for token, id := range map[string]string{onezonetest.FileToken(): "id9", onezonetest.ApiToken(): "id8"} {
		s = check(token)
		if s.Health.State != account.ScopeMissing || s.Account.User.FullName != "Mira Okafor" || !s.Stale() {
			t.Errorf("%s: the last good answer is gone: %+v", s.Health.State, s.Account)
		}
		if s.Account.Token.ID != id || len(s.Account.Token.Caveats) != 1 {
			t.Errorf("the token shown is another: %+v", s.Account.Token)
		}
	}
}

// TestOnezoneFileTokenLater goes on with automatic checks, which ask for no
// details: what these told of the token stays, and of that token only.
func TestOnezoneFileTokenLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := overRoundTrip(fileZone)
		client := func(secret string) *Client {
			return New(Profile{
				Name: "mount", Provider: "onezone", BaseURL: "https://zone.example.com", Interval: time.Minute,
				Credential: fixedCredential{secret: secret},
			}, n)
		}
		p := NewPoller([]*Client{client(onezonetest.FileToken())}, memory(t))
		r, stop := start(t, p)
		defer stop()
		check := func(state account.State, id, name, caveats string) {
			t.Helper()
			pass(5 * time.Minute)
			s := r.last("mount")
			if s.Health.State != state || s.Account.User.FullName != name {
				t.Fatalf("%s: %+v", s.Health.State, s.Account.User)
			}
			token := s.Account.Token
			if token.ID != id || strings.Join(token.Conditions(), ", ") != caveats || token.Facts[len(token.Facts)-1].Value != "Attic" {
				t.Errorf("token = %+v", token)
			}
		}
		check(account.ScopeMissing, "id9", "", "read-only")
		p.Replace([]*Client{client(onezonetest.Tokens[1])})
		check(account.Healthy, "aa11bb22cc33dd44", "Mira Okafor", "")
		p.Replace([]*Client{client(onezonetest.FileToken())})
		check(account.ScopeMissing, "id9", "Mira Okafor", "read-only")
		p.Replace([]*Client{client(onezonetest.Tokens[1])})
		check(account.Healthy, "aa11bb22cc33dd44", "Mira Okafor", "")
	})
}
