package client

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"rollcall/client/account"
)

// The bounds of asking for groups.
const (
	onezoneMaxGroups = 200
	onezoneAtATime   = 6
)

// details reads the token on the spot, and asks for the groups. Side by side
// with that, it asks what the zone says of itself and of the token.
func (onezone) details(ctx context.Context, ask asker, acc account.Account, secret string) details {
	m, isToken := parseMacaroon(secret)
	isToken = isToken && acc.Token.Kind != onezonePassword
	token := acc.Token
	token.Facts = nil
	if isToken {
		token = *m.token()
	}
	var word onezoneWord
	var wg waitGroup
	wg.Go(func() {
		word.facts = zoneFacts(ctx, ask)
		if isToken {
			word.tell(ctx, ask, secret)
		}
	})
	d := onezoneMemberships(ctx, ask, acc)
	wg.Wait()
	token = word.completes(token, acc.Token)
	d.token, d.problem = &token, cmp.Or(word.problem, d.problem)
	return d
}

// onezoneMemberships asks for the groups: first their ids, then each one.
func onezoneMemberships(ctx context.Context, ask asker, acc account.Account) (d details) {
	ids, err := onezoneGroupIDs(ctx, ask)
	if refused, _ := errors.AsType[refusedError](err); refused.code == "tokenCaveatUnverified" {
		d.problem = "The token's caveats do not allow its groups to be read."
		return d
	}
	if err != nil {
		d.problem = "The groups could not be read: " + strings.TrimRight(err.Error(), ".") + "."
		return d
	}
	total := len(ids)
	ids = ids[:min(total, onezoneMaxGroups)]
	var failed int
	d.organizations, failed, err = onezoneGroups(ctx, ask, ids, acc.Organizations)
	switch {
	case failed > 0:
		d.problem = fmt.Sprintf("%d of %d groups could not be read: %s.", failed, len(ids), strings.TrimRight(err.Error(), "."))
	case total > len(ids):
		d.problem = fmt.Sprintf("Only %d of %d groups were read.", len(ids), total)
	}
	return d
}

func onezoneGroupIDs(ctx context.Context, ask asker) ([]string, error) {
	var list struct {
		Groups []string `json:"groups"`
	}
	if err := askOnezone(ctx, ask, "/user/effective_groups", &list); err != nil {
		return nil, err
	}
	ids := slices.DeleteFunc(list.Groups, func(id string) bool { return id == "" || id == "." || id == ".." })
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// onezoneGroups asks for the groups a few at a time. One that cannot be had
// is as it was known before, or has only its id; how many these are comes
// back with the first reason. After a failure that is not about one group no
// more are asked for.
func onezoneGroups(ctx context.Context, ask asker, ids []string, known []account.Organization) ([]account.Organization, int, error) {
	groups := make([]account.Organization, len(ids))
	errs := make([]error, len(ids))
	slots := make(chan struct{}, onezoneAtATime)
	var stop atomic.Bool
	var wg waitGroup
	for i, id := range ids {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			if stop.Load() {
				errs[i] = errNotAsked
			} else {
				groups[i], errs[i] = onezoneGroup(ctx, ask, id)
			}
			if refused, ok := errors.AsType[refusedError](errs[i]); errs[i] != nil && !(ok && refused.alone()) {
				stop.Store(true)
			}
		})
	}
	wg.Wait()

	var first error
	failed := 0
	for i, err := range errs {
		if err == nil {
			continue
		}
		failed++
		if first == nil || errors.Is(first, errNotAsked) {
			first = err
		}
		groups[i] = account.Organization{ID: ids[i]}
		if k := slices.IndexFunc(known, func(o account.Organization) bool { return o.ID == ids[i] }); k >= 0 {
			groups[i] = known[k]
		}
	}
	slices.SortStableFunc(groups, func(a, b account.Organization) int {
		return cmp.Or(groupRank(a)-groupRank(b), strings.Compare(a.Name, b.Name))
	})
	return groups, failed, first
}

var errNotAsked = errors.New("not asked for after another failure")

// groupRank orders the kinds of groups; unknown kinds come last.
func groupRank(o account.Organization) int {
	kinds := []string{"organization", "unit", "team", "role_holders"}
	if i := slices.Index(kinds, o.Kind); i >= 0 {
		return i
	}
	return len(kinds)
}

func onezoneGroup(ctx context.Context, ask asker, id string) (account.Organization, error) {
	var group struct {
		Name string `json:"name"`
		Type string `json:"type"`
	}
	err := askOnezone(ctx, ask, "/user/effective_groups/"+url.PathEscape(id), &group)
	return account.Organization{ID: id, Name: group.Name, Kind: group.Type}, err
}
