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

// Parse reads the budgets of requests from the headers of an answer, in all the
// forms that services use. now is when the answer came. A header that makes no
// sense is ignored. There is no budget in the answer of a cache.
func Parse(h http.Header, now time.Time) []Bucket {
	if age, err := strconv.Atoi(strings.TrimSpace(h.Get("Age"))); err == nil && age > 0 {
		// A cache kept this answer: the budget is another user's or out of date.
		return nil
	}
	return append(structuredLimits(h, now), plainLimits(h, now)...)
}

// plainHeader matches the name of a header that holds one number. The groups
// are a prefix such as x-ratelimit, and the rest.
var plainHeader = text.Pattern(`^((?:.+-)?rate-?limit)-(.+)$`)

// plainKinds maps the words in the names of such headers to what they mean.
var plainKinds = map[string]string{
	"limit": "limit", "permitted": "limit", "quota": "limit",
	"remaining": "remaining",
	"used":      "used", "observed": "used",
	"reset": "reset", "resettime": "reset",
	"name": "name", "resource": "name",
}

// plainLimits reads the headers that hold one number each, such as
// RateLimit-Limit, X-RateLimit-Requests-Remaining and
// X-Rate-Limit-Limit-Minute.
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

// field is a header and its value.
type field struct{ header, value string }

// splitKind splits the rest of a header's name into the kind of its number and
// the name of the bucket, which can stand before or after the kind. The kind is
// empty where the header is about something else.
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

// plainLimit makes a bucket of its headers by kind. Its source is the header
// that says most about it, and empty where no header makes sense.
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
	if !derived && r.Limit != nil && r.Remaining != nil && used != nil && *r.Remaining > *r.Limit {
		// GitLab names the limit for a minute, and counts in the window that was set:
		// what was used and what remains make up the limit of that.
		whole := *r.Remaining + *used
		r.Limit = &whole
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

// count reads the first number of a header's value. It is nil where there is
// none or a negative one, by which some services mean that it is unknown.
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
