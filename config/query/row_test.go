package query_test

import (
	"strconv"
	"strings"

	"rollcall/config/query"
)

// vocabulary are words as the program has them.
func vocabulary() query.Vocabulary {
	return query.Vocabulary{
		States: []string{
			"healthy", "expiring", "no_user", "rate_limited", "invalid_token", "wrong_account", "bad_request", "unreachable", "disabled",
		},
		Severities: []string{"ok", "warn", "fail", "none"},
		Urgencies:  []string{"now", "soon", "waiting", "fine", "snoozed", "off"},
	}
}

// profile is a row that is written as "key=value key=value"; a value of a measure
// is a number.
type profile map[string][]string

// rowOf reads a profile. An underscore stands for a blank but in a state.
func rowOf(text string) profile {
	p := profile{}
	for _, pair := range strings.Fields(text) {
		key, value, _ := strings.Cut(pair, "=")
		if key != "state" && key != "verdict" {
			value = strings.ReplaceAll(value, "_", " ")
		}
		p[key] = append(p[key], value)
	}
	return p
}

func (p profile) Field(key string) []string { return p[key] }

func (p profile) Measure(key string) (float64, bool) {
	if len(p[key+"?"]) == 0 {
		return 0, false
	}
	n, err := strconv.ParseFloat(p[key+"?"][0], 64)
	return n, err == nil
}
