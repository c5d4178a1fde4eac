package onezone

import (
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/onezone/onezonetest"
	"rollcall/client/service/servicetest"
)

func TestOnezoneTokenForSomethingElse(t *testing.T) {
	const onlyFiles = `{"type":"data.readonly"}`
	for _, test := range []struct{ name, secret, caveat, user string }{
		{"for files", onezonetest.FileToken(), onlyFiles, "7d0c1ab9f4e2"},
		{"for other services", vectors[1].token, `{"type":"service","whitelist":["opw-*"]}`, "7d0c1ab9f4e2"},
		{"from elsewhere", onezonetest.FileToken(), `{"type":"ip","whitelist":["192.0.2.7/32"]}`, ""},
		{"of a provider", onezonetest.Mint("location z", "identifier 2/nmd/prv-p/act/id", onezonetest.AnySignature), onlyFiles, ""},
		{"of an old form", onezonetest.Mint("location z", "identifier 0123456789", onezonetest.AnySignature), onlyFiles, ""},
		{"no token", "hunter2", onlyFiles, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := servicetest.AskedWith(test.secret, false)
			acc, d := read(service.Answer{Status: 401, Body: []byte(onezonetest.Unverified(test.caveat))}, q)
			if d.State == account.Healthy || (acc != nil) != (test.user != "") || acc != nil && (acc.User.ID != test.user || acc.Token.ID == "") {
				t.Errorf("%s: %+v", d.State, acc)
			}
		})
	}
}

func TestOnezoneTellsWhoIssuedAToken(t *testing.T) {
	q := servicetest.AskedWith(onezonetest.FileToken(), false)
	_, d := read(service.Answer{Status: 401, Body: []byte(onezonetest.Unauthorized(`{"id":"tokenInvalid"}`))}, q)
	if !strings.HasSuffix(d.Explanation, ": it says that it comes from zone.example.com.") {
		t.Error(d.Explanation)
	}
}

// A token says of itself where and until when it is good, to whoever holds it.
func TestOnezoneStated(t *testing.T) {
	secret := onezonetest.Mint("location zone.example.com", "identifier 2/nmd/usr-u/act/id1", "cid time < 1893456000", "cid ip = 10.20.0.0/16|192.0.2.7", "cid data.readonly", onezonetest.AnySignature)
	got := Service{}.Stated(secret)
	if got == nil || got.ID != "id1" || got.Expiry.At.Unix() != 1893456000 || strings.Join(got.Networks, " ") != "10.20.0.0/16 192.0.2.7/32" || len(got.Caveats) != 3 {
		t.Errorf("it says %+v", got)
	}
	if got := (Service{}).Stated("hunter2"); got != nil {
		t.Errorf("a word says %+v", got)
	}
}

// A refused token tells its end by itself, whatever it was refused for; nothing that
// is no refusal makes it told.
func TestOnezoneEndOfARefusedToken(t *testing.T) {
	for _, test := range []struct {
		name, secret, cause string
		status              int
		ends                string
	}{
		{"revoked", vectors[0].token, onezonetest.Unauthorized(`{"id":"tokenRevoked"}`), 401, "2030-01-01"},
		{"from elsewhere", vectors[0].token, onezonetest.Unverified(`{"type":"ip","whitelist":["192.0.2.7/32"]}`), 401, "2030-01-01"},
		{"its end", vectors[2].token, onezonetest.Unverified(`{"type":"time","validUntil":1609459200}`), 401, "2021-01-01"},
		{"an end that only the answer tells", "opaque", onezonetest.Unverified(`{"type":"time","validUntil":1609459200}`), 401, "2021-01-01"},
		{"without an end", vectors[1].token, onezonetest.Unauthorized(`{"id":"tokenRevoked"}`), 401, "0001-01-01"},
		{"an outage", vectors[0].token, "", 503, "0001-01-01"},
	} {
		_, d := read(service.Answer{Status: test.status, Body: []byte(test.cause)}, servicetest.AskedWith(test.secret, false))
		if got := d.EndClaimed.Format(time.DateOnly); got != test.ends {
			t.Errorf("%s: %s, want %s", test.name, got, test.ends)
		}
	}
}
