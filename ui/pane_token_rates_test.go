package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/ui/theme"
)

// TestRates has budgets of every form in panes of several sizes.
func TestRates(t *testing.T) {
	core := account.RateLimit{Name: "core", Limit: pointer(int64(5000)), Remaining: pointer(int64(3712)), ResetAt: noon.Add(31 * time.Minute)}
	left := account.RateLimit{Name: "search", Remaining: pointer(int64(7)), ResetAt: noon.Add(41 * time.Second)}
	limit := account.RateLimit{Limit: pointer(int64(60))}
	silent := account.RateLimit{Name: "odd", ResetAt: noon.Add(time.Hour)}
	long := account.RateLimit{Name: "requests of the organization", Limit: pointer(int64(10)), Remaining: pointer(int64(10)), ResetAt: noon.Add(time.Hour)}
	for _, tt := range []struct {
		name   string
		w, h   int
		limits []account.RateLimit
		want   string
	}{
		{"none", 60, 20, nil, ""},
		{"one", 60, 20, []account.RateLimit{core}, "rate      ██████████████▉░░░░░ 3712/5000 · full in 31m"},
		{"one that says something", 60, 20, []account.RateLimit{silent, left}, "rate      7 left · full in 41s"},
		{"two, one in full", 60, 20, []account.RateLimit{core, left},
			"rate      core   ████████████▋░░░░ 3712/5000 · full in 31m\n          search                   7 left    · full in 41s"},
		{"no gauge", 36, 20, []account.RateLimit{core, left}, "rate      core   3712/5000 31m\n          search 7 left    41s"},
		{"no share", 60, 20, []account.RateLimit{left, limit}, "rate      search 7 left   · full in 41s\n                 limit 60"},
		{"low", 60, 6, []account.RateLimit{core, left, limit}, "rate      core ██████████████▏░░░░ 3712/5000 · full in 31m\n          and 2 more"},
		{"low, two", 60, 6, []account.RateLimit{left, limit}, "rate      search 7 left   · full in 41s\n                 limit 60"},
		{"a full one and a long name", 44, 20, []account.RateLimit{core, long},
			"rate      core       █████▎░ 3712/5000 31m\n          requests … ███████ 10/10"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := &row{snap: &account.Snapshot{}}
			r.snap.SetRateLimits(tt.limits)
			p := newProfilePen(theme.NewStyles(theme.Look{}), tt.w, tt.h, noon, r)
			p.rates()
			var lines []string
			for _, item := range p.Items {
				for _, l := range item.Lines() {
					lines = append(lines, strings.TrimRight(ansi.Strip(l)[1:], " "))
				}
			}
			if got := strings.Join(lines, "\n"); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
