package onezone

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/together"
)

// groupsWord is what Onezone calls organizations.
const groupsWord = "groups"

// The bounds of asking for groups.
const (
	onezoneMaxGroups = 200
	onezoneAtATime   = 6
)

// Details reads the token on the spot, and asks for the groups. Side by side
// with that, it asks what the zone says of itself and of the token.
func (Service) Details(ctx context.Context, ask service.Ask, q service.Asked, acc account.Account) service.Details {
	m, isToken := parseMacaroon(q.Secret())
	isToken = isToken && acc.Token.Kind != passwordKind
	token := acc.Token
	token.Facts = nil
	if isToken {
		token = *m.token()
	}
	var word tokenRecord
	var wg together.Group
	wg.Go(func() {
		word.facts = zoneFacts(ctx, ask)
		if isToken {
			word.tell(ctx, ask, q.Secret())
		}
	})
	d := memberships(ctx, ask, acc)
	wg.Wait()
	token = word.completes(token, acc.Token)
	d.Token, d.Notes = &token, append(word.notes, d.Notes...)
	return d
}

// memberships asks for the groups: first their ids, then each one.
func memberships(ctx context.Context, ask service.Ask, acc account.Account) (d service.Details) {
	ids, total, err := groupIDs(ctx, ask)
	if refused, _ := errors.AsType[service.RefusedError](err); refused.Code == "tokenCaveatUnverified" {
		d.Notes = account.Notes{{Kind: account.NoteRefused, About: account.PartOrganizations, What: groupsWord}}
		return d
	}
	if err != nil {
		d.Notes = account.Notes{service.Unread(account.PartOrganizations, groupsWord, err)}
		return d
	}
	ids = ids[:min(len(ids), onezoneMaxGroups)]
	var failed int
	d.Organizations, failed, err = askGroups(ctx, ask, ids, acc.Organizations)
	if total > len(ids) {
		d.Totals.Organizations = total
	}
	switch {
	case failed > 0:
		unread := service.Unread(account.PartOrganizations, groupsWord, err)
		unread.Count, unread.Total = failed, len(ids)
		d.Notes = account.Notes{unread}
	case total > len(ids):
		d.Notes = account.Notes{{
			Kind: account.NoteLimited, About: account.PartOrganizations, What: groupsWord, Count: len(ids), Total: total,
		}}
	}
	return d
}

// groupIDs are the ids of the groups in their order, and how many groups there are.
func groupIDs(ctx context.Context, ask service.Ask) (ids []string, total int, err error) {
	var list struct {
		Groups service.List[string] `json:"groups"`
	}
	if err := askZone(ctx, ask, service.Request{Path: "/user/effective_groups"}, &list); err != nil {
		return nil, 0, err
	}
	ids = slices.DeleteFunc(list.Groups.Kept, func(id string) bool { return id == "" || id == "." || id == ".." })
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return ids, max(len(ids), list.Groups.Total()), nil
}

// askGroups asks for the groups a few at a time. One that cannot be had
// is as it was known before, or has only its id; how many these are comes
// back with the first reason. After a failure that is not about one group no
// more are asked for.
func askGroups(ctx context.Context, ask service.Ask, ids []string, known []account.Organization) ([]account.Organization, int, error) {
	groups := make([]account.Organization, len(ids))
	errs := make([]error, len(ids))
	var stop atomic.Bool
	wg := together.Limited(onezoneAtATime)
	for i, id := range ids {
		wg.Go(func() {
			if stop.Load() {
				errs[i] = errNotAsked
			} else {
				groups[i], errs[i] = askGroup(ctx, ask, id)
			}
			if refused, ok := errors.AsType[service.RefusedError](errs[i]); errs[i] != nil && !(ok && refused.Alone()) {
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

func askGroup(ctx context.Context, ask service.Ask, id string) (account.Organization, error) {
	var group struct {
		Name string `json:"name"`
		Type string `json:"type"`
	}
	err := askZone(ctx, ask, service.Request{Path: "/user/effective_groups/" + url.PathEscape(id)}, &group)
	return account.Organization{ID: id, Name: group.Name, Kind: group.Type}, err
}
