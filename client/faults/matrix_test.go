package faults_test

import (
	"bytes"
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime/metrics"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"rollcall/client"
	"rollcall/client/account"
)

var update = flag.Bool("update", false, "rewrite the golden file of the faults")

const (
	// ample is the time limit of a request that must end by itself, and short that of
	// one which nothing else ends, less than the five seconds of a question to a name server.
	ample, short = time.Minute, 4 * time.Second
	// patience bounds a whole check, of whatever kind: one that lasts longer says that it
	// was cancelled, which no row expects.
	patience = 30 * time.Second
	// smallMemory and largeMemory bound what a check allocates, server included: one of
	// an ordinary answer, and one of an answer that is as large as can be.
	smallMemory, largeMemory = 8 << 20, 64 << 20
)

// fault is one way in which a service, or what lies before it, misbehaves, and what a
// check must make of it.
type fault struct {
	name string
	// server is what misbehaves until it is mended.
	server server
	// profile changes the one that is checked; nil changes nothing.
	profile func(p *client.Profile, s *running)
	state   account.State
	code    string
	// attempts are how many requests are made of it, or would be; zero for one. They are
	// not looked at where they are the service's own affair.
	attempts int
	asMany   bool
	// late is set where only the time limit ends the request, and large where the
	// answer may take the memory of a large one.
	late, large bool
	// wire is set for a fault of the connection or of the bytes.
	wire bool
}

// matrix has all faults, room by room.
func matrix(t *testing.T) []fault {
	wire := slices.Concat(connectionFaults(), nameFaults(), tlsFaults(), http1Faults(), http2Faults(), proxyFaults(), bodyFaults())
	for i := range wire {
		wire[i].wire = true
	}
	return slices.Concat(wire, contentFaults(), redirectFaults(), builtInRefusals(), shippedRefusals(t))
}

// result is what became of one fault.
type result struct {
	first, mended account.Health
	running       *running
}

// TestFaults goes through the matrix. Each fault ends in its state within the time and
// the memory that it may take, and the next good answer makes all well.
func TestFaults(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	a, all := newAuthorities(t), matrix(t)
	results := make([]result, len(all))
	t.Run("together", func(t *testing.T) { together(t, a, all, results) })
	t.Run("alone", func(t *testing.T) { alone(t, a, all, results) })
	names, lines := map[string]bool{}, make([]string, len(all))
	wire := 0
	for i, f := range all {
		if key := withoutNumbers(f.name); names[key] {
			t.Errorf("%s: another one has the name, or one that differs by a number", f.name)
		} else {
			names[key] = true
		}
		if f.wire {
			wire++
		}
		t.Run(f.name, func(t *testing.T) { f.judge(t, results[i]) })
		lines[i] = f.line(results[i])
	}
	t.Logf("%d faults, %d of them of the connection or of the bytes", len(all), wire)
	if len(all) < 80 || wire < 30 {
		t.Errorf("there are %d faults, %d of them of the connection or of the bytes", len(all), wire)
	}
	golden(t, lines)
}

// waits reports whether most of the time of a fault goes by in pauses.
func (f fault) waits() bool { return f.late || f.attempts > 1 }

// together checks those that wait, all at the same time.
func together(t *testing.T, a *authorities, all []fault, results []result) {
	before, count := allocated(), 0
	var done sync.WaitGroup
	for i, f := range all {
		if f.waits() {
			count++
			r := f.server.run(t, a)
			done.Go(func() { results[i] = f.check(t, r) })
		}
	}
	done.Wait()
	if used := allocated() - before; used > uint64(count)*smallMemory {
		t.Errorf("%d checks took %d MiB", count, used>>20)
	}
}

// alone checks the others, one after the other, and measures each.
func alone(t *testing.T, a *authorities, all []fault, results []result) {
	for i, f := range all {
		if f.waits() {
			continue
		}
		r := f.server.run(t, a)
		before, most := allocated(), uint64(smallMemory)
		results[i] = f.check(t, r)
		if f.large {
			most = largeMemory
		}
		if used := allocated() - before; used > most {
			t.Errorf("%s: it took %d KiB, %d at most", f.name, used>>10, most>>10)
		}
	}
}

