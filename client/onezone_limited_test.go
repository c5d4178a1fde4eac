package client

import (
	"strings"
	"testing"

	"rollcall/client/account"
)

func TestOnezoneTokenForSomethingElse(t *testing.T) {
	const onlyFiles = `{"type":"data.readonly"}`
	for _, test := range []struct{ name, secret, caveat, user string }{
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
			if d.State == account.Healthy || (acc != nil) != (test.user != "") || acc != nil && (acc.User.ID != test.user || acc.Token.ID == "") {
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
