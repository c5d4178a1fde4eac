package insight_test

import (
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// TestWords tells of a profile in a row of a list, and in a sentence.
func TestWords(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ facts, row, phrase string }{
		{"expiring -9d, verdict expiring -9d, end +2h", "expiring | ends 2h", "ends in 2h"},
		{"expiring -9d, verdict expiring -9d, end -3d", "expiring | ended 3d ago", "ended 3d ago"},
		{"healthy, verdict healthy, end never", "healthy | never", "never ends"},
		{"healthy, verdict healthy, end +90d", "healthy | 90d", "ends in 90d"},
		{"healthy, verdict healthy", "healthy | ", ""},
		{"wrong_account -2d, verdict wrong_account -2d", "wrong account | 2d ago", "for 2d"},
		{"forbidden 0h, verdict forbidden 0h", "forbidden | just now", "just now"},
		{"misconfigured", "misconfigured | ", ""},
		{"unreachable -2h, verdict healthy -9d, unasked -2h, next +1h", "healthy, stale | unreachable 1h", "asked again in 1h"},
		{"unreachable -2h, verdict wrong_account -2d, unasked -2h", "wrong account, stale | 2d ago", "for 2d"},
		{"server_error -1h, unasked -1h", "server error | ", ""},
		{"server_error -1h, unasked -1h, verdict healthy -9d, next +1h", "healthy, stale | server 1h", "asked again in 1h"},
		{"bad_request -1h", "bad request | 1h ago", "for 1h"},
		{"unavailable -1h, verdict healthy -9d, unasked -1h, next +1h", "healthy, stale | unavailable 1h", "asked again in 1h"},
		{"checking, next +1h", "checking | checking 1h", "asked again in 1h"},
		{"rate_limited -1h, next -1h", "rate limited | limit now", "asked again now"},
		{"healthy, verdict healthy, snooze +5d of healthy", "healthy | snoozed 5d", "snoozed for 5d"},
		{"bad_response -2h", "bad response | 2h ago", "for 2h"},
		{"disabled", "disabled | ", ""},
	} {
		s := profile(t, tt.facts)
		st := insight.StandingOf(&s, noon(), warning)
		if row := st.Word() + " | " + st.DueWords(s.Health, noon()); row != tt.row {
			t.Errorf("%s: got %q, want %q", tt.facts, row, tt.row)
		}
		if phrase := st.Due.Phrase(noon()); phrase != tt.phrase {
			t.Errorf("%s: got %q, want %q", tt.facts, phrase, tt.phrase)
		}
	}
}

// TestAdvice asks what to do about profiles, also about what an outage hides.
func TestAdvice(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ facts, want, action string }{
		{"expiring, verdict expiring, end +2h",
			"Renew it before then, and put the new one where this profile takes its token from. The token ends in 2h, on 2026-11-21 14:00 UTC.", "rotate"},
		{"healthy -9d, verdict healthy -9d, end +5d",
			"Renew it before then, and put the new one where this profile takes its token from. The token ends in 5d, on 2026-11-26.", "rotate"},
		{"unreachable -2h, verdict expiring -9d, unasked -2h, end +5d",
			"Renew it before then, and put the new one where this profile takes its token from. The token ends in 5d, on 2026-11-26.", "rotate"},
		{"unreachable -2h, verdict expiring -9d, unasked -2h, end -1d",
			"Renew it, and put the new one where this profile takes its token from. " +
				"The token ended on 2026-11-20 12:00 UTC; the service has not been asked since.", "rotate"},
		{"unreachable -2h, verdict wrong_account -2d, unasked -2h",
			"Give the profile a credential of its own user, or accept the new one. The service last said: wrong account. What happened.", "pin"},
		{"unreachable -2h, verdict healthy -2d, unasked -2h", "What to do. What happened.", "ask_again"},
		{"misconfigured", "What to do. What happened.", "edit"},
		{"no_user, verdict no_user", "What happened.", ""},
		{"healthy, verdict healthy, snooze +5d of healthy", "Kim asks for it", ""},
		{"disabled", "", ""},
	} {
		s := profile(t, tt.facts)
		s.Health.Explanation, s.Health.Remedy, s.Snooze.Note = "What happened.", "What to do.", "Kim asks for it"
		st := insight.StandingOf(&s, noon(), warning)
		if got := st.Note(s, noon()); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.facts, got, tt.want)
		}
		if got := st.Advice(s, noon()).Action; got != account.Action(tt.action) {
			t.Errorf("%s: the action is %q, want %q", tt.facts, got, tt.action)
		}
	}
}

