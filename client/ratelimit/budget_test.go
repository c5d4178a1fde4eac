package ratelimit_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
)

// listener counts the news of a rate limit.
type listener struct{ news int }

func (l *listener) News() { l.news++ }

func TestReserve(t *testing.T) {
	limit, small := int64(5), int64(1)
	a, b := &listener{}, &listener{}
	all := ratelimit.NewBudgets()
	after := func(d time.Duration) time.Time { return midday.Add(d) }
	place := func(name string, w ratelimit.Subscriber, wanted, want time.Duration) {
		t.Helper()
		if got := all.Reserve(w, "x", after(wanted)); !got.Equal(after(want)) {
			t.Errorf("%s: %v, want %v", name, got.Sub(midday), want)
		}
	}
	place("nothing is known", a, 0, 0)
	all.Switch(a, "", "x")
	all.Switch(b, "", "x")
	all.CountRequest("x", midday, time.Minute)
	place("no limit", a, time.Second, time.Second)
	all.Observe("x", []account.RateLimit{{Limit: &limit, ResetAt: after(30 * time.Second)}}, midday)
	all.Observe("x", []account.RateLimit{{Limit: &small}}, after(-time.Second))
	if n := all.Limit("x"); n != 5 {
		t.Errorf("the limit is %d", n)
	}
	if a.news == 0 || b.news == 0 {
		t.Error("those who use it were not told")
	}
	// Each request takes up 48 seconds.
	place("alone", a, 10*time.Second, 10*time.Second)
	place("after the other", b, 20*time.Second, 58*time.Second)
	place("the same again", b, 58*time.Second, 58*time.Second)
	place("long after", a, 200*time.Second, 200*time.Second)
	place("before the other", b, 100*time.Second, 100*time.Second)
	all.CountRequest("x", midday, 0)
	place("after one that was sent", b, 10*time.Second, 48*time.Second)
	for range 10 {
		all.CountRequest("x", midday, 0)
	}
	place("a window after many", b, 10*time.Second, 60*time.Second)
	all.LearnLimit("x", 1000)
	if n := all.Limit("x"); n != 5 {
		t.Errorf("a record took the place of a header: %d", n)
	}
	all.Switch(a, "x", "y")
	place("no longer one of them", a, 61*time.Second, 61*time.Second)
	all.Switch(a, "y", "")
	if all.Len() != 1 {
		t.Errorf("%d credentials are kept", all.Len())
	}
}

// A service may have a budget an hour and one a minute, and tell whichever is
// nearer to its end.
func TestLimitsOfAServiceAreNotMixed(t *testing.T) {
	hourly, minutely := int64(5000), int64(10)
	w, all := &listener{}, ratelimit.NewBudgets()
	all.Switch(w, "", "x")
	all.Observe("x", []account.RateLimit{{Limit: &hourly, ResetAt: midday.Add(time.Hour)}}, midday)
	all.Observe("x", []account.RateLimit{{Limit: &minutely, ResetAt: midday.Add(time.Minute)}}, midday.Add(time.Second))
	all.CountRequest("x", midday, 0)
	if got, want := all.Reserve(w, "x", midday), midday.Add(23*time.Second+600*time.Millisecond); !got.Equal(want) {
		t.Errorf("the next request waits for %v, want %v", got.Sub(midday), want.Sub(midday))
	}
}

func TestBudgetAfterTheClockWasSetBack(t *testing.T) {
	limit, less := int64(10), int64(5)
	w, all := &listener{}, ratelimit.NewBudgets()
	all.Switch(w, "", "x")
	now, wrong := time.Now(), time.Now().AddDate(1, 0, 0)
	all.CountRequest("x", wrong, time.Minute)
	all.Observe("x", []account.RateLimit{{Limit: &limit}}, wrong)
	all.CountRequest("x", wrong, time.Minute)
	all.Observe("x", []account.RateLimit{{Limit: &limit, Remaining: &less}}, now)
	if r, at := all.Latest("x"); len(r) != 1 || r[0].Remaining == nil || !at.Equal(now) {
		t.Errorf("it is still %+v of %v", r, at)
	}
	if got := all.Reserve(w, "x", now); !got.Equal(now) {
		t.Errorf("the next request waits for %v", got.Sub(now))
	}
}

// TestBudgetsOfSeveralAnswers has requests of one credential count for budgets of
// their own, and the answers tell of one or two each.
func TestBudgetsOfSeveralAnswers(t *testing.T) {
	bucket := func(name string, remaining int64, reset time.Duration) account.RateLimit {
		limit := int64(100)
		r := account.RateLimit{Name: name, Limit: &limit, Remaining: &remaining}
		if reset > 0 {
			r.ResetAt = midday.Add(reset)
		}
		return r
	}
	all := ratelimit.NewBudgets()
	for _, step := range []struct {
		at   time.Duration
		told []account.RateLimit
		want string
	}{
		{0, []account.RateLimit{bucket("core", 50, time.Hour)}, "core 50"},
		{time.Second, []account.RateLimit{bucket("search", 3, time.Minute), bucket("graphql", 90, 2*time.Hour)}, "search 3, core 50, graphql 90"},
		{2 * time.Second, []account.RateLimit{bucket("core", 2, time.Hour)}, "core 2, search 3, graphql 90"},
		{3 * time.Second, []account.RateLimit{bucket("", 1, time.Hour), bucket("hour", 40, 0)}, " 1, core 2, search 3, hour 40, graphql 90"},
		{4 * time.Second, nil, " 1, core 2, search 3, hour 40, graphql 90"},
		// What has no name may be any of the others, what is full again and
		// what has no reset is over.
		{2 * time.Hour, []account.RateLimit{bucket("core", 99, 3*time.Hour)}, "core 99"},
	} {
		all.Observe("x", step.told, midday.Add(step.at))
		var got []string
		rates, _ := all.Latest("x")
		for _, r := range rates {
			got = append(got, fmt.Sprint(r.Name, " ", *r.Remaining))
		}
		if text := strings.Join(got, ", "); text != step.want {
			t.Errorf("after %v: %s, want %s", step.at, text, step.want)
		}
	}
	for i := range 3 * account.MaxRateLimits {
		all.Observe("x", []account.RateLimit{bucket(fmt.Sprint("n", i), int64(i), time.Hour)}, midday.Add(time.Duration(i)))
	}
	if rates, _ := all.Latest("x"); len(rates) > account.MaxRateLimits {
		t.Errorf("%d budgets are kept", len(rates))
	}
}

// What is told besides is kept with what answers told, and paces nothing.
func TestNotedBudgets(t *testing.T) {
	core, graphql := int64(5000), int64(1)
	all := ratelimit.NewBudgets()
	all.Observe("x", []account.RateLimit{{Name: "core", Limit: &core, Remaining: &core, ResetAt: midday.Add(time.Hour)}}, midday)
	all.Note("x", nil, midday)
	all.Note("x", []account.RateLimit{{Name: "graphql", Limit: &core, Remaining: &graphql, ResetAt: midday.Add(time.Hour)}}, midday.Add(time.Second))
	rates, at := all.Latest("x")
	if len(rates) != 2 || rates[0].Name != "graphql" || rates[1].Name != "core" || !at.Equal(midday) {
		t.Errorf("%+v at %v", rates, at)
	}
	if got := all.Limit("x"); got != core {
		t.Errorf("the limit is %d", got)
	}
}

var midday = time.Date(2026, 1, 2, 12, 0, 0, 123000000, time.UTC)
