package insight_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
)

const warning = 14 * 24 * time.Hour

// file reads profiles, one a line: its name, the host that it asks, and its facts.
func file(t *testing.T, table string) []account.Snapshot {
	t.Helper()
	var all []account.Snapshot
	for line := range strings.Lines(strings.TrimSpace(table)) {
		name, rest, _ := strings.Cut(line, "|")
		host, facts, _ := strings.Cut(rest, "|")
		s := profile(t, facts)
		s.Profile, s.Endpoint = strings.TrimSpace(name), "https://"+strings.TrimSpace(host)+"/user"
		if s.Health.State.Severity() != account.SeverityNone && s.Health.State != account.Misconfigured {
			s.Health.CheckedAt, s.Health.HTTPStatus = noon(), 200
		}
		all = append(all, s)
	}
	return all
}

// printed is a worklist as a text.
func printed(w insight.Worklist, snapshots []account.Snapshot) string {
	var b strings.Builder
	for _, section := range w.Sections {
		fmt.Fprintf(&b, "%s %d\n", section.Urgency, section.Profiles)
		for _, l := range section.Lines {
			if l.Profile < 0 {
				fmt.Fprintf(&b, "  [%s]\n", w.Incidents[l.Incident].Title)
				continue
			}
			s, st := snapshots[l.Profile], w.Standings[l.Profile]
			words := []string{s.Profile, string(st.State), st.Reason(s.Health, noon()), st.Due.Words(noon())}
			if st.Stale {
				words[1] = "(" + words[1] + ")"
			}
			words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
			indent := "  "
			if l.Incident >= 0 {
				indent = "    "
			}
			b.WriteString(indent + strings.Join(words, " ") + "\n")
		}
	}
	return b.String()
}

