package gitlab

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"rollcall/client/demo/web"
)

// stamp is a moment as GitLab writes it.
const stamp = "2006-01-02T15:04:05.000Z"

// showUser tells who the token's user is.
func showUser(_ *server, _ http.ResponseWriter, r *http.Request, acc *account) (any, *refusal) {
	if !acc.may("api", "read_api", "read_user") {
		return nil, errScope("api", "read_api", "read_user")
	}
	u := acc.user
	identities := []web.Object{}
	for _, i := range u.identities {
		identities = append(identities, web.Object{"provider": i.provider, "extern_uid": i.uid, "saml_provider_id": nil})
	}
	return web.Object{
		"id": u.id, "username": u.username, "name": u.name, "state": "active", "locked": false, "public_email": "",
		"avatar_url": web.AvatarURL(r.Host, u.username), "web_url": "http://" + r.Host + root + "/" + u.username,
		"created_at": "2020-05-06T07:08:09.123Z", "bio": "", "organization": "", "bot": u.bot, "followers": 0, "following": 0,
		"last_sign_in_at": "2026-10-01T08:00:00.000Z", "confirmed_at": "2020-05-06T07:10:00.000Z", "last_activity_on": "2026-10-02",
		"email": u.emails[0], "commit_email": u.emails[0], "theme_id": 1, "color_scheme_id": 1, "projects_limit": 100000,
		"current_sign_in_at": "2026-10-02T07:00:00.000Z", "identities": identities, "can_create_group": !u.bot, "can_create_project": !u.bot,
		"two_factor_enabled": !u.bot, "external": false, "private_profile": false,
	}, nil
}

// listEmails tells the further addresses of the user.
func listEmails(_ *server, w http.ResponseWriter, r *http.Request, acc *account) (any, *refusal) {
	if !acc.may("api", "read_api", "read_user") {
		return nil, errScope("api", "read_api", "read_user")
	}
	all := []web.Object{}
	for i, address := range acc.user.emails[1:] {
		all = append(all, web.Object{"id": i + 1, "email": address, "confirmed_at": "2021-03-26T19:07:56.248Z"})
	}
	return pageOf(w, r, all), nil
}

// showRecord tells the token's own record, whatever the scopes.
func showRecord(s *server, _ http.ResponseWriter, _ *http.Request, acc *account) (any, *refusal) {
	if acc.old {
		return nil, errUnauthorized()
	}
	record := web.Object{
		"id": acc.id, "name": acc.name, "revoked": false, "created_at": s.now().AddDate(0, -2, 0).UTC().Format(stamp), "description": nil,
		"scopes": acc.scopes, "user_id": acc.user.id, "last_used_at": s.now().Add(-5 * time.Minute).UTC().Format(stamp), "active": true, "expires_at": nil,
	}
	if !acc.end.IsZero() {
		record["expires_at"] = acc.end.UTC().Format(time.DateOnly)
	}
	return record, nil
}

// listAssociations tells what the token reaches, with the levels.
func listAssociations(s *server, w http.ResponseWriter, r *http.Request, acc *account) (any, *refusal) {
	if acc.old {
		return nil, errUnauthorized()
	}
	groups := []web.Object{}
	for _, g := range s.groups(r, acc) {
		o := g.json(r.Host)
		groups = append(groups, web.Object{
			"id": o["id"], "web_url": o["web_url"], "name": o["name"], "parent_id": o["parent_id"], "organization_id": 1, "access_levels": g.level, "visibility": "private",
		})
	}
	return web.Object{"groups": pageOf(w, r, groups), "projects": []web.Object{}}, nil
}

// listGroups tells the groups of the user, without the levels.
func listGroups(s *server, w http.ResponseWriter, r *http.Request, acc *account) (any, *refusal) {
	if !acc.may("api", "read_api") {
		return nil, errScope("api", "read_api")
	}
	all := []web.Object{}
	for _, g := range s.groups(r, acc) {
		all = append(all, g.json(r.Host))
	}
	return pageOf(w, r, all), nil
}

// groups are those in which the user of a token has the level at least that a request
// asks for.
func (s *server) groups(r *http.Request, acc *account) (all []group) {
	least, _ := strconv.Atoi(r.URL.Query().Get("min_access_level"))
	for _, g := range acc.user.belongs(s.now()) {
		if g.level >= least {
			all = append(all, g)
		}
	}
	return all
}

// json is the group as lists show it.
func (g group) json(host string) web.Object {
	o := web.Object{
		"id": g.id, "name": g.name, "path": g.path, "full_name": g.name, "full_path": g.path, "description": "", "visibility": "private",
		"web_url": "http://" + host + root + "/groups/" + g.path, "avatar_url": nil, "parent_id": nil,
	}
	if g.parent != 0 {
		o["parent_id"] = g.parent
	}
	return o
}

// pageOf is the page of some rows that a request asks for. The headers of the answer
// tell where the next one is.
func pageOf[T any](w http.ResponseWriter, r *http.Request, rows []T) []T {
	p := web.PageOf(r, rows, web.Paging{Parameter: "per_page", Usual: 20, Most: 100})
	w.Header().Set("X-Total", strconv.Itoa(len(rows)))
	if p.Number < p.Last {
		query := r.URL.Query()
		query.Set("page", strconv.Itoa(p.Number+1))
		w.Header().Set("X-Next-Page", strconv.Itoa(p.Number+1))
		w.Header().Set("Link", fmt.Sprintf(`<http://%s%s?%s>; rel="next"`, r.Host, r.URL.Path, query.Encode()))
	}
	return p.Rows
}
