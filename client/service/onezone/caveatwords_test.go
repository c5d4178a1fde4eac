package onezone

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

var caveatTexts = []struct{ caveat, words string }{
	{"time < 1893456000", "until 2030-01-01"},
	{"time < 18446744073709551615", "until 9999-12-31"},
	{"time < soon", "time < soon"},
	{"time > 1893456000", "time > 1893456000"},
	{"ip = 10.0.0.0/8|192.0.2.7/32", "only from 10.0.0.0/8 or 192.0.2.7"},
	{"ip = 192.0.2.7", "only from 192.0.2.7"},
	{"ip != 192.0.2.7", "ip != 192.0.2.7"},
	{"asn = 64500", "only from the network AS64500"},
	{"asn = 64500|64501", "only from the networks AS64500 or AS64501"},
	{"geo.country = PL|FR", "only from the countries PL or FR"},
	{"geo.country != PL", "not from the country PL"},
	{"geo.region != Asia|Europe", "not from the regions Asia or Europe"},
	{"geo.region = EU", "only from the region EU"},
	{"geo.region < EU", "geo.region < EU"},
	{"authorization = none", "only to prove who its user is"},
	{"service = ozw-onezone|opw-*", "only at Onezone or any Oneprovider"},
	{"service = ozp-onezone|opw-e5a2|opp-*|new-x", "only at Onezone's panel, Oneprovider e5a2, the panel of any Oneprovider or new-x"},
	{"consumer = usr-7d0c|grp-c2f4|prv-*", "only used by user 7d0c, group c2f4 or any Oneprovider"},
	{"consumer = usr-*|somebody", "only used by any user or somebody"},
	{"interface = rest", "only over REST"},
	{"interface = oneclient", "only over Oneclient"},
	{"interface = graphsync", "only over GraphSync"},
	{"interface = pigeon", "only over pigeon"},
	{"api = ozw/get/user.*.*:*", "only for the operation ozw/get/user.*.*:*"},
	{"data.readonly", "read-only"},
	{"data.path = L3NwYWNlL2Rpcg==", "only for the path /space/dir"},
	{"data.path = L3NwYWNlL2Rpcg==|L2I=", "only for the paths /space/dir or /b"},
	{"data.path = not base64|/w==", "only for the paths not base64 or /w=="},
	{"data.objectid = 0000A1|0000B2", "only for the file ids 0000A1 or 0000B2"},
	{"data.objectid = 1|2|3|4|5|6|7|8", "only for the file ids 1, 2, 3, 4, 5, 6 or 2 more"},
	{"moon = full", "moon = full"},
	{"moon", "moon"},
	{"ip = ", "ip = "},
	{"ip = |", "ip = |"},
	{"", ""},
}

// TestCaveatForms has the same caveat as tokens and as refusals write it.
func TestCaveatForms(t *testing.T) {
	for written, refused := range map[string]string{
		"time < 1893456000":               `{"type":"time","validUntil":1893456000}`,
		"ip = 10.0.0.0/8|192.0.2.7/32":    `{"type":"ip","whitelist":["10.0.0.0/8","192.0.2.7/32"]}`,
		"asn = 64500|64501":               `{"type":"asn","whitelist":[64500,64501]}`,
		"geo.country != PL":               `{"type":"geo.country","filter":"blacklist","list":["PL"]}`,
		"geo.region = EU":                 `{"type":"geo.region","filter":"whitelist","list":["EU"]}`,
		"service = opw-*":                 `{"type":"service","whitelist":["opw-*"]}`,
		"consumer = usr-7d0c|grp-c2f4":    `{"type":"consumer","whitelist":["usr-7d0c","grp-c2f4"]}`,
		"interface = oneclient":           `{"type":"interface","interface":"oneclient"}`,
		"api = ozw/get/space.*.*:*":       `{"type":"api","whitelist":["ozw/get/space.*.*:*"]}`,
		"data.readonly":                   `{"type":"data.readonly"}`,
		"data.path = L3NwYWNlL2Rpcg==":    `{"type":"data.path","whitelist":["L3NwYWNlL2Rpcg=="]}`,
		"data.objectid = 1|2|3|4|5|6|7|8": `{"type":"data.objectid","whitelist":["1","2","3","4","5","6","7","8"]}`,
		"authorization = none":            `{"scope":"identityToken"}`,
		"ip = 192.0.2.7":                  `"ip = 192.0.2.7"`,
		"moon = full":                     `"moon = full"`,
	} {
		if got, want := readCaveat([]byte(refused)), parseCaveat(written); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is read as %+v, and %q as %+v", refused, got, written, want)
		}
	}
}

func TestCaveatWords(t *testing.T) {
	for _, c := range caveatTexts {
		if got := parseCaveat(c.caveat).String(); got != c.words {
			t.Errorf("%q: %q, want %q", c.caveat, got, c.words)
		}
	}
}

func FuzzCaveatWords(f *testing.F) {
	for _, c := range caveatTexts {
		f.Add(c.caveat)
	}
	f.Fuzz(func(t *testing.T, caveat string) {
		got := parseCaveat(caveat).String()
		if strings.TrimSpace(got) == "" && strings.TrimSpace(caveat) != "" {
			t.Errorf("no words for %q", caveat)
		}
		if utf8.ValidString(caveat) && !utf8.ValidString(got) {
			t.Errorf("%q: %q is no text", caveat, got)
		}
	})
}
