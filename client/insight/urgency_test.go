package insight_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// noon is the moment of the tables: "+2h" in them is two hours later.
func noon() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

// moment reads a time of a table, in hours or days from noon; zero for none.
func moment(t *testing.T, s string) time.Time {
	t.Helper()
	if s == "" {
		return time.Time{}
	}
	unit := time.Hour
	if days, ok := strings.CutSuffix(s, "d"); ok {
		s, unit = days+"h", 24*time.Hour
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		t.Fatal(err)
	}
	return noon().Add(d * (unit / time.Hour))
}

// told is a due as the tables have it.
func told(d insight.Due) string {
	if d.At.IsZero() {
		return string(d.Kind)
	}
	off := d.At.Sub(noon())
	if off%(24*time.Hour) == 0 {
		return fmt.Sprintf("%s %+dd", d.Kind, off/(24*time.Hour))
	}
	s := strings.Replace(strings.Replace(off.String(), "m0s", "m", 1), "h0m", "h", 1)
	if off > 0 {
		s = "+" + s
	}
	return string(d.Kind) + " " + s
}

// profile makes a snapshot of the facts of a line, each a word and a moment.
func profile(t *testing.T, facts string) (s account.Snapshot) {
	t.Helper()
	for _, fact := range strings.Split(facts, ",") {
		word, rest, _ := strings.Cut(strings.TrimSpace(fact), " ")
		switch word {
		case "":
		case "verdict":
			state, since, _ := strings.Cut(rest, " ")
			s.Verdict = account.Verdict{State: account.State(state), Since: moment(t, since)}
		case "end":
			s.Account = &account.Account{}
			if s.Account.Token.Expiry.Kind = account.ExpiryKind(rest); rest != "never" && rest != "unknown" {
				s.Account.Token.Expiry = account.Expiry{Kind: account.ExpiryDate, At: moment(t, rest)}
			}
		case "snooze":
			until, verdict, _ := strings.Cut(rest, " of ")
			s.Snooze = account.Snooze{Until: moment(t, until), Verdict: account.State(verdict)}
		case "unasked":
			s.UnaskedSince = moment(t, rest)
		case "next":
			s.NextAt = moment(t, rest)
		case "wait":
			s.Health.RetryAt = moment(t, rest)
		default:
			s.Health.State = account.State(word)
			if rest != "" {
				s.Since = moment(t, rest)
			}
		}
	}
	return s
}

