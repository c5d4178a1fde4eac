package export

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/plainfile/documenttest"
)

var update = flag.Bool("update", false, "rewrite the golden files and the table of the document")

// golden compares with a file, or writes it with -update.
func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; got:\n%s", path, got)
	}
}

// someDay has a profile of each kind: one that is told much of, one with a name and texts
// that are awkward, one that nobody has asked, and one with several budgets.
func someDay() *Report {
	at := time.Date(2026, 11, 21, 12, 0, 0, 250e6, time.UTC)
	limit, left, none := int64(100), int64(87), int64(0)
	return &Report{
		ConfigErrors: 2,
		Build:        Build{"1.2.3", "abc", "go1.26"},
		Profiles: []Profile{
			{
				Provider: "katapult", Service: "Katapult", Host: "api.katapult.io", Tags: []string{"prod", "a,b"}, Urgency: insight.UrgencySoon,
				Snapshot: account.Snapshot{
					Profile:   "work",
					Health:    account.Health{State: account.Expiring, HTTPStatus: 200, CheckedAt: at, LastOKAt: at, Latency: 41800 * time.Microsecond},
					Account:   &account.Account{Token: account.Token{Expiry: account.Expiry{Kind: account.ExpiryDate, At: at.Add(time.Hour)}}},
					RateLimit: account.RateLimit{Limit: &limit, Remaining: &left, ResetAt: at.Add(time.Minute)},
					Verdict:   account.Verdict{State: account.Expiring, At: at},
				},
				Checks: map[account.State]uint64{account.Expiring: 3, account.Unreachable: 1},
			},
			{
				Provider: "onezone", Service: "Onezone", Tags: []string{"t\x1b[31m"}, Urgency: insight.UrgencyNow,
				Snapshot: account.Snapshot{
					Profile: `a "b" \c`,
					Health:  account.Health{State: account.BadResponse, HTTPStatus: 200, CheckedAt: at},
					Account: &account.Account{Token: account.Token{Expiry: account.Expiry{Kind: account.ExpiryNever}}},
					Verdict: account.Verdict{State: account.InvalidToken, At: at},
				},
			},
			{Provider: "katapult", Service: "Katapult", Urgency: insight.UrgencyWaiting, Snapshot: account.Snapshot{Profile: "new", Health: account.Health{State: account.Checking}}},
			{
				Provider: "github", Service: "GitHub", Host: "api.github.com", Urgency: insight.UrgencyFine,
				Snapshot: account.Snapshot{
					Profile: "buckets", Health: account.Health{State: account.Healthy, HTTPStatus: 304, CheckedAt: at},
					RateLimit:   account.RateLimit{Name: "search", Limit: &limit, Remaining: &none},
					OtherLimits: []account.RateLimit{{Name: "core", Limit: &limit}, {Name: "core", Limit: &left}, {Name: "core", Remaining: &left}},
				},
			},
		},
	}
}

// TestWrite prints the same samples in both formats.
func TestWrite(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(io.Writer, *Report) error{"openmetrics.txt": WriteOpenMetrics, "textfile.prom": WriteText} {
		var b bytes.Buffer
		if err := write(&b, someDay()); err != nil {
			t.Fatal(err)
		}
		golden(t, filepath.Join("testdata", name), b.Bytes())
	}
}

// TestLint has the library look for what other metrics do not do.
func TestLint(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := WriteText(&b, someDay()); err != nil {
		t.Fatal(err)
	}
	problems, err := promlint.New(&b).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

// TestSeriesStay has a profile go through every state and urgency: no series that says
// how it is comes or goes with that.
func TestSeriesStay(t *testing.T) {
	t.Parallel()
	series := func(state account.State, urgency insight.Urgency) string {
		r := someDay()
		r.Profiles = r.Profiles[:1]
		if !state.Judges() { // Such a check may have sent nothing.
			r.Profiles[0].Snapshot.History = []account.Check{{At: r.Profiles[0].Snapshot.Health.CheckedAt}}
			r.Profiles[0].Snapshot.Health.CheckedAt = time.Time{}
		}
		r.Profiles[0].Urgency, r.Profiles[0].Snapshot.Health.State, r.Profiles[0].Snapshot.Verdict.State = urgency, state, state
		var b strings.Builder
		if err := WriteText(&b, r); err != nil {
			t.Fatal(err)
		}
		var names []string
		for line := range strings.Lines(b.String()) {
			if !strings.HasPrefix(line, "#") {
				names = append(names, line[:strings.LastIndexByte(line, ' ')])
			}
		}
		return strings.Join(names, "\n")
	}
	want := series(account.Healthy, insight.UrgencyFine)
	if n := strings.Count(want, "\n"); n < 30 {
		t.Fatalf("only %d series:\n%s", n, want)
	}
	for _, s := range account.States() {
		for _, u := range insight.Urgencies() {
			if got := series(s, u); got != want {
				t.Errorf("%s, %s: the series are\n%s\nwant\n%s", s, u, got, want)
			}
		}
	}
}

// TestReachable is about answers, whatever they say.
func TestReachable(t *testing.T) {
	t.Parallel()
	for h, want := range map[account.Health]bool{
		{State: account.Healthy, HTTPStatus: 200}:      true,
		{State: account.InvalidToken, HTTPStatus: 403}: true,
		{State: account.Unavailable, HTTPStatus: 503}:  true,
		{State: account.BadResponse, HTTPStatus: 200}:  false,
		{State: account.Unreachable, HTTPStatus: 200}:  false,
		{State: account.Unreachable}:                   false,
		{State: account.CredentialMissing}:             false,
		{State: account.Checking}:                      false,
	} {
		if got := reachable(h); got != want {
			t.Errorf("%s, %d: %v, want %v", h.State, h.HTTPStatus, got, want)
		}
	}
}

// document is what users read of metrics.
var document = filepath.Join("..", "..", ".github", "docs", "metrics.md")

// TestDocument holds the table of the document to the one of the code.
func TestDocument(t *testing.T) {
	t.Parallel()
	var table strings.Builder
	table.WriteString("| metric | labels | value |\n| --- | --- | --- |\n")
	for _, f := range families() {
		var labels []string
		for _, l := range f.labels {
			labels = append(labels, "`"+l+"`")
		}
		help := f.help
		if f.counts {
			help += " A counter."
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s |\n", f.name, strings.Join(labels, ", "), help)
	}
	documenttest.Part(t, document, "metrics", table.String(), *update)
}

// BenchmarkWrite writes what a scrape of many profiles gets.
func BenchmarkWrite(b *testing.B) {
	one := someDay().Profiles[0]
	r := &Report{}
	for i := range 1000 {
		one.Snapshot.Profile = fmt.Sprintf("p%04d", i)
		r.Profiles = append(r.Profiles, one)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := WriteOpenMetrics(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
