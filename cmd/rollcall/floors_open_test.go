//go:build linux

package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// hostsOfMany is over how many hosts the profiles are spread.
const hostsOfMany = 100

// answerTime is how long a host takes to answer, where that matters.
const answerTime = 100 * time.Millisecond

// useful are texts that are on a frame that is of use: whose account it is, and how
// its token does.
func useful() []string { return []string{"Sam Roe", "● " + profileName(0)} }

// measureStart is how long it takes until the answers of the last run are on the
// screen, against an empty program.
func measureStart(c *contest) {
	h := newHosts(c.t, hostsOfMany)
	h.delay.Store(int64(answerTime))
	for _, profiles := range []int{100, 10_000} {
		for _, checks := range []int{1, 200} {
			estates := c.estates(h, profiles, hostsOfMany, checks, "60s")
			floor, rivals := c.opened(estates)
			c.found(fmt.Sprintf("first useful frame, %d profiles, %d checks each", profiles, checks), " ms", floor, rivals...)
		}
	}
}

// opened is when the first frame of use was there.
func (c *contest) opened(estates []estate) (floor series, rivals []series) {
	rivals = make([]series, len(estates))
	measure := []func(){func() {
		r := record(c.t, nil, c.empty)
		floor.add(r.shown("empty"))
		r.quit()
	}}
	for i, e := range estates {
		measure = append(measure, func() {
			r := record(c.t, e.environ(), c.rivals[i])
			rivals[i].add(r.shown(useful()...))
			r.quit()
		})
	}
	for _, once := range measure {
		once() // The first time, files have to be read from the disk.
	}
	floor, rivals = nil, make([]series, len(estates))
	c.inTurn(measure...)
	return floor, rivals
}

// settled waits until every profile of a dashboard that was opened or told to ask
// has its answer, and what is to be drawn by that was drawn.
func (c *contest) settled(h *hosts, profiles int) (asking time.Duration) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 3*time.Minute)
	defer cancel()
	began := time.Now()
	if !h.await(ctx, int64(profiles)) {
		c.say("  only %d of %d profiles were asked in three minutes", h.asked.Load(), profiles)
	}
	asking = time.Since(began)
	c.pause(2 * time.Second)
	return asking
}

// pause lets time pass in which something is measured, or comes to rest.
func (c *contest) pause(d time.Duration) {
	select {
	case <-c.t.Context().Done():
	case <-time.After(d):
	}
}

// measureMemory is the most memory of a dashboard that has opened with a full history
// and asked for everything once, against an empty program.
func measureMemory(c *contest) {
	h := newHosts(c.t, hostsOfMany)
	h.delay.Store(int64(answerTime))
	for _, profiles := range []int{12, 100, 1000, 10_000} {
		estates := c.estates(h, profiles, min(profiles, hostsOfMany), 200, "60s")
		var floor series
		rivals := make([]series, len(estates))
		file, heap, other := make([]series, len(estates)), make([]series, len(estates)), make([]series, len(estates))
		measure := []func(){func() {
			r := record(c.t, nil, c.empty)
			r.shown("empty")
			c.pause(time.Second)
			floor = append(floor, r.peak())
			r.quit()
		}}
		for i, e := range estates {
			measure = append(measure, func() {
				h.asked.Store(0)
				r := record(c.t, e.environ(), c.rivals[i])
				r.shown(useful()...)
				c.settled(h, profiles)
				rivals[i] = append(rivals[i], r.peak())
				f, g, o := r.shares()
				file[i], heap[i], other[i] = append(file[i], f), append(heap[i], g), append(other[i], o)
				r.quit()
			})
		}
		c.inTurn(measure...)
		c.found(fmt.Sprintf("most memory, %d profiles of 200 checks", profiles), " MiB", floor, rivals...)
		c.found("… at the end: the program's file", " MiB", nil, file...)
		c.found("… heap and stacks of Go", " MiB", nil, heap...)
		c.found("… SQLite, and what else is mapped", " MiB", nil, other...)
	}
}

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

// slowest presses j again and again, and returns in which time 19 of 20 had moved the
// selection.
func (c *contest) slowest(r *recording) time.Duration {
	var at []time.Duration
	for range pressed {
		at = append(at, r.press("j"))
		c.pause(between)
	}
	ctx, cancel := context.WithTimeout(c.t.Context(), patience)
	defer cancel()
	var took []time.Duration
	r.screens(ctx, func(after time.Duration, screen string) bool {
		for n := selectedNumber(screen); len(took) < pressed && n > len(took) && after > at[len(took)]; {
			took = append(took, after-at[len(took)])
		}
		return len(took) == pressed
	})
	slices.Sort(took)
	return took[len(took)*95/100-1]
}

// selectedNumber is the number of the profile that is selected; -1 for none.
func selectedNumber(screen string) int {
	for line := range strings.Lines(screen) {
		_, row, ok := strings.Cut(line, "▌")
		if _, name, named := strings.Cut(row, " p"); ok && named && len(name) >= 5 {
			if n, err := strconv.Atoi(name[:5]); err == nil {
				return n
			}
		}
	}
	return -1
}
