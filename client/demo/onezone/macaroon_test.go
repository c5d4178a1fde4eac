package onezone

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"rollcall/client/demo/demotest"
	"rollcall/client/demo/web"
)

// The vectors are signed with the secret "rollcall-test".
func TestMacaroonVectors(t *testing.T) {
	vectors := []struct {
		identifier string
		caveats    []string
		signature  string // its beginning
		token      string
	}{
		{
			"2/nmd/usr-7d0c1ab9f4e2/act/5f6b2c9e01d84a77",
			[]string{"time < 1893456000", "ip = 10.0.0.0/8|192.0.2.7/32", "interface = rest"},
			"e7fb0a61",
			"MDAxZWxvY2F00aW9uIHpvbmUuZXhhbXBsZS5jb200KMDAzYmlkZW500aWZpZXIgMi9ubWQvdXNyLTdkMGMxYWI5ZjRlMi9hY3QvN" +
				"WY2YjJjOWUwMWQ4NGE3NwowMDFhY2lkIHRpbWUgPCAxODkzNDU2MDAwCjAwMjVjaWQgaXAgPSAxMC4wLjAuMC84fDE5Mi4wLjIuN" +
				"y8zMgowMDE5Y2lkIGludGVyZmFjZSA9IHJlc3QKMDAyZnNpZ25hdHVyZSDn02wph9OkfZ31H3Swj73qWJPmk2NvQh8UaMQjcNdKi" +
				"2Ao",
		},
		{
			"2/nmd/usr-7d0c1ab9f4e2/act/aa11bb22cc33dd44",
			nil,
			"0966978f",
			"MDAxZWxvY2F00aW9uIHpvbmUuZXhhbXBsZS5jb200KMDAzYmlkZW500aWZpZXIgMi9ubWQvdXNyLTdkMGMxYWI5ZjRlMi9hY3QvY" +
				"WExMWJiMjJjYzMzZGQ00NAowMDJmc2lnbmF00dXJlIAlml401qzaf5yPhXk02ztZKHSnGeTSj1qVA01udThVMOh8Cg",
		},
		{
			"2/tmp-3/usr-7d0c1ab9f4e2/act/ee55ff6600112233",
			[]string{"time < 1609459200", "data.readonly"},
			"6e580d22",
			"MDAxZWxvY2F00aW9uIHpvbmUuZXhhbXBsZS5jb200KMDAzZGlkZW500aWZpZXIgMi900bXAtMy91c3ItN2QwYzFhYjlmNGUyL2Fj" +
				"dC9lZTU1ZmY2NjAwMTEyMjMzCjAwMWFjaWQgdGltZSA8IDE2MDk00NTkyMDAKMDAxNmNpZCBkYXRhLnJlYWRvbmx5CjAwMmZzaWd" +
				"uYXR1cmUgblgNIm3JAmdAka976lVD5sdT9D8dc5dio02D02K59lGIcK",
		},
	}
	for _, v := range vectors {
		got := mint("rollcall-test", "zone.example.com", v.identifier, v.caveats...)
		if got != v.token {
			t.Errorf("%s:\n got %s\nwant %s", v.identifier, got, v.token)
		}
		m, err := parseMacaroon(v.token)
		if err != nil {
			t.Errorf("%s: %v", v.identifier, err)
			continue
		}
		if m.location != "zone.example.com" || m.identifier != v.identifier || !slices.Equal(m.caveats, v.caveats) {
			t.Errorf("read back as %+v", m)
		}
		if !strings.HasPrefix(hex.EncodeToString(m.signature), v.signature) {
			t.Errorf("signature %x, want %s…", m.signature, v.signature)
		}
		if !m.signedWith("rollcall-test") || m.signedWith("rollcall-demo") {
			t.Error("the signature is not told right from wrong")
		}
	}
}

// packets writes keys and values in turn.
func packets(pairs ...string) string {
	var b bytes.Buffer
	for pair := range slices.Chunk(pairs, 2) {
		packet(&b, pair[0], pair[1])
	}
	return b.String()
}

func base62(s string) string {
	return base62Escapes().Replace(base64.RawURLEncoding.EncodeToString([]byte(s)))
}

func TestCaveatsCannotBeRemovedButAdded(t *testing.T) {
	m, err := parseMacaroon(mint("s", "z", "2/nmd/usr-a/act/b", "time < 5", "interface = rest"))
	if err != nil {
		t.Fatal(err)
	}
	more := m
	more.caveats = append(slices.Clone(m.caveats), "data.readonly")
	more.signature = mac(m.signature, "data.readonly") // needs no secret
	if !more.signedWith("s") {
		t.Error("a holder cannot add a caveat")
	}
	m.caveats = m.caveats[1:]
	if m.signedWith("s") {
		t.Error("a caveat was taken away unnoticed")
	}
}

