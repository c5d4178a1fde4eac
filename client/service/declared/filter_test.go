package declared_test

import (
	"fmt"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/service/servicetest"
)

// TestFiltersOfALongList has filters look for an element that stands behind those which are
// kept anyway. One that would look through all of the answer for each element does not.
func TestFiltersOfALongList(t *testing.T) {
	var all strings.Builder
	for i := range account.MaxListed + 500 {
		fmt.Fprintf(&all, `{"id":"u%d","x":%d},`, i, i)
	}
	body := `{"a":[` + all.String() + `{"id":"wanted","x":7000,"in":[{"y":1}]}],"x":7000,"b":[7000]}`
	for path, found := range map[string]bool{
		`$.a[?@.x == 7000].id`:                    true,
		`$..[?@.x == 7000].id`:                    true,
		`$.a[?@.x == $.x].id`:                     true,
		`$.a[?@.x == $["x"] && @.in].id`:          true,
		`$.a[?@.in[?@.y == 1]].id`:                true,
		`$.a[?@.x == 7000 && @.id != "$..*"].id`:  true,
		`$.a[?@.x == 7000 && $..b].id`:            false,
		`$.a[?@.x == 7000 && $.a[?@.x]].id`:       false,
		`$.a[?@.x == 7000 && count($.a[*])>1].id`: false,
		`$.a[?@.x == 7001].id`:                    false,
	} {
		s := described(t, changed("id = '"+path+"'"))
		got, _ := servicetest.Identify(s, answered(200, body), asked(t, s))
		if (got != nil) != found || found && got.User.ID != "wanted" {
			t.Errorf("%s finds %+v", path, got)
		}
	}
}

// TestPlaces takes places in a list that are kept of each, and numbers that are none.
func TestPlaces(t *testing.T) {
	all := make([]string, account.MaxListed)
	for i := range all {
		all[i] = fmt.Sprintf(`{"id":"u%d","x":%d}`, i, -i)
	}
	body := `{"-1":[` + strings.Join(all, ",") + `]}`
	for path, want := range map[string]string{
		`$['-1'][1999].id`:               "u1999",
		`$['-1'][1999:].id`:              "u1999",
		`$['-1'][1998:2000:3].id`:        "u1998",
		`$['-1'][?@.x == -1].id`:         "u1",
		`$['-1'][?@['x'] <= -2, 5].id`:   "u2",
		`$['-1'][?@.x >= -3000].id`:      "u0",
		`$['-1'][?3 == length(@.id)].id`: "u10",
	} {
		s := described(t, changed(`id = "`+path+`"`))
		if got, _ := servicetest.Identify(s, answered(200, body), asked(t, s)); got == nil || got.User.ID != want {
			t.Errorf("%s finds %+v, want %s", path, got, want)
		}
	}
}
