package draw

import (
	"strings"
	"testing"
	"time"
)

func TestEndAxis(t *testing.T) {
	const day = 24 * time.Hour
	for _, c := range []struct {
		next, last time.Duration
		w          int
		want       string
	}{
		{time.Minute, time.Hour, 99, "now 1 h 1 day 1 week 1 month"}, {2 * day, 20 * day, 99, "now 1 day 1 week 1 month"},
		{2 * day, 80 * day, 99, "now 1 day 1 week 1 month 3 months"},
		{2 * day, 5000 * day, 99, "now 1 day 1 week 1 month 3 months 1 year 3 years 10 years"},
		{time.Minute, 1500 * day, 37, "now 1 week 1 month 1 year 10 years"}, {time.Minute, time.Hour, 20, "now 1 week 1 month"},
		{2 * day, 5000 * day, 5, "now 10 years"},
	} {
		var names []string
		a := NewEndAxis(c.next, c.last, c.w)
		for _, m := range a.marks {
			names = append(names, m.name)
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("marks to %v: %s", c.last, got)
		}
		before := 0
		a.w = 40
		for left := time.Duration(0); left < c.last+day; left += c.last / 97 {
			x := a.Place(left)
			if x < before || x > 39 {
				t.Fatalf("%v is at %d after %d", left, x, before)
			}
			before = x
		}
	}
}