// TestUrgency tells of a profile in a line: its state and since when, what else
// is known, and what that comes to. The warning is 14 days but where the line
// says another.
func TestUrgency(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ facts, want string }{
		{"disabled -3d", "off"},
		{"disabled, verdict invalid_token -9d, end +3h, snooze +9d of invalid_token", "off"},

		// A snooze holds until its end, and for the verdict that it was said of.
		{"invalid_token -2d, verdict invalid_token -2d, snooze +7d of invalid_token", "snoozed, snooze +7d"},
		{"expiring -2d, verdict expiring -2d, end +9d, snooze +0.001h of expiring", "snoozed, snooze +3.6s"},
		{"expiring -2d, verdict expiring -2d, end +9d, snooze 0h of expiring", "soon, end +9d"},
		{"invalid_token -1h, verdict invalid_token -1h, snooze +7d of expiring", "now, since -1h"},
		{"unreachable -1h, verdict expiring -2d, unasked -1h, end +9d, snooze +7d of expiring", "snoozed, snooze +7d"},
		{"unreachable -8d, unasked -8d, snooze +7d", "snoozed, snooze +7d"},
		{"healthy -1h, verdict healthy -1h, end never, snooze +7d of invalid_token", "fine, never"},

		// A verdict of severity fail, also through what says nothing of it.
		{"invalid_token -2d, verdict invalid_token -2d", "now, since -2d"},
		{"network_denied -3h, verdict network_denied -3h, end +80d", "now, since -3h"},
		{"scope_missing -3h, verdict scope_missing -3h", "now, since -3h"},
		{"forbidden -3h, verdict forbidden -3h", "now, since -3h"},
		{"wrong_account -2d, verdict wrong_account -2d, end never", "now, since -2d"},
		{"invalid_token -2d, verdict invalid_token -2d, end -2d", "now, end -2d"},
		{"invalid_token -2d, verdict invalid_token -2d, end +5h", "now, end +5h"},
		{"invalid_token -1h, verdict invalid_token -9d", "now, since -9d"},
		{"unreachable -1h, verdict invalid_token -9d, unasked -1h, next +1h", "now, since -9d"},
		{"rate_limited -1h, verdict forbidden -2d, unasked -1h", "now, since -2d"},
		{"credential_missing -1h, verdict invalid_token -9d", "now, since -1h"},
		{"checking, verdict invalid_token -9d", "now, "},

		// The profile itself is wrong.
		{"credential_missing -1h", "now, since -1h"},
		{"credential_missing -1h, verdict healthy -9d, end +80d", "now, since -1h"},
		{"misconfigured", "now, "},
		{"not_found -1h, verdict healthy -9d", "now, since -1h"},
		{"bad_request -1h, verdict healthy -9d", "now, since -1h"},

		// Nothing that answers as a service does was ever found there.
		{"unreachable -1h, unasked -2h", "now, since -2h"},
		{"bad_response -1h, unasked -1h", "now, since -1h"},
		{"server_error -1h, unasked -1h, next +1h", "waiting, next +1h"},
		{"unavailable -1h, unasked -1h, next +1h", "waiting, next +1h"},
		{"rate_limited -1h, unasked -1h, next +1h", "waiting, next +1h"},

		// It could not be asked for 7 days, whatever kept from it.
		{"unreachable -1h, verdict healthy -30d, unasked -167h, next +1h", "waiting, next +1h"},
		{"unreachable -1h, verdict healthy -30d, unasked -7d, next +1h", "now, since -7d"},
		{"rate_limited -1h, verdict healthy -30d, unasked -8d, end +80d", "now, since -8d"},
		{"unavailable -8d, unasked -8d", "now, since -8d"},

		// An end that is past, or within a day.
		{"expiring -9d, verdict expiring -9d, end 0h", "now, end +0d"},
		{"expiring -9d, verdict expiring -9d, end -1h", "now, end -1h"},
		{"expiring -9d, verdict expiring -9d, end +24h", "now, end +1d"},
		{"expiring -9d, verdict expiring -9d, end +24.5h", "soon, end +24h30m"},
		{"unreachable -1h, verdict expiring -9d, unasked -1h, end +2h", "now, end +2h"},
		{"checking, end -1h", "now, end -1h"},
		{"warn 2h, healthy -9d, verdict healthy -9d, end +2h", "now, end +2h"},
		{"warn 2h, healthy -9d, verdict healthy -9d, end +3h", "fine, end +3h"},
		{"warn 0h, expiring -9d, verdict expiring -9d, end 0h", "now, end +0d"},

		// An end within the warning.
		{"expiring -1h, verdict expiring -1h, end +14d", "soon, end +14d"},
		{"healthy -9d, verdict healthy -9d, end +337h", "fine, end +337h"},
		{"no_user -1h, verdict no_user -1h, end +9d", "soon, end +9d"},
		{"unavailable -1h, verdict expiring -9d, unasked -1h, end +9d, next +1h", "soon, end +9d"},

		// It could not be asked, or nothing is known yet.
		{"unreachable -1h, verdict healthy -9d, unasked -1h, end +80d, next +1h", "waiting, next +1h"},
		{"bad_response -1h, verdict no_user -9d, unasked -1h, next +1h", "waiting, next +1h"},
		{"server_error -1h, verdict healthy -9d, unasked -1h", "waiting, "},
		{"rate_limited -1h, verdict healthy -9d, unasked -1h, wait +2h", "waiting, next +2h"},
		{"rate_limited -3h, verdict healthy -9d, unasked -3h, wait -1h", "waiting, "},
		{"checking", "waiting, "},
		{"", "waiting, "},

		{"healthy -9d, verdict healthy -9d", "fine, "},
		{"healthy -9d, verdict healthy -9d, end unknown", "fine, "},
		{"healthy -9d, verdict healthy -9d, end never", "fine, never"},
		{"healthy -9d, verdict healthy -9d, end +80d", "fine, end +80d"},
		{"no_user -9d, verdict no_user -9d", "fine, "},
	} {
		facts, warning := tt.facts, 14*24*time.Hour
		if rest, ok := strings.CutPrefix(facts, "warn "); ok {
			span, rest, _ := strings.Cut(rest, ",")
			facts, warning = rest, moment(t, span).Sub(noon())
		}
		s := profile(t, facts)
		st := insight.StandingOf(&s, noon(), warning)
		got := string(st.Urgency) + ", " + told(st.Due)
		if st.Urgency == insight.UrgencyOff && st.Due == (insight.Due{}) {
			got = "off"
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.facts, got, tt.want)
		}
		if u := insight.UrgencyOf(&s, noon(), warning); u != st.Urgency {
			t.Errorf("%s: %s by itself, %s in its standing", tt.facts, u, st.Urgency)
		}
	}
}

// TestUrgencyOfEveryState holds that no state is left to chance.
func TestUrgencyOfEveryState(t *testing.T) {
	t.Parallel()
	want := map[insight.Urgency]string{
		insight.UrgencyNow: "invalid_token network_denied scope_missing forbidden wrong_account not_found bad_request " +
			"credential_missing misconfigured",
		insight.UrgencyWaiting: "rate_limited unavailable server_error bad_response unreachable checking",
		insight.UrgencyFine:    "healthy expiring no_user",
		insight.UrgencyOff:     "disabled",
	}
	got := map[insight.Urgency]string{}
	for _, state := range account.States() {
		s := account.Snapshot{Health: account.Health{State: state}, Verdict: account.Verdict{State: account.Healthy}}
		if state.Judges() {
			s.Verdict.State = state
		}
		u := insight.UrgencyOf(&s, noon(), 14*24*time.Hour)
		got[u] = strings.TrimSpace(got[u] + " " + string(state))
	}
	for _, u := range insight.Urgencies() {
		if got[u] != want[u] {
			t.Errorf("%s: %s, want %s", u, got[u], want[u])
		}
	}
}