// allocated is how many bytes the process has asked for since it began.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// check asks while the server misbehaves, and again once it is mended.
func (f fault) check(t *testing.T, r *running) result {
	network := client.NewNetwork("rollcall/test", catalog)
	p := client.Profile{
		Name: "work", Provider: "katapult", BaseURL: r.url, CAFile: r.authorities.good.File,
		Credential: credential(secret), Timeout: ample,
	}
	if f.late {
		p.Timeout = short
	}
	if f.profile != nil {
		f.profile(&p, r)
	}
	first := f.once(t, client.New(p, network))
	r.mend()
	p.Timeout = ample
	mended := f.once(t, client.New(p, network))
	network.Close()
	if !r.stop() {
		t.Errorf("%s: a connection stays open", f.name)
	}
	return result{first, mended, r}
}

// once checks the profile within the time that any check may take.
func (f fault) once(t *testing.T, c *client.Client) account.Health {
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	return c.Check(ctx).Health
}

// judge compares what became of a fault with what must.
func (f fault) judge(t *testing.T, r result) {
	h := r.first
	if h.State != f.state || h.Code != f.code || h.Attempts != cmp.Or(f.attempts, 1) && !f.asMany {
		t.Errorf("%s %s after %d attempts, want %s %s after %d: %s", h.State, h.Code, h.Attempts, f.state, f.code, cmp.Or(f.attempts, 1), h.Explanation)
	}
	if r.mended.State != account.Healthy || r.mended.Attempts > 3 {
		t.Errorf("after a good answer it is %s: %s", r.mended.State, r.mended.Explanation)
	}
	said := h.Explanation + " " + h.Remedy
	for _, raw := range []string{secret, "hush", "net/http", "http2", "%!", "0x"} {
		if strings.Contains(said, raw) {
			t.Errorf("%q shows: %s", raw, said)
		}
	}
	if h.State == account.Healthy {
		return
	}
	for _, sentence := range []string{h.Explanation, h.Remedy} {
		if !strings.HasSuffix(sentence, ".") || strings.ContainsFunc(sentence, func(c rune) bool { return c < ' ' }) {
			t.Errorf("it is no sentence: %q", sentence)
		}
	}
}

// line is what the golden file has of a fault.
func (f fault) line(r result) string {
	h := r.first
	if h.State == account.Healthy {
		return f.name + ": healthy"
	}
	words := strings.TrimSpace(fmt.Sprint(h.State, " ", h.Code))
	said := strings.NewReplacer(r.running.places()...).Replace(h.Explanation + " " + h.Remedy)
	// A signature makes a certificate a byte longer or shorter by chance.
	said = regexp.MustCompile(`length \d{6} bytes`).ReplaceAllString(said, "length … bytes")
	return fmt.Sprintf("%s: %s: %s", f.name, words, said)
}

// withoutNumbers is a name by which nothing is told apart that a number alone tells apart.
func withoutNumbers(name string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return -1
		}
		return c
	}, name)
}

// golden compares with the file, or writes it.
func golden(t *testing.T, lines []string) {
	const file = "testdata/faults.golden"
	got := []byte(strings.Join(lines, "\n") + "\n")
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(got, want) {
		return
	}
	wanted := strings.Split(strings.TrimSuffix(string(want), "\n"), "\n")
	for i := range max(len(lines), len(wanted)) {
		switch {
		case i >= len(lines):
			t.Fatalf("there is no more: %s", wanted[i])
		case i >= len(wanted) || lines[i] != wanted[i]:
			t.Fatalf("not in %s (-update rewrites it): %s", file, lines[i])
		}
	}
}

// secret is the credential of all profiles here.
const secret = "s3cret/t0ken+value"

// credential is one that is always the same.
type credential string

func (c credential) Resolve(context.Context) (string, error, error) { return string(c), nil, nil }
func (credential) Source() string                                   { return "env WORK_SECRET" }
