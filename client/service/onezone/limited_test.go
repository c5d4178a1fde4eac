package onezone

import (
	"strings"
	"testing"

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
