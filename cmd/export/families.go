package export

import (
	"math"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// family is one metric with all of its samples.
type family struct {
	name, help string
	// labels are the names of its labels, in the order in which samples has their values.
	labels []string
	// counts is set for a counter; all others are gauges.
	counts  bool
	samples func(r *Report, tell tell)
}

// tell takes a sample: its value, and those of its labels, which it keeps.
type tell func(value float64, labels ...string)

// families are all metrics. No label of a profile says how it is: a series lives as long
// as its profile, so that an alert can wait for a failure that takes turns with another.
func families() []family {
	return []family{
		ofProfile("rollcall_profile_info", "What the configuration says of the profile; always 1.",
			[]string{"provider", "service", "host", "tags"}, func(p *Profile, tell tell) {
				tell(1, p.Provider, p.Service, p.Host, strings.Join(p.Tags, ","))
			}),
		ofProfile("rollcall_profile_state", "The state of the profile: 1 for the present one, 0 for every other.",
			[]string{"state"}, func(p *Profile, tell tell) {
				for _, s := range account.States() {
					tell(truth(s == p.Snapshot.Health.State), string(s))
				}
			}),
		ofProfile("rollcall_profile_urgency", "Whether a person has to look after the profile: 1 for its urgency, 0 for every other.",
			[]string{"urgency"}, func(p *Profile, tell tell) {
				for _, u := range insight.Urgencies() {
					tell(truth(u == p.Urgency), string(u))
				}
			}),
		one("rollcall_token_accepted", "Whether the service accepted the credential when it last judged it: 1 or 0; absent until it did.",
			func(s *account.Snapshot) (float64, bool) {
				return truth(s.Verdict.State.Accepted()), s.Verdict.State != ""
			}),
		one("rollcall_profile_reachable", "Whether the last check had an answer that could be read: 1 or 0.",
			func(s *account.Snapshot) (float64, bool) { return truth(reachable(s.Health)), true }),
		one("rollcall_token_expiry_timestamp_seconds", "When the token ends: +Inf for never; absent where unknown.", tokenEnd),
		ofBudget("rollcall_rate_limit", "The budget of requests in a window; absent where unknown.",
			func(l account.RateLimit) (float64, bool) { return count(l.Limit) }),
		ofBudget("rollcall_rate_limit_remaining", "What is left of the budget; absent where unknown.",
			func(l account.RateLimit) (float64, bool) { return count(l.Remaining) }),
		ofBudget("rollcall_rate_limit_reset_timestamp_seconds", "When the budget is full again; absent where unknown.",
			func(l account.RateLimit) (float64, bool) { return seconds(l.ResetAt) }),
		one("rollcall_check_duration_seconds", "How long the answer to the last check took; absent where none came.",
			func(s *account.Snapshot) (float64, bool) { return s.Health.Latency.Seconds(), s.Health.Latency > 0 }),
		one("rollcall_last_check_timestamp_seconds", "When the service was last asked; absent where it never was.",
			func(s *account.Snapshot) (float64, bool) { return seconds(lastAsked(s)) }),
		one("rollcall_last_success_timestamp_seconds", "When the service last named the right user; absent where it never did.",
			func(s *account.Snapshot) (float64, bool) { return seconds(s.Health.LastOKAt) }),
		checks(),
		{
			name: "rollcall_config_errors", help: "How many problems the configuration has, a changed file that cannot be used among them.",
			samples: func(r *Report, tell tell) { tell(float64(r.ConfigErrors)) },
		},
		{
			name: "rollcall_build_info", help: "Which rollcall tells this; always 1.", labels: []string{"version", "revision", "goversion"},
			samples: func(r *Report, tell tell) { tell(1, r.Build.Version, r.Build.Revision, r.Build.GoVersion) },
		},
	}
}

// ofProfile is a metric of every profile, with labels besides its name.
func ofProfile(name, help string, labels []string, samples func(p *Profile, tell tell)) family {
	return family{name: name, help: help, labels: slices.Concat([]string{"profile"}, labels), samples: func(r *Report, all tell) {
		for i := range r.Profiles {
			p := &r.Profiles[i]
			samples(p, func(value float64, labels ...string) {
				all(value, slices.Concat([]string{p.Snapshot.Profile}, labels)...)
			})
		}
	}}
}

// one is a metric with one sample a profile; value is not ok where there is nothing to
// tell.
func one(name, help string, value func(s *account.Snapshot) (v float64, ok bool)) family {
	return ofProfile(name, help, nil, func(p *Profile, tell tell) {
		if v, ok := value(&p.Snapshot); ok {
			tell(v)
		}
	})
}

// ofBudget is a metric of every budget that a service told of. One without a name has the
// label empty, which is to Prometheus as if it were not there.
func ofBudget(name, help string, value func(account.RateLimit) (v float64, ok bool)) family {
	return ofProfile(name, help, []string{"bucket"}, func(p *Profile, tell tell) {
		var told []string
		for _, l := range p.Snapshot.RateLimits() {
			if v, ok := value(l); ok && !slices.Contains(told, l.Name) {
				told = append(told, l.Name)
				tell(v, l.Name)
			}
		}
	})
}

// checks counts what checks ended in. Those that never happened are there as 0, so that
// the first one is seen to be one more.
func checks() family {
	f := ofProfile("rollcall_checks_total", "How many checks asked the service, by the state that they ended in, since 'rollcall serve' began; no other command tells it.",
		[]string{"state"}, func(p *Profile, tell tell) {
			if p.Checks == nil {
				return
			}
			for _, s := range account.States() {
				if s.Severity() != account.SeverityNone {
					tell(float64(p.Checks[s]), string(s))
				}
			}
		})
	f.counts = true
	return f
}

// reachable reports whether a service answered, in a form that could be read.
func reachable(h account.Health) bool {
	return h.HTTPStatus > 0 && h.State != account.Unreachable && h.State != account.BadResponse
}

// lastAsked is when the service was last asked, by whatever check that was; zero for never.
func lastAsked(s *account.Snapshot) time.Time {
	if n := len(s.History); n > 0 && s.Health.CheckedAt.IsZero() {
		return s.History[n-1].At
	}
	return s.Health.CheckedAt
}

func tokenEnd(s *account.Snapshot) (float64, bool) {
	switch e := s.Expiry(); e.KindOrUnknown() {
	case account.ExpiryNever:
		return math.Inf(1), true
	case account.ExpiryDate:
		return seconds(e.At)
	default:
		return 0, false
	}
}

func seconds(t time.Time) (float64, bool) { return float64(t.UnixMilli()) / 1000, !t.IsZero() }

func count(n *int64) (float64, bool) {
	if n == nil {
		return 0, false
	}
	return float64(*n), true
}

// truth is yes or no as metrics have it.
func truth(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
