package ratelimit

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/client/text"
)

// Parse reads all budgets of requests that the headers tell of, in
// any of the forms in use. now is when the answer came. A field that makes no
// sense is left out.
func Parse(h http.Header, now time.Time) []Bucket {
	if age, err := strconv.Atoi(strings.TrimSpace(h.Get("Age"))); err == nil && age > 0 {
		// A cache answered: the budget is somebody else's, or long past.
		return nil
	}
	return append(structuredLimits(h, now), plainLimits(h, now)...)
}

// plainHeader matches the headers that hold one number each: a vendor's
// prefix and what follows.
var plainHeader = text.Pattern(`^((?:.+-)?rate-?limit)-(.+)$`)

// plainKinds are the words that such headers use.
var plainKinds = map[string]string{
	"limit": "limit", "permitted": "limit", "quota": "limit",
	"remaining": "remaining",
	"used":      "used", "observed": "used",
	"reset": "reset", "resettime": "reset",
	"name": "name", "resource": "name",
}

// plainLimits reads the headers that hold one number each: RateLimit-Limit,
// X-RateLimit-Requests-Remaining, X-Rate-Limit-Limit-Minute and so on.
func plainLimits(h http.Header, now time.Time) []Bucket {
	type group struct{ prefix, bucket string }
	groups := map[group]map[string]field{}
	names := map[string]string{}
	for _, header := range slices.Sorted(maps.Keys(h)) {
		m := plainHeader().FindStringSubmatch(strings.ToLower(header))
		if m == nil {
			continue
		}
		kind, bucket := splitKind(m[2])
		value := strings.Join(h.Values(header), ", ")
		switch {
		case kind == "":
		case kind == "name":
			names[m[1]] = strings.TrimSpace(value)
		default:
			g := group{m[1], bucket}
			if groups[g] == nil {
				groups[g] = map[string]field{}
			}
			if _, told := groups[g][kind]; !told {
				groups[g][kind] = field{header, value}
			}
		}
	}
	byName := func(a, b group) int {
		return cmp.Or(cmp.Compare(a.prefix, b.prefix), cmp.Compare(a.bucket, b.bucket))
	}
	var all []Bucket
	for _, g := range slices.SortedFunc(maps.Keys(groups), byName) {
		r := plainLimit(groups[g], now, skew(h, now))
		r.Name = cmp.Or(g.bucket, names[g.prefix])
		if r.Source != "" {
			all = append(all, r)
		}
	}
	return all
}

// field is a header with its value.
type field struct{ header, value string }

// splitKind tells the word for what a header holds from the bucket that it is
// about, which may come before or after it.
func splitKind(rest string) (kind, bucket string) {
	words := strings.Split(rest, "-")
	for i, w := range words {
		if kind = plainKinds[w]; kind == "" {
			continue
		}
		others := slices.Delete(words, i, i+1)
		if kind == "reset" && i < len(others) && (others[i] == "after" || others[i] == "time") {
			others = slices.Delete(others, i, i+1)
		}
		return kind, strings.Join(others, "-")
	}
	return "", ""
}

// plainLimit puts together the fields of one bucket. Its source is the header
// that tells most about it, and empty where none makes sense.
func plainLimit(fields map[string]field, now time.Time, skew time.Duration) Bucket {
	var r Bucket
	r.Limit = count(fields["limit"].value)
	r.Remaining = count(fields["remaining"].value)
	used := count(fields["used"].value)
	derived := r.Remaining == nil && r.Limit != nil && used != nil
	if derived {
		rest := max(0, *r.Limit-*used)
		r.Remaining = &rest
	}
	r.reconcile()
	r.setReset(fields["reset"].value, now, skew)
	switch {
	case derived:
		r.Source = fields["used"].header
	case r.Remaining != nil:
		r.Source = fields["remaining"].header
	case r.Limit != nil:
		r.Source = fields["limit"].header
	case !r.ResetAt.IsZero():
		r.Source = fields["reset"].header
	}
	return r
}

// count reads the first number of a header's value; nil where there is none.
// A negative one is some services' word for unknown.
func count(value string) *int64 {
	if i := strings.IndexAny(value, ",;"); i >= 0 {
		value = value[:i]
	}
	v, ok := decimal(strings.Trim(value, ` "`))
	if !ok || v < 0 || v >= 1<<62 {
		return nil
	}
	n := int64(v)
	return &n
}
