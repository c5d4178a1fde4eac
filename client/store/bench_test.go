package store_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// benchProfiles are the numbers of profiles that are measured. Ten thousand take
// minutes to be written first.
var benchProfiles = flag.String("profiles", "100,1000", "numbers of profiles for the benchmarks, with commas between")

// historyOf is how many checks each profile of a benchmark has.
const historyOf = 200

var benchStart = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// benchSnapshot is a profile as most are, after a check.
func benchSnapshot(i int, at time.Time) account.Snapshot {
	limit, left := int64(100), int64(87-at.Minute()%9)
	name := fmt.Sprintf("p%05d", i)
	return account.Snapshot{
		Profile: name, Endpoint: "https://" + name + ".example/api/me",
		Health:  account.Health{State: account.Healthy, HTTPStatus: 200, CheckedAt: at, Latency: 42 * time.Millisecond, Attempts: 1, LastOKAt: at},
		Verdict: account.Verdict{State: account.Healthy, At: at, Since: benchStart},
		Account: &account.Account{
			User:          account.User{ID: "user_" + name, FullName: "Sam Roe", Emails: []string{"sam@example.org"}, CreatedAt: benchStart},
			Organizations: []account.Organization{{ID: "o1", Name: "Acme", SubDomain: "acme"}, {ID: "o2", Name: "Otter Labs", Role: "owner"}},
			Token:         account.Token{ID: "t1", Expiry: account.Expiry{Kind: account.ExpiryDate, At: benchStart.AddDate(0, 1, 0)}, Scopes: []string{"read"}},
		},
		AccountAt: at, Since: benchStart,
		RateLimit: account.RateLimit{Limit: &limit, Remaining: &left, ResetAt: at.Add(time.Minute), Source: "header"},
		History: []account.Check{{
			At: at, State: account.Healthy, HTTPStatus: 200, Latency: 42 * time.Millisecond, Remaining: &left,
			Phases: account.Phases{FirstByte: 40 * time.Millisecond},
		}},
	}
}

// filled is a folder with the state of n profiles, each with a full history.
func filled(b *testing.B, n int) (dir string) {
	b.Helper()
	dir = b.TempDir()
	s := benchOpen(b, dir)
	for check := range historyOf {
		at := time.Now().Add(time.Duration(check-historyOf) * time.Minute).Truncate(time.Millisecond)
		for i := range n {
			s.Save(benchSnapshot(i, at))
		}
		s.Flush()
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return dir
}

func benchOpen(b *testing.B, dir string) *store.Store {
	b.Helper()
	s, notice, err := store.Open(dir, "/home/sam/config.toml")
	if err != nil || notice != "" {
		b.Fatalf("%q, %v", notice, err)
	}
	return s
}

// bytesWritten is what this process has written so far, to files and elsewhere;
// zero where the system does not count it.
func bytesWritten() (n int64) {
	data, _ := os.ReadFile("/proc/self/io")
	for line := range strings.Lines(string(data)) {
		if count, ok := strings.CutPrefix(line, "wchar: "); ok {
			n, _ = strconv.ParseInt(strings.TrimSpace(count), 10, 64)
		}
	}
	return n
}

// BenchmarkStore measures what the state costs with many profiles: a check, with
// those of five seconds written together as when each profile is asked once a
// minute, and with the share of it that is moved from the log into the database
// at the end; the start, up to all snapshots; the history of one profile.
func BenchmarkStore(b *testing.B) {
	for number := range strings.SplitSeq(*benchProfiles, ",") {
		n, err := strconv.Atoi(number)
		if err != nil {
			b.Fatal(err)
		}
		dir := filled(b, n)
		b.Run(fmt.Sprintf("check/%d", n), func(b *testing.B) {
			s := benchOpen(b, dir)
			together, at := max(1, n/12), time.Now()
			s.Flush()
			before := bytesWritten()
			saved := 0
			for b.Loop() {
				s.Save(benchSnapshot(saved%n, at.Add(time.Duration(saved)*time.Second/time.Duration(together)*5)))
				if saved++; saved%together == 0 {
					s.Flush()
				}
			}
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(bytesWritten()-before)/float64(saved), "written-B/op")
		})
		b.Run(fmt.Sprintf("open/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s := benchOpen(b, dir)
				if all := s.Snapshots(); len(all) != n {
					b.Fatalf("%d snapshots", len(all))
				}
				s.Close()
			}
		})
		b.Run(fmt.Sprintf("history/%d", n), func(b *testing.B) {
			s := benchOpen(b, dir)
			defer s.Close()
			for b.Loop() {
				if p := s.Past("p00007", "https://p00007.example/api/me"); len(p.Checks) < historyOf {
					b.Fatalf("%d checks", len(p.Checks))
				}
			}
		})
		info, err := os.Stat(filepath.Join(dir, "rollcall.db"))
		if err != nil {
			b.Fatal(err)
		}
		b.Logf("%d profiles: %d bytes of state, %s", n, info.Size(), runtime.Version())
	}
}