// TestRefusedAdvice has a remedy for every verdict that refuses.
func TestRefusedAdvice(t *testing.T) {
	t.Parallel()
	for _, state := range account.States() {
		if !state.Judges() || state.Severity() != account.SeverityFail {
			continue
		}
		s := profile(t, "unreachable -1h, unasked -1h, verdict "+string(state)+" -2d")
		s.Verdict.At = moment(t, "-3h")
		a := insight.StandingOf(&s, noon(), warning).Advice(s, noon())
		if want := "The service last said, 3h ago: " + state.Word() + "."; a.Explanation != want || a.Remedy == "" || a.Action == "" {
			t.Errorf("%s: %+v", state, a)
		}
	}
}

// TestOutlookWords says in a line who is next.
func TestOutlookWords(t *testing.T) {
	t.Parallel()
	for want, table := range map[string]string{
		"nothing now": "never | a | healthy, verdict healthy, end never",
		"1 now, 1 this week, 1 waiting, next release in 2h": "release | a | expiring, verdict expiring, end +2h\nbatch | b | rate_limited, verdict healthy",
		"nothing now, next far in 90d":                      "far | a | healthy, verdict healthy, end +90d",
	} {
		all := file(t, table)
		o := insight.OutlookOf(insight.NewWorklist(all, nil, noon(), warning).Standings, noon())
		got := o.Words(func(i int) string { return strings.TrimSpace(all[i].Profile) }, noon())
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestMoment(t *testing.T) {
	for _, tt := range []struct {
		due  insight.Due
		want string
	}{
		{insight.Due{Kind: insight.DueEnd, At: noon().Add(113 * time.Minute)}, "13:53, in 1h53m"},
		{insight.Due{Kind: insight.DueEnd, At: noon().AddDate(0, 0, 1)}, "tomorrow 12:00, in 24h"},
		{insight.Due{Kind: insight.DueEnd, At: noon().AddDate(0, 0, 83)}, noon().AddDate(0, 0, 83).Format(time.DateOnly) + ", in 83d"},
		{insight.Due{Kind: insight.DueEnd, At: noon().Add(-40 * time.Minute)}, "ended 11:20, 40m ago"},
		{insight.Due{Kind: insight.DueSince, At: noon().Add(-11 * time.Minute)}, "since 11:49, 11m ago"},
		{insight.Due{Kind: insight.DueNext, At: noon().Add(55 * time.Second)}, "asked again in 55s"},
		{insight.Due{Kind: insight.DueNever}, "never ends"},
		{insight.Due{}, ""},
	} {
		if got := tt.due.Moment(noon()); got != tt.want {
			t.Errorf("%+v: %q, not %q", tt.due, got, tt.want)
		}
	}
}

// TestNoteIsTwoSentences ends what to do, which can be a command, before it says why.
func TestNoteIsTwoSentences(t *testing.T) {
	t.Parallel()
	s := account.Snapshot{Health: account.Health{State: account.CredentialMissing, Explanation: "The file x is not there.", Remedy: "Run: touch x"}}
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	if got := insight.StandingOf(&s, now, time.Hour).Note(s, now); got != "Run: touch x. The file x is not there." {
		t.Errorf("%q", got)
	}
}
