//go:build linux

package main

import (
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// measureAsking is how long it takes to ask 100 hosts once, the start of the program
// included, against the least program that does that, and against curl.
func measureAsking(c *contest) {
	h := newHosts(c.t, hostsOfMany)
	h.delay.Store(int64(answerTime))
	estates := c.estates(h, hostsOfMany, hostsOfMany, 1, "60s")
	var addresses, options strings.Builder
	for i := range hostsOfMany {
		fmt.Fprintln(&addresses, h.identity(i))
		fmt.Fprintf(&options, "url = %q\noutput = \"/dev/null\"\n", h.identity(i))
	}
	environ := estate{home: c.t.TempDir()}.environ()
	var wall, cpu, curlWall, curlCPU series
	walls, cpus := make([]series, len(estates)), make([]series, len(estates))
	measure := []func(){func() {
		o := runFloor(c.t, environ, addresses.String(), c.client, h.authority)
		wall.add(o.wall)
		cpu.add(o.cpu)
	}}
	for i, e := range estates {
		measure = append(measure, func() {
			o := runFloor(c.t, e.environ(), "", c.rivals[i], "status")
			walls[i].add(o.wall)
			cpus[i].add(o.cpu)
		})
	}
	curl, err := exec.LookPath("curl")
	if err == nil {
		measure = append(measure, func() {
			o := runFloor(c.t, environ, options.String(), curl, "-q", "-s", "-f", "-Z", "--parallel-max", fmt.Sprint(hostsOfMany),
				"--cacert", h.authority, "-H", "Authorization: Bearer of-nobody", "-K", "-")
			curlWall.add(o.wall)
			curlCPU.add(o.cpu)
		})
	}
	c.inTurn(measure...)
	c.found("100 TLS hosts of 100 ms, cold, against a bare Go client", " ms", wall, walls...)
	c.found("… processor time", " ms", cpu, cpus...)
	if err == nil {
		c.found("… against `curl -Z --parallel-max 100`", " ms", curlWall, walls...)
		c.found("… processor time", " ms", curlCPU, cpus...)
	}
}

// measureConnections counts the connections of 1,000 profiles to one host.
func measureConnections(c *contest) {
	const profiles = 1000
	h := newHosts(c.t, 1)
	estates := c.estates(h, profiles, 1, 1, "60s")
	h.delay.Store(int64(answerTime / 10))
	rivals := make([]series, len(estates))
	var measure []func()
	for i, e := range estates {
		measure = append(measure, func() {
			h.connections.Store(0)
			runFloor(c.t, e.environ(), "", c.rivals[i], "status")
			rivals[i] = append(rivals[i], float64(h.connections.Load()))
		})
	}
	c.inTurn(measure...)
	c.found("connections of 1,000 profiles to one HTTP/2 host", "", series{1}, rivals...)
}

// measureChecks is the processor time that a check takes in the dashboard, over a
// connection that is there already, beyond that of a dashboard that asks nobody.
func measureChecks(c *contest) {
	const (
		profiles = 100
		often    = "5s"
		watched  = 20 * time.Second
	)
	// Each rival has hosts of its own, which count its checks.
	var all []*hosts
	var asking, resting []estate
	for _, rival := range c.rivals {
		h := newHosts(c.t, hostsOfMany)
		all = append(all, h)
		asking = append(asking, configured(c.t, h, profiles, hostsOfMany, often).lived(c.t, h, rival, 200))
		resting = append(resting, configured(c.t, h, profiles, hostsOfMany, "0s").lived(c.t, h, rival, 200))
	}
	rivals := make([]series, len(c.rivals))
	var measure []func()
	for i, rival := range c.rivals {
		measure = append(measure, func() {
			h := all[i]
			h.asked.Store(0)
			a, b := record(c.t, asking[i].environ(), rival), record(c.t, resting[i].environ(), rival)
			a.shown(useful()...)
			b.shown(useful()...)
			c.settled(h, 2*profiles)
			before, asked, idle := a.spent(), h.asked.Load(), b.spent()
			c.pause(watched)
			more := a.spent() - before - (b.spent() - idle)
			rivals[i].add(more / time.Duration(max(1, h.asked.Load()-asked)))
			a.quit()
			b.quit()
		})
	}
	c.inTurn(measure...)
	c.found("processor time of a check in the dashboard", " ms", nil, rivals...)
}

// measureIdle is what a dashboard takes while little or nothing happens, against an
// empty program: all of them run at the same time.
func measureIdle(c *contest) {
	const watched = 60 * time.Second
	h := newHosts(c.t, hostsOfMany)
	h.delay.Store(int64(answerTime))
	cases := []struct {
		what, interval string
		away           bool
	}{
		{"asks nobody", "0s", false}, {"asks 100 profiles every 60 s", "60s", false}, {"the same, out of focus", "60s", true},
	}
	homes := make([][]estate, len(cases))
	for k, one := range cases {
		homes[k] = c.estates(h, 100, hostsOfMany, 200, one.interval)
	}
	var floor, floorBytes series
	cpu, written := make([][]series, len(cases)), make([][]series, len(cases))
	for k := range cases {
		cpu[k], written[k] = make([]series, len(c.rivals)), make([]series, len(c.rivals))
	}
	for range c.rounds {
		h.asked.Store(0)
		runs := []*recording{record(c.t, nil, c.empty)}
		runs[0].shown("empty")
		for k, one := range cases {
			for i, rival := range c.rivals {
				r := record(c.t, homes[k][i].environ(), rival)
				r.shown(useful()...)
				if one.away {
					r.focus(false)
				}
				runs = append(runs, r)
			}
		}
		c.settled(h, 100*(len(runs)-1))
		spent, wrote := c.watched(runs, watched)
		floor, floorBytes = append(floor, spent[0]), append(floorBytes, wrote[0])
		for k := range cases {
			for i := range c.rivals {
				at := 1 + k*len(c.rivals) + i
				cpu[k][i], written[k][i] = append(cpu[k][i], spent[at]), append(written[k][i], wrote[at])
			}
		}
		for _, r := range runs {
			r.quit()
		}
	}
	for k, one := range cases {
		c.found("processor at rest: "+one.what, " %", floor, cpu[k]...)
		c.found("… bytes a second to the terminal", " B/s", floorBytes, written[k]...)
	}
}

// watched is the share of a processor that each program takes for a time, in percent,
// and the bytes that it writes a second.
func (c *contest) watched(runs []*recording, d time.Duration) (spent, wrote []float64) {
	var before []time.Duration
	var bytes []int
	began := time.Now()
	for _, r := range runs {
		before, bytes = append(before, r.spent()), append(bytes, r.written())
	}
	c.pause(d)
	took := time.Since(began)
	for i, r := range runs {
		spent = append(spent, 100*float64(r.spent()-before[i])/float64(took))
		wrote = append(wrote, float64(r.written()-bytes[i])/took.Seconds())
	}
	return spent, wrote
}
