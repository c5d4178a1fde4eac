package github

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"rollcall/client/demo/web"
)

// pageOf is the page of some rows that a request asks for. The header of the answer
// tells where the next one is.
func pageOf[T any](w http.ResponseWriter, r *http.Request, rows []T) []T {
	p := web.PageOf(r, rows, web.Paging{Parameter: "per_page", Usual: 30, Most: 100})
	if p.Number < p.Last {
		link := func(n int, rel string) string {
			return fmt.Sprintf(`<http://%s%s?per_page=%d&page=%d>; rel="%s"`, r.Host, r.URL.Path, p.Size, n, rel)
		}
		w.Header().Set("Link", link(p.Number+1, "next")+", "+link(p.Last, "last"))
	}
	return p.Rows
}

// allowed refuses a token that has neither one of the scopes nor the permission.
func allowed(w http.ResponseWriter, acc *account, permission string, scopes ...string) *refusal {
	switch {
	case acc.user == nil:
		return errIntegration()
	case acc.scopes != nil:
		w.Header().Set("X-Accepted-Oauth-Scopes", strings.Join(scopes, ", "))
	}
	if acc.may(permission, scopes...) {
		return nil
	}
	if acc.scopes == nil {
		return errPermission(permission + "=read")
	}
	return errScope()
}

// listed are the memberships that a list shows. The header tells which it leaves out.
func (s *server) listed(w http.ResponseWriter, acc *account) []membership {
	var all []membership
	var behind []string
	for _, m := range acc.user.memberships(s.now()) {
		if m.signOn {
			behind = append(behind, strconv.FormatInt(m.id, 10))
			continue
		}
		all = append(all, m)
	}
	if behind != nil {
		w.Header().Set("X-Github-Sso", "partial-results; organizations="+strings.Join(behind, ","))
	}
	return all
}

func listMemberships(s *server, w http.ResponseWriter, r *http.Request, acc *account) (any, *refusal) {
	if no := allowed(w, acc, "members", "admin:org", "read:org", "repo", "user", "write:org"); no != nil {
		return nil, no
	}
	all := []web.Object{}
	for _, m := range pageOf(w, r, s.listed(w, acc)) {
		all = append(all, m.json(r.Host, acc.user))
	}
	return all, nil
}

func listOrganizations(s *server, w http.ResponseWriter, r *http.Request, acc *account) (any, *refusal) {
	if no := allowed(w, acc, "members", "admin:org", "read:org", "repo", "user", "write:org"); no != nil {
		return nil, no
	}
	var active []membership
	for _, m := range s.listed(w, acc) {
		if !m.pending {
			active = append(active, m)
		}
	}
	all := []web.Object{}
	for _, m := range pageOf(w, r, active) {
		all = append(all, m.organization(r.Host))
	}
	return all, nil
}

func listEmails(_ *server, w http.ResponseWriter, r *http.Request, acc *account) (any, *refusal) {
	if no := allowed(w, acc, "emails", "user", "user:email"); no != nil {
		if acc.scopes != nil {
			return nil, errNotFound()
		}
		return nil, no
	}
	all := []web.Object{}
	for i, e := range pageOf(w, r, acc.user.emails) {
		row := web.Object{"email": e.address, "primary": i == 0, "verified": e.verified, "visibility": nil}
		if i == 0 {
			row["visibility"] = "private"
		}
		all = append(all, row)
	}
	return all, nil
}

func listSocials(_ *server, w http.ResponseWriter, r *http.Request, acc *account) (any, *refusal) {
	if acc.user == nil {
		return nil, errIntegration()
	}
	all := []web.Object{}
	for _, s := range pageOf(w, r, acc.user.socials) {
		all = append(all, web.Object{"provider": s.provider, "url": s.url})
	}
	return all, nil
}
