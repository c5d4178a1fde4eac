//go:build linux

package main

import (
	"context"
	"fmt"
	"regexp"
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

// standing is a line that says how a profile stood.
var standing = regexp.MustCompile("●.* " + profileName(0))

// moment is a screen that is waited for.
type moment struct {
	what string
	ok   func(screen string) bool
}

// measureStart is how long it takes until the answers of the last run are on the
// screen, against an empty program. Of many profiles there are names and states before
// that.
func measureStart(c *contest) {
	useful := moment{"first useful frame", func(screen string) bool { return hasAll(screen, useful()) }}
	named := moment{"names and states of the last run", standing.MatchString}
	h := newHosts(c.t, hostsOfMany)
	h.delay.Store(int64(answerTime))
	for _, profiles := range []int{100, 10_000} {
		for _, checks := range []int{1, 200} {
			estates := c.estates(h, profiles, hostsOfMany, checks, "60s")
			if profiles > 1000 {
				c.opened(named, fmt.Sprintf("%d profiles, %d checks each", profiles, checks), estates)
			}
			c.opened(useful, fmt.Sprintf("%d profiles, %d checks each", profiles, checks), estates)
		}
	}
}

// opened is when a screen was there, and the processor time until then.
func (c *contest) opened(m moment, of string, estates []estate) {
	var floor, floorSpent series
	var rivals, spent []series
	measure := []func(){func() {
		r := recordMetered(c.t, nil, c.empty)
		v := r.view()
		floor.add(v.until("empty", func(screen string) bool { return strings.Contains(screen, "empty") }))
		floorSpent.add(v.spentUntil())
		r.quit()
	}}
	for i, e := range estates {
		measure = append(measure, func() {
			r := recordMetered(c.t, e.environ(), c.rivals[i])
			v := r.view()
			rivals[i].add(v.until(m.what, m.ok))
			spent[i].add(v.spentUntil())
			r.quit()
		})
	}
	forget := func() {
		floor, floorSpent, rivals, spent = nil, nil, make([]series, len(estates)), make([]series, len(estates))
	}
	forget()
	for _, once := range measure {
		once() // The first time, files have to be read from the disk.
	}
	forget()
	c.inTurn(measure...)
	c.found(m.what+", "+of, " ms", floor, rivals...)
	c.found("… processor time until then", " ms", floorSpent, spent...)
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
