package github

import (
	"encoding/base64"
	"fmt"
	"strconv"

	"rollcall/client/demo/web"
)

// nodeID is an id in the form of the other API.
func nodeID(kind string, id int64) string {
	return kind + "_" + base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(id, 10)))
}

// simple is the user as others see it.
func (u *user) simple(host string) web.Object {
	root := "http://" + host + prefix + "/users/" + u.login
	o := web.Object{
		"login": u.login, "id": u.id, "node_id": nodeID("U", u.id), "avatar_url": web.AvatarURL(host, u.login), "gravatar_id": "",
		"url": root, "html_url": "http://" + host + "/" + u.login, "type": "User", "user_view_type": "public", "site_admin": false,
	}
	for _, list := range []string{"followers", "subscriptions", "repos", "received_events"} {
		o[list+"_url"] = root + "/" + list
	}
	o["organizations_url"] = root + "/orgs"
	for list, parameter := range map[string]string{"following": "other_user", "gists": "gist_id", "events": "privacy"} {
		o[list+"_url"] = fmt.Sprintf("%s/%s{/%s}", root, list, parameter)
	}
	o["starred_url"] = root + "/starred{/owner}{/repo}"
	return o
}

// json is the user as the user sees it; with what is private where the token may see
// that.
func (u *user) json(host string, private bool) web.Object {
	o := u.simple(host)
	for name, v := range (web.Object{
		"name": u.name, "company": nil, "blog": "", "location": nil, "email": nil, "hireable": nil, "bio": nil, "twitter_username": nil, "notification_email": nil,
		"public_repos": 12, "public_gists": 0, "followers": 9, "following": 4, "created_at": "2017-05-06T07:08:09Z", "updated_at": "2026-10-01T02:03:04Z",
	}) {
		o[name] = v
	}
	if u.public != "" {
		o["email"] = u.public
	}
	if !private {
		return o
	}
	for name, v := range (web.Object{
		"user_view_type": "private", "private_gists": 0, "total_private_repos": 3, "owned_private_repos": 3, "disk_usage": 2048, "collaborators": 1,
		"two_factor_authentication": true,
	}) {
		o[name] = v
	}
	return o
}

// organization is the organization of a membership as lists show it.
func (m membership) organization(host string) web.Object {
	root := "http://" + host + prefix + "/orgs/" + m.login
	o := web.Object{
		"login": m.login, "id": m.id, "node_id": nodeID("O", m.id), "url": root, "avatar_url": web.AvatarURL(host, m.login), "description": nil,
		"members_url": root + "/members{/member}", "public_members_url": root + "/public_members{/member}",
	}
	for _, list := range []string{"repos", "events", "hooks", "issues"} {
		o[list+"_url"] = root + "/" + list
	}
	return o
}

// json is a membership of a user.
func (m membership) json(host string, u *user) web.Object {
	state := "active"
	if m.pending {
		state = "pending"
	}
	o := m.organization(host)
	return web.Object{
		"state": state, "role": m.role, "url": fmt.Sprint(o["url"], "/memberships/", u.login), "organization_url": o["url"],
		"organization": o, "user": u.simple(host), "direct_membership": true,
	}
}
