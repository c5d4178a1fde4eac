//go:build linux

package main

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// pressed is how many keys are pressed while everything is being asked, and between
// that there is so much time.
const (
	pressed = 40
	between = 100 * time.Millisecond
)

// measureKeys is how long a key takes to show while 10,000 profiles are being asked:
// the slowest of twenty.
func measureKeys(c *contest) {
	const profiles = 10_000
	h := newHosts(c.t, hostsOfMany)
	h.delay.Store(int64(answerTime))
	estates := c.estates(h, profiles, hostsOfMany, 1, "60s")
	rivals := make([]series, len(estates))
	var measure []func()
	for i, e := range estates {
		measure = append(measure, func() {
			r := record(c.t, e.environ(), c.rivals[i])
			r.shown(useful()...)
			rivals[i].add(c.slowest(r))
			r.quit()
		})
	}
	c.inTurn(measure...)
	c.found("j while 10,000 profiles are asked, 95 of 100 within", " ms", nil, rivals...)
}

// measureLarge is what answers cost that are as large as they may be: lists of 380,000
// organizations, just below 4 MiB, of 150 profiles over five hosts; against answers of
// the usual size.
func measureLarge(c *contest) {
	const profiles = 150
	h := newHosts(c.t, 5)
	many := strings.Repeat(`{"id":"o"},`, 379_999) + `{"id":"o"}`
	var estates []estate
	for range c.rivals {
		estates = append(estates, configured(c.t, h, profiles, 5, "1h"))
	}
	floor, rivals := make([]series, len(estates)), make([]series, len(estates))
	keys, left := make([]series, len(estates)), make([]series, len(estates))
	var measure []func()
	for i, e := range estates {
		open := func(organizations *string) (peak float64, key, quit time.Duration) {
			h.organizations.Store(organizations)
			h.asked.Store(0)
			r := record(c.t, e.environ(), c.rivals[i])
			r.shown("▌1", profileName(0))
			key = c.slowest(r)
			c.settled(h, profiles)
			return r.peak(), key, r.quit()
		}
		measure = append(measure, func() {
			peak, _, _ := open(nil)
			floor[i] = append(floor[i], peak)
			peak, key, quit := open(&many)
			rivals[i] = append(rivals[i], peak)
			keys[i].add(key)
			left[i].add(quit)
		})
	}
	c.inTurn(measure...)
	c.found("most memory, 150 answers of 4 MiB over 5 hosts, against usual ones", " MiB", floor[0], rivals...)
	c.found("… j meanwhile, 95 of 100 within", " ms", nil, keys...)
	c.found("… until q has ended it", " ms", nil, left...)
}

// slowest presses j again and again, each time once it has seen the one before, and
// returns in which time 19 of 20 had moved the selection.
func (c *contest) slowest(r *recording) time.Duration {
	c.t.Helper()
	v := r.view()
	v.until("a selected profile", func(screen string) bool { return selected(screen) != "" })
	took := make([]time.Duration, pressed)
	for i := range took {
		before, at := selected(v.emulator.String()), r.press("j")
		took[i] = v.until("the next profile", func(screen string) bool {
			now := selected(screen)
			return now != "" && now != before
		}) - at
		c.pause(between)
	}
	slices.Sort(took)
	return took[pressed*95/100-1]
}

// rowName is what a selected row is known by: its profile, or the host of the outage
// that it is about.
var rowName = regexp.MustCompile(`▌[^│]*?\b(p\d{5}|h\d{3})\b`)

// selected is the name of the selected row; empty for none.
func selected(screen string) string {
	if m := rowName.FindStringSubmatch(screen); m != nil {
		return m[1]
	}
	return ""
}
