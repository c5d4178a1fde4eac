package onezone

import (
	"encoding/base64"
	"reflect"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/service/onezone/onezonetest"
	"rollcall/client/text"
)

// vectors are what is to be read of the sample tokens.
var vectors = []struct {
	token   string
	read    macaroon
	account account.Token
}{
	{
		token: onezonetest.Tokens[0],
		read: macaroon{
			location: "zone.example.com", id: "5f6b2c9e01d84a77", subject: "usr-7d0c1ab9f4e2", persistence: "nmd", kind: "act",
			caveats: []string{"time < 1893456000", "ip = 10.0.0.0/8|192.0.2.7/32", "interface = rest"},
		},
		account: account.Token{
			ID: "5f6b2c9e01d84a77", Kind: "named token", Networks: []string{"10.0.0.0/8", "192.0.2.7/32"},
			Expiry: account.Expiry{Kind: account.ExpiryDate, At: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), Source: "caveat"},
			Caveats: []account.Caveat{
				{Kind: account.CaveatUntil, At: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)},
				{Kind: account.CaveatAddress, Values: []string{"10.0.0.0/8", "192.0.2.7"}},
				{Kind: account.CaveatInterface, Values: []string{"REST"}},
			},
			Facts: vectorFacts("named"),
		},
	},
	{
		token: onezonetest.Tokens[1],
		read:  macaroon{location: "zone.example.com", id: "aa11bb22cc33dd44", subject: "usr-7d0c1ab9f4e2", persistence: "nmd", kind: "act"},
		account: account.Token{
			ID: "aa11bb22cc33dd44", Kind: "named token", Networks: []string{},
			Expiry: account.Expiry{Kind: account.ExpiryNever, Source: "token"},
			Facts:  vectorFacts("named"),
		},
	},
	{
		token: onezonetest.Tokens[2],
		read: macaroon{
			location: "zone.example.com", id: "ee55ff6600112233", subject: "usr-7d0c1ab9f4e2", persistence: "tmp-3", kind: "act",
			caveats: []string{"time < 1609459200", "data.readonly"},
		},
		account: account.Token{
			ID: "ee55ff6600112233", Kind: "temporary token", Networks: []string{},
			Expiry:  account.Expiry{Kind: account.ExpiryDate, At: time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC), Source: "caveat"},
			Caveats: []account.Caveat{{Kind: account.CaveatUntil, At: time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)}, {Kind: account.CaveatReadOnly}},
			Facts:   vectorFacts("temporary, generation 3"),
		},
	},
}

// vectorFacts are what all vectors say, but for their persistence.
func vectorFacts(persistence string) []account.Fact {
	return []account.Fact{
		{Name: "lifetime", Value: persistence, Source: "token"},
		{Name: "subject", Value: "user 7d0c1ab9f4e2", Source: "token"},
		{Name: "domain", Value: "zone.example.com", Source: "token"},
	}
}

func TestParseMacaroon(t *testing.T) {
	for i, v := range vectors {
		for _, prefix := range []string{"", "opw-", "opp-"} {
			m, ok := parseMacaroon(prefix + v.token)
			if !ok || !reflect.DeepEqual(m, v.read) {
				t.Errorf("vector %d %s: %+v, %v", i, prefix, m, ok)
			}
			if got := m.token(); !reflect.DeepEqual(*got, v.account) {
				t.Errorf("vector %d: %+v\nwant %+v", i, *got, v.account)
			}
		}
	}
}

