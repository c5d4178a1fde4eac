package gitlab

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
)

// group is one as lists have it.
type group struct {
	ID       int64                   `json:"id"`
	ParentID service.Lenient[int64]  `json:"parent_id"`
	Name     service.Lenient[string] `json:"name"`
	FullName service.Lenient[string] `json:"full_name"`
	FullPath service.Lenient[string] `json:"full_path"`
	WebURL   service.Lenient[string] `json:"web_url"`
	// Level is what the user may do, told by newer servers.
	Level service.Lenient[int] `json:"access_levels"`
}

// organization is the group in the words of all services.
func (g group) organization() account.Organization {
	o := account.Organization{ID: number(g.ID), Name: g.FullName.V, SubDomain: g.FullPath.V, URL: g.WebURL.V, Role: levelWord(g.Level.V)}
	if o.Name == "" {
		o.Name = g.Name.V
	}
	if o.SubDomain == "" {
		_, o.SubDomain, _ = strings.Cut(g.WebURL.V, "/groups/")
	}
	return o
}

// level is an access level and its word on GitLab's pages.
type level struct {
	number int
	word   string
}

// levels are those that there are, the highest first.
func levels() []level {
	return []level{{50, "owner"}, {40, "maintainer"}, {30, "developer"}, {20, "reporter"}, {15, "planner"}, {10, "guest"}, {5, "minimal access"}}
}

// levelWord is an access level in words; empty for none.
func levelWord(n int) string {
	for _, l := range levels() {
		if l.number == n {
			return l.word
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprint("level ", n)
}

// groupsWord is what lists of groups are called in notes.
const groupsWord = "groups"

// lowest is the access level from which on somebody belongs to a group.
const lowest = 10

// groups are those of the user; nil where they could not be read. Newer servers tell
// them with the level, whatever the scopes of the token.
func (r *reader) groups() []account.Organization {
	if !isOAuth(r.q.Secret()) {
		if all, err := r.associations(); err == nil {
			r.totals.Organizations = all.Total()
			return organizations(all.Kept)
		}
	}
	told, err := r.reached(lowest)
	all := told.Kept
	refusal, refused := errors.AsType[service.RefusedError](err)
	switch {
	case err == nil:
		r.tellLevels(all)
		r.totals.Organizations = told.Total()
		return organizations(all)
	case refused && refusal.Status == 403:
		r.notes = append(r.notes, account.Note{Kind: account.NoteRefused, About: account.PartOrganizations, What: groupsWord, Scope: "read_api"})
	default:
		r.unread(account.PartOrganizations, groupsWord, err)
	}
	return nil
}

// associations are the groups that the token reaches, with the level of each.
func (r *reader) associations() (all service.List[group], err error) {
	path := fmt.Sprint("/personal_access_tokens/self/associations?per_page=100&min_access_level=", lowest)
	_, err = service.Pages(r.ctx, r.ask, service.Request{Path: path}, maxPages, func(a service.Answer) error {
		var page struct {
			Groups service.List[group] `json:"groups"`
		}
		if problem := service.Decode(a, &page); problem != "" {
			return errors.New(problem)
		}
		all.Add(page.Groups)
		return nil
	})
	return all, err
}

// reached are the groups in which the user has a level at least.
func (r *reader) reached(least int) (service.List[group], error) {
	return list[group](r, account.PartOrganizations, groupsWord, fmt.Sprint("/groups?per_page=100&min_access_level=", least))
}

// tellLevels finds out the level of each group on servers whose lists do not have it:
// from the highest down, they are asked which groups have a level at least. Where one
// of the answers does not come, the rest stays without.
func (r *reader) tellLevels(all []group) {
	for _, l := range levels() {
		untold := slices.ContainsFunc(all, func(g group) bool { return g.Level.V == 0 })
		if !untold || l.number < lowest {
			return
		}
		some := all
		if l.number > lowest {
			told, err := r.reached(l.number)
			if err != nil {
				return
			}
			some = told.Kept
		}
		has := map[int64]bool{}
		for _, g := range some {
			has[g.ID] = true
		}
		for i := range all {
			if all[i].Level.V == 0 && has[all[i].ID] {
				all[i].Level.V = l.number
			}
		}
	}
}

// organizations are the groups, without those in which the user is what they are in
// the group above.
func organizations(all []group) []account.Organization {
	out := []account.Organization{}
	byID := map[int64]group{}
	for _, g := range all {
		byID[g.ID] = g
	}
	for _, g := range all {
		above, known := byID[g.ParentID.V]
		if g.ID <= 0 || known && above.Level.V == g.Level.V {
			continue
		}
		out = append(out, g.organization())
	}
	return out
}