func TestParseMacaroonRefuses(t *testing.T) {
	good := mint("s", "zone", "2/nmd/usr-a/act/b", "time < 5")
	unsigned := base62(packets("location", "z", "identifier", "i"))
	for name, text := range map[string]string{
		"empty":               "",
		"a word":              "hunter2",
		"cut":                 good[:len(good)-8],
		"a bad escape":        "09" + good,
		"an escape cut":       good + "0",
		"no signature":        unsigned,
		"a short signature":   base62(packets("location", "z", "identifier", "i", "signature", "short")),
		"the wrong order":     base62(packets("identifier", "i", "location", "z", "signature", strings.Repeat("x", 32))),
		"more after the end":  base62(packets("location", "z", "identifier", "i", "signature", strings.Repeat("x", 32), "cid", "c")),
		"a length too long":   base62("ffffx y\n"),
		"a length too short":  base62("0005\n"),
		"a key without value": base62("000dlocation\n"),
	} {
		if m, err := parseMacaroon(text); err == nil {
			t.Errorf("%s: accepted as %+v", name, m)
		}
	}
	if _, err := parseMacaroon("opw-" + good); err != nil {
		t.Errorf("with a prefix of Oneprovider: %v", err)
	}
}

func FuzzParseMacaroon(f *testing.F) {
	f.Add(mint("s", "zone", "2/nmd/usr-a/act/b", "time < 5"))
	f.Add("opp-MDAx")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := parseMacaroon(text)
		if err != nil {
			return
		}
		if again, err := parseMacaroon(m.String()); err != nil || again.identifier != m.identifier {
			t.Errorf("%q does not survive: %v", text, err)
		}
	})
}

func TestCaveats(t *testing.T) {
	peer := web.Prefixes([]string{"127.0.0.1"})[0].Addr()
	rest := use{now: demotest.Noon(), peer: peer, inward: "rest", service: "ozw-onezone", consumer: "usr-a"}
	tests := []struct {
		text, json string
		holds      bool
	}{
		{"time < 1893456000", `{"type":"time","validUntil":1893456000}`, true},
		{"time < 1609459200", `{"type":"time","validUntil":1609459200}`, false},
		{"ip = 127.0.0.1|10.0.0.0/8", `{"type":"ip","whitelist":["127.0.0.1/32","10.0.0.0/8"]}`, true},
		{"ip = 10.0.0.0/8", `{"type":"ip","whitelist":["10.0.0.0/8"]}`, false},
		{"asn = 64500|64501", `{"type":"asn","whitelist":[64500,64501]}`, true},
		{"asn = 64501", `{"type":"asn","whitelist":[64501]}`, false},
		{"geo.country = PL|FR", `{"filter":"whitelist","list":["PL","FR"],"type":"geo.country"}`, true},
		{"geo.country != PL", `{"filter":"blacklist","list":["PL"],"type":"geo.country"}`, false},
		{"geo.region = EU", `{"filter":"whitelist","list":["EU"],"type":"geo.region"}`, true},
		{"geo.region != Asia", `{"filter":"blacklist","list":["Asia"],"type":"geo.region"}`, true},
		{"service = ozw-onezone|opw-*", `{"type":"service","whitelist":["ozw-onezone","opw-*"]}`, true},
		{"service = ozw-*", `{"type":"service","whitelist":["ozw-*"]}`, true},
		{"service = opw-*", `{"type":"service","whitelist":["opw-*"]}`, false},
		{"consumer = usr-a|grp-b", `{"type":"consumer","whitelist":["usr-a","grp-b"]}`, true},
		{"consumer = grp-b", `{"type":"consumer","whitelist":["grp-b"]}`, false},
		{"interface = rest", `{"interface":"rest","type":"interface"}`, true},
		{"interface = oneclient", `{"interface":"oneclient","type":"interface"}`, false},
		{"api = ozw/get/user.*.*:*", `{"type":"api","whitelist":["ozw/get/user.*.*:*"]}`, true},
		{"api = ozw/get/space.*.*:*|broken", `{"type":"api","whitelist":["ozw/get/space.*.*:*","broken"]}`, false},
		{"data.readonly", `{"type":"data.readonly"}`, false},
		{"data.path = L3g=", `{"type":"data.path","whitelist":["L3g="]}`, false},
		{"data.objectid = 00", `{"type":"data.objectid","whitelist":["00"]}`, false},
		{"authorization = none", `{"scope":"identityToken"}`, false},
	}
	for _, tt := range tests {
		c, ok := parseCaveat(tt.text)
		if !ok {
			t.Errorf("%s: not understood", tt.text)
			continue
		}
		if got := string(web.Encode(c.json())); got != tt.json {
			t.Errorf("%s: %s, want %s", tt.text, got, tt.json)
		}
		if got := rest.satisfies(c); got != tt.holds {
			t.Errorf("%s: holds is %v", tt.text, got)
		}
	}
	elsewhere := rest
	elsewhere.peer = web.Prefixes([]string{"192.0.2.7"})[0].Addr()
	if c, _ := parseCaveat("geo.region != Asia"); elsewhere.satisfies(c) {
		t.Error("nobody knows where that address lies")
	}
	for _, text := range []string{"", "time < soon", "time = 5", "ip", "moon = full", "geo.country < PL"} {
		if c, ok := parseCaveat(text); ok {
			t.Errorf("%q: understood as %+v", text, c)
		}
	}
}