func TestParseMacaroonRefuses(t *testing.T) {
	if m, ok := parseMacaroon(onezonetest.Mint("location z", "identifier i", "cid a b", onezonetest.AnySignature)); !ok || m.id != "i" || m.caveats[0] != "a b" {
		t.Fatalf("the mint makes no tokens: %+v", m)
	}
	for name, token := range map[string]string{
		"nothing":              "",
		"an API key":           "google:ya29.a0AfH6SMB",
		"a bad escape":         "MDAx09",
		"an escape cut off":    vectors[0].token[:13] + "0",
		"a token cut off":      vectors[0].token[:100],
		"a token with a tail":  vectors[0].token + "AAAA",
		"no signature":         onezonetest.Mint("location z", "identifier i"),
		"no identifier":        onezonetest.Mint("location z", onezonetest.AnySignature),
		"no location":          onezonetest.Mint("identifier i", onezonetest.AnySignature),
		"another order":        onezonetest.Mint("identifier i", "location z", onezonetest.AnySignature),
		"a second identifier":  onezonetest.Mint("location z", "identifier i", "identifier j", onezonetest.AnySignature),
		"a short signature":    onezonetest.Mint("location z", "identifier i", "signature abc"),
		"something after":      onezonetest.Mint("location z", "identifier i", onezonetest.AnySignature, "cid x"),
		"an unknown packet":    onezonetest.Mint("location z", "identifier i", "vid x", onezonetest.AnySignature),
		"a packet without key": onezonetest.Mint("location z", "identifier i", "x", onezonetest.AnySignature),
		"a size of zero":       strings.NewReplacer("0", "00").Replace(base64.RawURLEncoding.EncodeToString([]byte("0000"))),
		"more than it may be":  strings.Repeat("A", maxMacaroon+1),
	} {
		if m, ok := parseMacaroon(token); ok {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

func TestMacaroonToken(t *testing.T) {
	const v2 = "2/nmd/usr-u/act/id"
	for _, test := range []struct {
		name, identifier string
		caveats          []string
		kind             string
		expiry           account.ExpiryKind
		at               int64
		networks         []string
	}{
		{name: "legacy", identifier: "0123456789", kind: "legacy token", expiry: account.ExpiryUnknown},
		{name: "legacy that ends", identifier: "0123456789", caveats: []string{"time < 100"}, kind: "legacy token", expiry: account.ExpiryDate, at: 100},
		{name: "identity", identifier: "2/nmd/usr-u/idn/id", kind: "identity token", expiry: account.ExpiryNever, networks: []string{}},
		{name: "session", identifier: "2/tmp-1/usr-u/act:s1/id", kind: "temporary token", expiry: account.ExpiryNever, networks: []string{}},
		{name: "invite", identifier: "2/nmd/usr-u/ujg-x/id", kind: "invite token", expiry: account.ExpiryNever, networks: []string{}},
		{name: "earliest end", identifier: v2, caveats: []string{"time < 300", "time < 200", "time < 250"}, kind: "named token", expiry: account.ExpiryDate, at: 200, networks: []string{}},
		{name: "far end", identifier: v2, caveats: []string{"time < 18446744073709551615"}, kind: "named token", expiry: account.ExpiryDate, at: 253402300799, networks: []string{}},
		{name: "end not readable", identifier: v2, caveats: []string{"time < 300", "time < soon"}, kind: "named token", expiry: account.ExpiryUnknown, networks: []string{}},
		{name: "networks in networks", identifier: v2, caveats: []string{"ip = 10.0.0.0/8|192.0.2.0/24", "ip = 10.1.0.0/16|192.0.0.0/8|172.16.0.1"}, kind: "named token", expiry: account.ExpiryNever, networks: []string{"10.1.0.0/16", "192.0.2.0/24"}},
		{name: "networks apart", identifier: v2, caveats: []string{"ip = 10.0.0.0/8", "ip = 192.0.2.1"}, kind: "named token", expiry: account.ExpiryNever},
		{name: "networks not readable", identifier: v2, caveats: []string{"ip = home"}, kind: "named token", expiry: account.ExpiryNever},
		{name: "a country", identifier: v2, caveats: []string{"ip = 10.0.0.1", "geo.country = PL"}, kind: "named token", expiry: account.ExpiryNever},
		{name: "an address", identifier: v2, caveats: []string{"ip = 10.0.0.1"}, kind: "named token", expiry: account.ExpiryNever, networks: []string{"10.0.0.1/32"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			packets := []string{"location z", "identifier " + test.identifier}
			for _, c := range test.caveats {
				packets = append(packets, "cid "+c)
			}
			m, ok := parseMacaroon(onezonetest.Mint(append(packets, onezonetest.AnySignature)...))
			if !ok {
				t.Fatal("not read")
			}
			got := m.token()
			if got.Kind != test.kind || got.Expiry.KindOrUnknown() != test.expiry || !reflect.DeepEqual(got.Networks, test.networks) {
				t.Errorf("%+v", got)
			}
			if test.expiry == account.ExpiryDate && got.Expiry.At.Unix() != test.at {
				t.Errorf("ends at %d, want %d", got.Expiry.At.Unix(), test.at)
			}
		})
	}
}

func TestMacaroonFacts(t *testing.T) {
	for identifier, want := range map[string]string{
		"0123456789":              "domain z",
		"2/nmd/usr-u/act/id":      "lifetime named, subject user u, domain z",
		"2/tmp-7/prv-p/act/id":    "lifetime temporary, generation 7, subject Oneprovider p, domain z",
		"2/odd/somebody/act:s/id": "lifetime odd, subject somebody, domain z",
	} {
		m, _ := parseMacaroon(onezonetest.Mint("location z", "identifier "+identifier, onezonetest.AnySignature))
		var got []string
		for _, f := range m.token().Facts {
			got = append(got, f.Name+" "+f.Value)
			if f.Source != "token" {
				t.Errorf("%s: the source is %q", identifier, f.Source)
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %q, want %q", identifier, got, want)
		}
	}
}

func TestMacaroonUser(t *testing.T) {
	for identifier, want := range map[string]string{
		"0123456789": "", "2/nmd/usr-u/act/id": "u", "2/tmp-1/usr-u/act:session/id": "u",
		"2/nmd/usr-u/idn/id": "", "2/nmd/usr-u/ujg-x/id": "", "2/nmd/prv-p/act/id": "",
	} {
		if m, _ := parseMacaroon(onezonetest.Mint("location z", "identifier "+identifier, onezonetest.AnySignature)); m.user() != want {
			t.Errorf("%s: %q", identifier, m.user())
		}
	}
}

func TestManyCaveatsAreBounded(t *testing.T) {
	packets := []string{"location z", "identifier i"}
	for range 100 {
		packets = append(packets, "cid moon = "+strings.Repeat("full", 1000))
	}
	m, _ := parseMacaroon(onezonetest.Mint(append(packets, onezonetest.AnySignature)...))
	got := m.token().Conditions()
	if len(got) != maxCaveats+1 || got[maxCaveats] != "and under 80 more conditions" || len(got[0]) > text.MaxFact+len("…") {
		t.Errorf("%d caveats, the first of %d bytes, the last %q", len(got), len(got[0]), got[len(got)-1])
	}
}

func FuzzParseMacaroon(f *testing.F) {
	for _, v := range vectors {
		f.Add(v.token)
	}
	f.Add(onezonetest.Mint("location z", "identifier i", "cid ip = 10.0.0.1|::/0", "cid time < 1", onezonetest.AnySignature))
	f.Fuzz(func(t *testing.T, s string) {
		m, ok := parseMacaroon(s)
		if !ok {
			return
		}
		token := m.token()
		if token.Expiry.Kind == account.ExpiryNever && m.legacy() {
			t.Errorf("a legacy token says nothing of its end: %+v", token)
		}
		if _, err := token.Expiry.At.MarshalText(); err != nil {
			t.Error(err)
		}
	})
}
