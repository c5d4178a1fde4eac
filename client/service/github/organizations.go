package github

import (
	"slices"
	"strconv"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// organization is one as lists have it: its login is the only name there.
type organization struct {
	ID    int64  `json:"id"`
	Login string `json:"login"`
}

// membership is that of the user in an organization.
type membership struct {
	State        service.Lenient[string] `json:"state"`
	Role         service.Lenient[string] `json:"role"`
	Organization organization            `json:"organization"`
}

// organizations are those of the user with their roles; nil where they could not be
// read. A token that may not see the memberships may still see the organizations.
func (r *reader) organizations(known []account.Organization) []account.Organization {
	behind := []string{}
	noting := func(read func(service.Answer) error) func(service.Answer) error {
		return func(a service.Answer) error {
			behind = append(behind, behindSignOn(a.Header.Get("X-Github-Sso"))...)
			return read(a)
		}
	}
	var memberships service.List[membership]
	if r.read(listing{"/user/memberships/orgs", "memberships", account.PartOrganizations, "read:org"}, noting(into(&memberships))) {
		r.totals.Organizations = memberships.Total()
		return withSignOn(r.members(memberships.Kept), behind, known)
	}
	first := len(r.notes) - 1
	var list service.List[organization]
	if r.read(listing{"/user/orgs", "organizations", account.PartOrganizations, "read:org"}, noting(into(&list))) {
		var all []membership
		for _, o := range list.Kept {
			all = append(all, membership{Organization: o})
		}
		r.totals.Organizations = list.Total()
		return withSignOn(r.members(all), behind, known)
	}
	// Both lists lack the same, which is told once.
	r.notes = slices.Delete(r.notes, first, first+1)
	return nil
}

// members are memberships in the words of all services.
func (r *reader) members(told []membership) []account.Organization {
	all := []account.Organization{}
	for _, m := range told {
		o := m.Organization
		if o.ID == 0 && o.Login == "" {
			continue
		}
		access := ""
		if m.State.V == "pending" {
			access = account.AccessPending
		}
		all = append(all, account.Organization{
			ID: strconv.FormatInt(o.ID, 10), Name: o.Login, Role: strings.ReplaceAll(r.q.Redact(m.Role.V), "_", " "), Access: access, URL: r.page + "/" + o.Login,
		})
	}
	return all
}

// behindSignOn are the ids of the organizations that a list leaves out, or has in
// part, until the token was let in there by single sign-on.
func behindSignOn(header string) []string {
	rest, ok := strings.CutPrefix(header, "partial-results;")
	_, ids, named := strings.Cut(rest, "organizations=")
	if !ok || !named {
		return nil
	}
	ids, _, _ = strings.Cut(ids, ";")
	return parts(text.Clip(ids, text.MaxDescription))
}

// withSignOn marks the organizations that want single sign-on, and adds those that
// were left out for it, with the names that earlier answers had.
func withSignOn(all []account.Organization, behind []string, known []account.Organization) []account.Organization {
	of := func(list []account.Organization, id string) int {
		return slices.IndexFunc(list, func(o account.Organization) bool { return o.ID == id })
	}
	for _, id := range behind {
		i := of(all, id)
		if i < 0 {
			o := account.Organization{ID: id}
			if j := of(known, id); j >= 0 {
				o = known[j]
			}
			i, all = len(all), append(all, o)
		}
		all[i].Access = account.AccessSSORequired
	}
	return all
}
