package client

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
)

// fileToken is a token for files, of the user of onezoneGood.
func fileToken() string {
	return mint("location zone.example.com", "identifier 2/nmd/usr-7d0c1ab9f4e2/act/id9", "cid data.readonly", anySignature)
}

func TestOnezoneTokenForSomethingElse(t *testing.T) {
	const onlyFiles = `{"type":"data.readonly"}`
	for _, test := range []struct{ name, secret, caveat, User string }{
		{"for files", fileToken(), onlyFiles, "7d0c1ab9f4e2"},
		{"for other services", vectors[1].token, `{"type":"service","whitelist":["opw-*"]}`, "7d0c1ab9f4e2"},
		{"from elsewhere", fileToken(), `{"type":"ip","whitelist":["192.0.2.7/32"]}`, ""},
		{"of a provider", mint("location z", "identifier 2/nmd/prv-p/act/id", anySignature), onlyFiles, ""},
		{"of an old form", mint("location z", "identifier 0123456789", anySignature), onlyFiles, ""},
		{"no token", "hunter2", onlyFiles, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := asked(false)
			q.secret = test.secret
			acc, d := onezone{}.read(answer{status: 401, body: []byte(unverified(test.caveat))}, q)
			if d.State == account.Healthy || (acc != nil) != (test.User != "") || acc != nil && (acc.User.ID != test.User || acc.Token.ID == "") {
				t.Errorf("%s: %+v", d.State, acc)
			}
		})
	}
}

func TestOnezoneTellsWhoIssuedAToken(t *testing.T) {
	q := asked(false)
	q.secret = fileToken()
	_, d := onezone{}.read(answer{status: 401, body: []byte(unauthorized(`{"id":"tokenInvalid"}`))}, q)
	if !strings.HasSuffix(d.Explanation, ": it says that it comes from zone.example.com.") {
		t.Error(d.Explanation)
	}
}

// apiToken is one of the same user that allows to read their groups only.
func apiToken() string {
	return mint("location zone.example.com", "identifier 2/nmd/usr-7d0c1ab9f4e2/act/id8",
		"cid api = ozw/get/user.*.eff_groups:*", anySignature)
}

// fileZone is a zone that takes one token, one for files only and one for
// groups only.
func fileZone(r *http.Request) (*http.Response, error) {
	switch path := strings.TrimPrefix(r.URL.Path, "/api/v3/onezone"); {
	case path == inferPath:
		return respond(200, `{"validUntil":null,"dataAccessScope":{"spaces":{"s1":{"name":"Attic"}}}}`), nil
	case path == zonePath:
		return respond(200, `{"name":"Otter Zone"}`), nil
	case r.Header.Get("X-Auth-Token") == fileToken():
		return respond(401, unverified(`{"type":"data.readonly"}`)), nil
	case path == "/user" && r.Header.Get("X-Auth-Token") == apiToken():
		return respond(401, unverified(`{"type":"api","whitelist":["ozw/get/user.*.eff_groups:*"]}`)), nil
	case path == "/user":
		return respond(200, onezoneGood), nil
	case path == groupsPath:
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
	s := check(fileToken())
	if s.Health.State != account.ScopeMissing || s.Account == nil || s.Account.User.ID != "7d0c1ab9f4e2" || s.Stale() {
		t.Fatalf("%s: %+v", s.Health.State, s.Account)
	}
	token := s.Account.Token
	if token.Expiry != (account.Expiry{Kind: account.ExpiryNever, Source: "service"}) || strings.Join(token.Caveats, ", ") != "read-only" {
		t.Errorf("token = %+v", token)
	}
	if last := token.Facts[len(token.Facts)-1]; last.Value != "Attic" {
		t.Errorf("the spaces are not told: %+v", token.Facts)
	}
	if s.Details.Problem != "The token's caveats do not allow its groups to be read." {
		t.Errorf("problem = %q", s.Details.Problem)
	}

	// The name of somebody known by the id only is no change.
	s = check(vectors[1].token)
	if s.Health.State != account.Healthy || s.Account.User.FullName != "Mira Okafor" {
		t.Fatalf("%s: %+v", s.Health.State, s.Account)
	}
	for _, c := range s.Changes {
		if c.Kind != account.ChangeState {
			t.Errorf("changed: %+v", c)
		}
	}
	for token, id := range map[string]string{fileToken(): "id9", apiToken(): "id8"} {
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
		p := NewPoller([]*Client{client(fileToken())}, memory(t))
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
			if token.ID != id || strings.Join(token.Caveats, ", ") != caveats || token.Facts[len(token.Facts)-1].Value != "Attic" {
				t.Errorf("token = %+v", token)
			}
		}
		check(account.ScopeMissing, "id9", "", "read-only")
		p.Replace([]*Client{client(vectors[1].token)})
		check(account.Healthy, "aa11bb22cc33dd44", "Mira Okafor", "")
		p.Replace([]*Client{client(fileToken())})
		check(account.ScopeMissing, "id9", "Mira Okafor", "read-only")
		p.Replace([]*Client{client(vectors[1].token)})
		check(account.Healthy, "aa11bb22cc33dd44", "Mira Okafor", "")
	})
}
