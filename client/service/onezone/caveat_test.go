package onezone

import (
	"encoding/json"
	"strings"
	"testing"

	"rollcall/client/account"
)

// A refusal tells of all values of a caveat, however many were not read.
func TestCaveatOfManyValues(t *testing.T) {
	const values = account.MaxListed + 500
	list := `["PL"` + strings.Repeat(`,"FR"`, values-1) + `]`
	for _, refused := range []string{
		`{"type":"consumer","whitelist":` + list + `}`,
		`{"type":"geo.country","filter":"whitelist","list":` + list + `}`,
	} {
		c := readCaveat(json.RawMessage(refused))
		if len(c.Values) != maxValues || c.More != values-maxValues {
			t.Errorf("%.40s… has %d values and %d more", refused, len(c.Values), c.More)
		}
	}
	// Those that nobody can read are none, with or without more behind them.
	if c := readCaveat(json.RawMessage(`{"type":"ip","whitelist":[` + strings.Repeat("{},", values) + `{}]}`)); len(c.Values) != 0 || c.More != 0 {
		t.Errorf("of unreadable ones it has %d and %d more", len(c.Values), c.More)
	}
}
