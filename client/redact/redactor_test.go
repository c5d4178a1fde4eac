package redact_test

import (
	"testing"

	"rollcall/client/account"
	"rollcall/client/redact"
)

func TestNew(t *testing.T) {
	tests := []struct{ name, secret, in, want string }{
		{"whole", "tok_123/x", "tok_123/x", redact.Mark},
		{"within", "tok_123/x", "bad token tok_123/x, sorry", "bad token " + redact.Mark + ", sorry"},
		{"twice", "tok_123/x", "tok_123/xtok_123/x", redact.Mark + redact.Mark},
		{"basic", "tok_123/x", "Basic c2FtOnRva18xMjMveA==", "Basic " + redact.Mark},
		{"in a query", "tok_123/x", "?t=tok_123%2Fx", redact.Mark},
		{"in JSON", `to"k\1`, `{"t":"to\"k\\1"}`, redact.Mark},
		{"cut", "tok_123/x", "bad token tok_12…", "bad token " + redact.Mark + "…"},
		{"cut in the middle of a sentence", "tok_123/x", "It says tok_123…. Sorry…", "It says " + redact.Mark + "…. Sorry…"},
		{"cut elsewhere", "tok_123/x", "to… tok… x…", "to… tok… x…"},
		{"short, whole", "ok", "ok", redact.Mark},
		{"short, within", "ok", "all is ok", "all is ok"},
		{"absent", "tok_123/x", "Sam Roe", "Sam Roe"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := redact.New("sam", tt.secret)(tt.in); got != tt.want {
				t.Errorf("%q became %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// TestBeginning finds the beginning of a secret that was cut off where the text ends.
func TestBeginning(t *testing.T) {
	for in, want := range map[string]string{
		"token=tok_12": "token=" + redact.Mark, "token=tok_123/x": "token=" + redact.Mark, "tok_123/x and more": redact.Mark + " and more",
		"nothing…": "nothing…", "": "",
	} {
		if got := redact.Beginning(in, redact.New("", "tok_123/x")); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestSnapshotKeepsOurOwnWords(t *testing.T) {
	s := account.Snapshot{
		Profile: "demo", Endpoint: "https://demo.example/me",
		Health:  account.Health{State: account.Healthy, Description: "demo"},
		Account: &account.Account{User: account.User{FullName: "demo"}, Token: account.Token{Expiry: account.Expiry{Kind: account.ExpiryNever}}},
	}
	got := redact.Snapshot(s, redact.New("", "demo"), redact.New("", "demo"))
	if got.Profile != s.Profile || got.Endpoint != s.Endpoint || got.Account.User.FullName != redact.Mark || got.Health.Description != redact.Mark {
		t.Errorf("snapshot became %+v", got)
	}
	for _, secret := range []string{"healthy", "never"} {
		got := redact.Snapshot(s, redact.New("", secret), redact.New("", secret))
		if got.Health.State != account.Healthy || got.Account.Token.Expiry.Kind != account.ExpiryNever {
			t.Errorf("%q: snapshot became %+v", secret, got)
		}
	}
	if s.Account.User.FullName != "demo" {
		t.Error("the snapshot itself was changed")
	}
}
