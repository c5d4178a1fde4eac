package ratelimit

import (
	"net/http"
	"testing"
	"time"
)

// TestNames has budgets in headers that are known beforehand, each with its reset in
// another form, and beside them a usual one.
func TestNames(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for as, value := range map[string]string{
		ResetSeconds: "90.5", ResetEpoch: "1795262490", ResetEpochMS: "1795262490500", ResetRFC3339: "2026-11-21T12:01:30Z", "": "90",
	} {
		h := http.Header{"X-Quota": {"50"}, "X-Quota-Left": {"7"}, "X-Quota-End": {value}, "X-Ratelimit-Limit": {"9"}}
		got := Names{Limit: "X-Quota", Remaining: "x-quota-left", Reset: "X-Quota-End", ResetAs: as}.Parse(h, now)
		if len(got) != 2 || *got[0].Limit != 50 || *got[0].Remaining != 7 || *got[1].Limit != 9 {
			t.Fatalf("%q: %+v", as, got)
		}
		if left := got[0].ResetAt.Sub(now); left < 89*time.Second || left > 92*time.Second {
			t.Errorf("%q: %s is %s from now", as, value, left)
		}
		if len(h) != 4 {
			t.Errorf("the headers themselves were changed: %v", h)
		}
	}
	if got := (Names{Limit: "X-Quota"}).Parse(http.Header{}, now); len(got) != 0 {
		t.Errorf("nothing is %+v", got)
	}
}
