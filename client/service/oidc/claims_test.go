package oidc

import (
	"fmt"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/service"
)

// What two claims tell of the same counts once, and what of either was cut counts with it.
func TestHowManyGroups(t *testing.T) {
	numbered := func(from, to int) string {
		var all []string
		for i := from; i < to; i++ {
			all = append(all, fmt.Sprintf(`"g%d"`, i))
		}
		return "[" + strings.Join(all, ",") + "]"
	}
	for name, tt := range map[string]struct {
		claims      string
		kept, total int
	}{
		"the same twice":            {`"organization":` + numbered(0, 1500) + `,"organizations":` + numbered(0, 1500), 1500, 0},
		"the same twice, and more":  {`"organization":` + numbered(0, 10) + `,"organizations":` + numbered(0, 2300), 2000, 2300},
		"different ones":            {`"organization":` + numbered(0, 1500) + `,"organizations":` + numbered(1000, 2500), 2000, 2500},
		"some that nobody can read": {`"groups":[5,6,` + numbered(0, 2300)[1:], 1998, 2300},
		"an object":                 {`"organization":{` + strings.ReplaceAll(strings.Trim(numbered(0, 2300), "[]"), ",", ":{},") + `:{}}`, 2000, 2300},
	} {
		acc, d := read(service.Answer{Status: 200, Body: []byte(`{"sub":"u1",` + tt.claims + `}`)}, asked("s3cret"))
		if d.State != account.Healthy {
			t.Fatalf("%s: %+v", name, d)
		}
		bounded := acc.Bounded()
		if n := len(bounded.Organizations); n != tt.kept || bounded.Totals.Organizations != tt.total {
			t.Errorf("%s: %d of %d are kept", name, n, bounded.Totals.Organizations)
		}
	}
}
