//go:build linux

package main

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// growing are the numbers of profiles for which it is told how a cost grows.
func growing() []int { return []int{10, 100, 1000, 10_000} }

// measureUI is what keys and answers cost on the dashboard, as its own benchmarks
// tell.
func measureUI(c *contest) {
	found := c.benchmarks("Key|Filter|LongestUpdate")
	for _, one := range []struct{ what, name, metric string }{
		{"a key and its frame", "Key", "ns/op"},
		{"a letter in the filter and its frame", "Filter", "ns/op"},
		{"longest update: the first event", "LongestUpdate/first", "longest-ns"},
		{"longest update: all answer anew", "LongestUpdate/answers", "longest-ns"},
		{"longest update: the file is read anew", "LongestUpdate/reload", "longest-ns"},
		{"longest update: private", "LongestUpdate/private", "longest-ns"},
	} {
		for _, profiles := range []int{100, 10_000} {
			if s := found[fmt.Sprintf("Benchmark%s/%d %s", one.name, profiles, one.metric)]; len(s) > 0 {
				c.found(fmt.Sprintf("%s, %d profiles", one.what, profiles), " ms", nil, s)
			}
		}
	}
}

// benchmarkLine is a line that go test prints of a benchmark, and metric one of its
// figures.
var (
	benchmarkLine = regexp.MustCompile(`(?m)^(Benchmark\S+?)(?:-\d+)?\s+\d+\s(.*)$`)
	metric        = regexp.MustCompile(`([\d.]+) (\S+)`)
)

// benchmarks runs those of the screen that fit, and returns the figures by name and
// unit; times are in milliseconds.
func (c *contest) benchmarks(names string) map[string]series {
	c.t.Helper()
	command := exec.Command("go", "test", "./ui", "-run", "^$", "-bench", "^Benchmark("+names+")$",
		"-benchtime", "300ms", "-count", strconv.Itoa(c.rounds))
	command.Dir = "../.."
	out, err := command.CombinedOutput()
	if err != nil {
		c.t.Fatalf("%v\n%s", err, out)
	}
	found := map[string]series{}
	for _, line := range benchmarkLine.FindAllStringSubmatch(string(out), -1) {
		for _, m := range metric.FindAllStringSubmatch(line[2], -1) {
			x, err := strconv.ParseFloat(m[1], 64)
			if err != nil {
				c.t.Fatal(err)
			}
			if strings.HasPrefix(m[2], "ns") || strings.HasSuffix(m[2], "-ns") {
				x /= float64(time.Millisecond)
			}
			name := line[1] + " " + m[2]
			found[name] = append(found[name], x)
		}
	}
	return found
}

// growth is what is told of dashboards of one size.
type growth struct{ first, memory, key, letter, refresh, processor, written series }

// measureGrowth is how costs grow with the number of profiles, from ten to ten
// thousand: a table of its own. Only this rollcall is measured.
func measureGrowth(c *contest) {
	keys := c.benchmarks("Key|Filter")
	var b strings.Builder
	b.WriteString("| profiles of 200 checks | first useful frame | most memory | a key | a letter in the filter | all asked anew | … processor | … to the terminal |\n")
	b.WriteString("| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, profiles := range growing() {
		g := c.growthAt(profiles)
		g.key = keys[fmt.Sprintf("BenchmarkKey/%d ns/op", profiles)]
		g.letter = keys[fmt.Sprintf("BenchmarkFilter/%d ns/op", profiles)]
		line := fmt.Sprintf("| %d | %s | %s | %s | %s | %s | %s | %s |\n", profiles, g.first.text(" ms"), g.memory.text(" MiB"),
			g.key.text(" ms"), g.letter.text(" ms"), g.refresh.text(" s"), g.processor.text(" s"), g.written.text(" kB"))
		c.say("  %s", strings.TrimSpace(line))
		b.WriteString(line)
	}
	c.notes = append(c.notes, strings.TrimSpace(b.String()))
}

// growthAt opens dashboards of a size, and has each ask for everything once more.
func (c *contest) growthAt(profiles int) (g growth) {
	h := newHosts(c.t, hostsOfMany)
	h.delay.Store(int64(answerTime))
	e := configured(c.t, h, profiles, min(profiles, hostsOfMany), "1h").lived(c.t, h, c.rivals[0], 200)
	for range min(c.rounds, 3) {
		h.asked.Store(0)
		r := record(c.t, e.environ(), c.rivals[0])
		g.first.add(r.shown(useful()...))
		c.settled(h, profiles)
		g.memory = append(g.memory, r.peak())
		spent, written := r.spent(), r.written()
		h.asked.Store(0)
		r.press("R")
		ctx, cancel := context.WithTimeout(c.t.Context(), 3*time.Minute)
		began := time.Now()
		h.await(ctx, int64(profiles))
		cancel()
		g.refresh = append(g.refresh, time.Since(began).Seconds())
		c.pause(2 * time.Second)
		g.processor = append(g.processor, (r.spent() - spent).Seconds())
		g.written = append(g.written, float64(r.written()-written)/1000)
		r.quit()
	}
	return g
}
