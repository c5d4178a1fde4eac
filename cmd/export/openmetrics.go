package export

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config"
)

// metric is a family of gauges with a sample a profile at most.
type metric struct {
	name, unit, help string
	// value is not ok where there is nothing to tell.
	value func(account.Snapshot) (v float64, ok bool)
}

func metrics() []metric {
	return []metric{
		{"rollcall_check_timestamp_seconds", "seconds", "When the profile was last checked.",
			func(s account.Snapshot) (float64, bool) { return seconds(s.Health.CheckedAt) }},
		{"rollcall_check_latency_seconds", "seconds", "How long the answer took.",
			func(s account.Snapshot) (float64, bool) { return s.Health.Latency.Seconds(), s.Health.Latency > 0 }},
		{"rollcall_http_status", "", "The HTTP status of the answer.",
			func(s account.Snapshot) (float64, bool) { return float64(s.Health.HTTPStatus), s.Health.HTTPStatus > 0 }},
		{"rollcall_last_ok_timestamp_seconds", "seconds", "When the service last accepted the credential.",
			func(s account.Snapshot) (float64, bool) { return seconds(s.Health.LastOKAt) }},
		{"rollcall_token_expiry_timestamp_seconds", "seconds", "When the token ends: +Inf for never, absent where unknown.", tokenEnd},
		{"rollcall_rate_limit_requests", "", "The budget of requests in a window.",
			func(s account.Snapshot) (float64, bool) { return count(s.RateLimit.Limit) }},
		{"rollcall_rate_limit_remaining_requests", "", "What is left of the budget.",
			func(s account.Snapshot) (float64, bool) { return count(s.RateLimit.Remaining) }},
		{"rollcall_rate_limit_reset_timestamp_seconds", "seconds", "When the budget is full again.",
			func(s account.Snapshot) (float64, bool) { return seconds(s.RateLimit.ResetAt) }},
	}
}

func seconds(t time.Time) (float64, bool) { return float64(t.UnixMilli()) / 1000, !t.IsZero() }

func count(n *int64) (float64, bool) {
	if n == nil {
		return 0, false
	}
	return float64(*n), true
}

// flag is a truth as the format has it.
func flag(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func tokenEnd(s account.Snapshot) (float64, bool) {
	switch e := s.Expiry(); e.KindOrUnknown() {
	case account.ExpiryNever:
		return math.Inf(1), true
	case account.ExpiryDate:
		return seconds(e.At)
	default:
		return 0, false
	}
}

// WriteOpenMetrics prints the snapshots for a collector of metrics, in the text
// format of OpenMetrics 1.0 (https://prometheus.io/docs/specs/om/open_metrics_spec/).
// All families are gauges, so that readers of the older format of Prometheus,
// such as the text-file collector of its node exporter, can read it, too.
// standings are how the profiles stand, in the same order.
func WriteOpenMetrics(w io.Writer, profiles []config.Profile, snapshots []account.Snapshot, standings []insight.Standing) error {
	var b strings.Builder
	family := func(name, unit, help string) {
		fmt.Fprintf(&b, "# TYPE %s gauge\n", name)
		if unit != "" {
			fmt.Fprintf(&b, "# UNIT %s %s\n", name, unit)
		}
		fmt.Fprintf(&b, "# HELP %s %s\n", name, help)
	}
	labels := func(i int, more ...string) string {
		return labelSet(append([]string{"profile", snapshots[i].Profile, "provider", profiles[i].Provider}, more...)...)
	}
	family("rollcall_state", "", "The state of the profile, and the service's own word for a refusal; always 1.")
	for i, s := range snapshots {
		state := s.Health.State
		fmt.Fprintf(&b, "rollcall_state%s 1\n",
			labels(i, "state", string(state), "severity", string(state.Severity()), "code", s.Health.Code))
	}
	family("rollcall_profile_urgency", "", "Whether a person has to look after the profile: 1 for its urgency, 0 for every other.")
	for i, st := range standings {
		for _, u := range insight.Urgencies() {
			of := labelSet("profile", snapshots[i].Profile, "urgency", string(u))
			fmt.Fprintf(&b, "rollcall_profile_urgency%s %d\n", of, flag(u == st.Urgency))
		}
	}
	family("rollcall_token_accepted", "", "Whether the service accepted the credential when it last judged it; absent until it did.")
	for _, s := range snapshots {
		if v := s.Verdict.State; v != "" {
			fmt.Fprintf(&b, "rollcall_token_accepted%s %d\n", labelSet("profile", s.Profile), flag(v.Accepted()))
		}
	}
	for _, m := range metrics() {
		family(m.name, m.unit, m.help)
		for i, s := range snapshots {
			if v, ok := m.value(s); ok {
				fmt.Fprintf(&b, "%s%s %s\n", m.name, labels(i), number(v))
			}
		}
	}
	b.WriteString("# EOF\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// number writes a value as the format has it.
func number(v float64) string {
	if math.IsInf(v, 1) {
		return "+Inf"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// labelSet writes names and values in turn.
func labelSet(pairs ...string) string {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)
	var all []string
	for i := 0; i < len(pairs); i += 2 {
		all = append(all, pairs[i]+`="`+escape.Replace(text.Harmless(pairs[i+1]))+`"`)
	}
	return "{" + strings.Join(all, ",") + "}"
}
