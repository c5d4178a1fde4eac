package ratelimit

import (
	"net/http"
	"strings"
	"time"

	"github.com/dunglas/httpsfv"

	"rollcall/client/account"
)

// structuredLimits reads the RateLimit and RateLimit-Policy headers of the IETF
// drafts from 07 on. The earlier drafts have headers with one number each.
func structuredLimits(h http.Header, now time.Time) []Bucket {
	values := h.Values("RateLimit")
	if len(values) == 0 {
		return nil
	}
	// In draft 07, remaining= is a member of a dictionary. In the lists of later
	// drafts it could only be a parameter, behind a semicolon.
	before, _, found := strings.Cut(strings.Join(values, ", "), "remaining=")
	if found && !strings.Contains(before, ";") {
		return dictionaryLimit(values, now)
	}
	return listLimits(values, h.Values("RateLimit-Policy"), now)
}

// dictionaryLimit reads draft 07: limit=100, remaining=50, reset=5.
func dictionaryLimit(values []string, now time.Time) []Bucket {
	dict, err := httpsfv.UnmarshalDictionary(values)
	if err != nil {
		return nil
	}
	member := func(name string) *int64 {
		m, _ := dict.Get(name)
		item, _ := m.(httpsfv.Item)
		return natural(item.Value)
	}
	r := Bucket{RateLimit: account.RateLimit{Limit: member("limit"), Remaining: member("remaining"), Source: "RateLimit"}}
	if r.Remaining == nil {
		return nil
	}
	r.reconcile()
	r.setResetAfter(member("reset"), now)
	return []Bucket{r}
}

// listLimits reads drafts 08 to 10: "default";r=50;t=30, with the limit under
// the same name in the policies: "default";q=100;w=60.
func listLimits(values, policies []string, now time.Time) []Bucket {
	items, err := httpsfv.UnmarshalList(values)
	if err != nil {
		return nil
	}
	limits, others := policyLimits(policies)
	var all []Bucket
	for _, m := range items {
		item, ok := m.(httpsfv.Item)
		name, named := itemName(item)
		remaining := parameter(item, "r")
		if !ok || !named || remaining == nil || others[name] {
			continue
		}
		r := Bucket{RateLimit: account.RateLimit{Name: name, Limit: limits[name], Remaining: remaining, Source: "RateLimit"}}
		r.reconcile()
		r.setResetAfter(parameter(item, "t"), now)
		all = append(all, r)
	}
	return all
}

// policyLimits reads the limits by name. others holds the names of the policies
// that do not count requests but bytes or concurrent requests.
func policyLimits(values []string) (limits map[string]*int64, others map[string]bool) {
	limits, others = map[string]*int64{}, map[string]bool{}
	policies, err := httpsfv.UnmarshalList(values)
	if err != nil {
		return limits, others
	}
	for _, m := range policies {
		item, ok := m.(httpsfv.Item)
		name, named := itemName(item)
		if !ok || !named {
			continue
		}
		limits[name] = parameter(item, "q")
		if unit, told := item.Params.Get("qu"); told && unit != "requests" && unit != httpsfv.Token("requests") {
			others[name] = true
		}
	}
	return limits, others
}

// itemName is the name of an item: a string or, as in some examples of the
// drafts, a bare token.
func itemName(item httpsfv.Item) (name string, ok bool) {
	switch v := item.Value.(type) {
	case string:
		return v, true
	case httpsfv.Token:
		return string(v), true
	}
	return "", false
}

// parameter is a parameter of an item as a number; nil where it is missing or
// no natural number.
func parameter(item httpsfv.Item, key string) *int64 {
	if item.Params == nil {
		return nil
	}
	v, _ := item.Params.Get(key)
	return natural(v)
}

// natural is v as a number of at least 0; nil where it is none.
func natural(v any) *int64 {
	var n int64
	switch v := v.(type) {
	case int64:
		n = v
	case float64:
		n = int64(v)
	default:
		return nil
	}
	if n < 0 {
		return nil
	}
	return &n
}
