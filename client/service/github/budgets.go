package github

import (
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
)

// budget is what is left of a bucket of requests.
type budget struct {
	Limit     int64 `json:"limit"`
	Remaining int64 `json:"remaining"`
	Used      int64 `json:"used"`
	Reset     int64 `json:"reset"`
}

// budgets are the buckets, by their names, that the user has taken something out of,
// but for that of these requests, of which every answer tells. Buckets that nobody
// uses would only be in the way. To ask costs nothing; a server without limits has
// nothing to tell.
func (r *reader) budgets() (all []account.RateLimit) {
	var told struct {
		Resources service.Keyed[service.Lenient[budget]] `json:"resources"`
	}
	err := service.AskJSON(r.ctx, r.ask, service.Request{Path: "/rate_limit", Bucket: core}, &told, func([]byte) string { return "" })
	if err != nil {
		return nil
	}
	for name, one := range told.Resources.Kept {
		if b := one.V; name != core && b.Used > 0 && b.Limit > 0 && b.Remaining >= 0 && b.Reset > 0 {
			all = append(all, account.RateLimit{
				Name: name, Limit: &b.Limit, Remaining: &b.Remaining, ResetAt: time.Unix(min(b.Reset, service.MaxTime.Unix()), 0).UTC(), Source: "rate_limit",
			})
		}
	}
	slices.SortFunc(all, func(a, b account.RateLimit) int { return strings.Compare(a.Name, b.Name) })
	return all
}