// same compares two texts line by line.
func same(t *testing.T, got, want string) {
	t.Helper()
	if strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestWorklist puts a file in the order of its urgency.
func TestWorklist(t *testing.T) {
	t.Parallel()
	all := file(t, `
off-a       | a | disabled -1h
fine-a      | b | healthy -9d, verdict healthy -9d, end never
snooze-late | c | invalid_token -9d, verdict invalid_token -9d, snooze +9d of invalid_token
fine-late   | d | healthy -1h, verdict healthy -1h, end +90d
now-office  | e | network_denied -3h, verdict network_denied -3h
wait-b      | f | rate_limited -1h, verdict healthy -9d, unasked -1h, next +1h
now-release | g | expiring -9d, verdict expiring -9d, end +2h
soon-late   | h | expiring -9d, verdict expiring -9d, end +9d
now-unknown | i | misconfigured
wait-new    | j | checking
fine-b      | k | healthy -9d, verdict healthy -9d
now-shared  | l | unreachable -1h, verdict wrong_account -2d, unasked -1h, end +90d
fine-soon   | m | healthy -1h, verdict healthy -1h, end +80d
fine-nobody | m | no_user -1h, verdict no_user -1h
soon-early  | n | unreachable -1h, verdict expiring -9d, unasked -1h, end +5d
now-ended   | o | invalid_token -2d, verdict invalid_token -2d, end -2d
wait-a      | p | unreachable -2h, verdict healthy -1h, unasked -2h, next +2h
snooze-soon | q | healthy -9d, verdict healthy -9d, snooze +5d of healthy
off-b       | r | disabled -9d`)
	same(t, printed(insight.NewWorklist(all, nil, noon(), warning), all), `
now 5
  now-ended invalid_token ended 2d ago
  now-release expiring ends 2h
  now-shared (wrong_account) wrong 2d ago
  now-office network_denied network 3h ago
  now-unknown misconfigured misconfigured
soon 2
  soon-early (expiring) ends 5d
  soon-late expiring ends 9d
waiting 3
  wait-a (healthy) unreachable 2h
  wait-b (healthy) limit 1h
  wait-new checking checking
fine 5
  fine-soon healthy 80d
  fine-late healthy 90d
  fine-a healthy never
  fine-b healthy
  fine-nobody no_user no user
snoozed 2
  snooze-soon healthy snoozed 5d
  snooze-late invalid_token snoozed 9d
off 2
  off-a disabled off
  off-b disabled off`)
}

// Profiles that an outage alone keeps in their section stand under it. Those of
// which there is more to be told, and one by itself, do not.
func TestWorklistOutage(t *testing.T) {
	t.Parallel()
	all := file(t, `
a     | down.example.org | unavailable -1h, verdict healthy -9d, unasked -1h, next +1h, end +80d
other | up.example.org   | healthy -1h, verdict healthy -1h
b     | down.example.org | unavailable -1h, verdict healthy -9d, unasked -1h, next +2h
ends  | down.example.org | unavailable -1h, verdict expiring -9d, unasked -1h, end +5d
bad   | down.example.org | unavailable -1h, verdict invalid_token -9d, unasked -1h
limit | else.example.org | rate_limited -1h, verdict healthy -9d, unasked -1h, next +1h
old   | down.example.org | unavailable -9d, verdict healthy -10d, unasked -9d
older | down.example.org | unavailable -9d, verdict healthy -10d, unasked -10d
quiet | down.example.org | unavailable -1h, verdict healthy -9d, unasked -1h, snooze +5d of healthy
off   | down.example.org | disabled`)
	same(t, printed(insight.NewWorklist(all, nil, noon(), warning), all), `
now 3
  [down.example.org is unavailable]
    older (healthy) unavailable 10d ago
    old (healthy) unavailable 9d ago
  bad (invalid_token) invalid 9d ago
soon 1
  ends (expiring) ends 5d
waiting 3
  [down.example.org is unavailable]
    a (healthy) unavailable 1h
    b (healthy) unavailable 2h
  limit (healthy) limit 1h
fine 1
  other healthy
snoozed 1
  quiet (healthy) snoozed 5d
off 1
  off disabled off`)

	some := func(i int) bool { return all[i].Profile == "a" || all[i].Profile == "limit" }
	same(t, printed(insight.NewWorklist(all, some, noon(), warning), all), `
waiting 2
  a (healthy) unavailable 1h
  limit (healthy) limit 1h`)
}

// TestOutlook sums up: what is off or snoozed has no end that counts.
func TestOutlook(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, table, want string }{
		{"nothing", "never | a | healthy, verdict healthy, end never\nunknown | a | healthy, verdict healthy", "fine 2"},
		{"ends", `
far     | a | healthy, verdict healthy, end +90d
week    | b | expiring, verdict expiring, end +7d
release | c | expiring, verdict expiring, end +2h
after   | d | expiring, verdict expiring, end +8d
ended   | e | invalid_token, verdict invalid_token, end -1h
quiet   | f | expiring, verdict expiring, end +1h, snooze +9d of expiring
off     | g | disabled, end +1h`, "now 2, soon 2, fine 1, snoozed 1, off 1; 2 this week; next release in 2h"},
		{"far ends", "far | a | healthy, verdict healthy, end +90d", "fine 1; next far in 90d"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			all := file(t, tt.table)
			o := insight.OutlookOf(insight.NewWorklist(all, nil, noon(), warning).Standings, noon())
			var counts []string
			for _, u := range insight.Urgencies() {
				if n := o.Counts[u]; n > 0 {
					counts = append(counts, fmt.Sprintf("%s %d", u, n))
				}
			}
			got := strings.Join(counts, ", ")
			if o.Week > 0 {
				got += fmt.Sprintf("; %d this week", o.Week)
			}
			if o.Next >= 0 {
				got += "; next " + all[o.Next].Profile + " in " + insight.Due{Kind: insight.DueEnd, At: o.Ends}.Words(noon())
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestTurns looks at a profile at the moment at which time alone is said to
// change its urgency, and just before it.
func TestTurns(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ facts, want string }{
		{"healthy, verdict healthy, end never", "fine"},
		{"healthy, verdict healthy, end +20d", "fine, +6d soon, +19d now, +20d now"},
		{"healthy, verdict healthy, end +20d, snooze +7d of healthy", "snoozed, +6d snoozed, +7d soon, +19d now, +20d now"},
		{"unreachable, verdict healthy, unasked -6d", "waiting, +1d now"},
		{"healthy, verdict healthy, unasked -6d", "fine"},
	} {
		s := profile(t, tt.facts)
		st := insight.StandingOf(&s, noon(), warning)
		got := []string{string(st.Urgency)}
		for at := st.Turns; !at.IsZero(); at = st.Turns {
			if early := insight.UrgencyOf(&s, at.Add(-time.Second), warning); early != st.Urgency {
				t.Errorf("%s: %s a second before %s already", tt.facts, early, at)
			}
			st = insight.StandingOf(&s, at, warning)
			got = append(got, fmt.Sprintf("+%dd %s", at.Sub(noon())/(24*time.Hour), st.Urgency))
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: got %q, want %q", tt.facts, strings.Join(got, ", "), tt.want)
		}
	}
}

// BenchmarkWorklist makes one of many profiles, a third of them in an outage.
func BenchmarkWorklist(b *testing.B) {
	all := make([]account.Snapshot, 10_000)
	for i := range all {
		s := account.Snapshot{Profile: fmt.Sprint(i), Endpoint: fmt.Sprintf("https://h%d.example.org/user", i%20)}
		s.Health = account.Health{State: account.Healthy, CheckedAt: noon(), HTTPStatus: 200}
		if i%3 == 0 {
			s.Health.State, s.Health.HTTPStatus = account.Unavailable, 503
		}
		s.Verdict = account.Verdict{State: account.Healthy, Since: noon().Add(-time.Duration(i%97) * time.Hour)}
		s.Account = &account.Account{}
		s.Account.Token.Expiry = account.Expiry{Kind: account.ExpiryDate, At: noon().Add(time.Duration(i%301) * 24 * time.Hour)}
		all[i] = s
	}
	for b.Loop() {
		insight.NewWorklist(all, nil, noon(), warning)
	}
}
