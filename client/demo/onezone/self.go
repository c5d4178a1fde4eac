package onezone

import (
	"net/http"
	"slices"

	"rollcall/client/demo/web"
)

// founder made every group and space; it is no user of the demo.
const founder = "a3b09c7e15d24f68"

// showUser tells visitors who they are.
func showUser(_ *http.Request, who visitor) (any, *refusal) {
	u := who.user
	switch {
	case u == nil:
		return nil, errNotFound() // a Oneprovider is no user
	case u.fail != nil:
		return nil, u.fail
	}
	var username any
	if u.username != "" {
		username = u.username
	}
	answer := web.Object{
		"userId": u.id, "name": u.fullName, "login": username, "alias": username, "emailList": u.emails,
	}
	if u.legacy {
		return answer, nil
	}
	answer["fullName"], answer["username"], answer["emails"] = u.fullName, username, u.emails
	answer["linkedAccounts"] = append([]web.Object{}, u.linked...)
	answer["basicAuthEnabled"], answer["blocked"], answer["creationTime"] = u.basicAuth, u.blocked, u.created
	return answer, nil
}

func listGroups(effective bool) endpoint {
	return func(_ *http.Request, who visitor) (any, *refusal) {
		ids := []string{}
		for _, g := range who.memberOf(effective) {
			ids = append(ids, g.id)
		}
		return web.Object{"groups": ids}, nil
	}
}

func showGroup(effective bool) endpoint {
	return func(r *http.Request, who visitor) (any, *refusal) {
		for _, g := range who.memberOf(effective) {
			if g.id == r.PathValue("id") {
				return web.Object{
					"groupId": g.id, "name": g.name, "type": g.kind,
					"creator": web.Object{"type": "user", "id": founder}, "creationTime": who.user.created + 600,
				}, nil
			}
		}
		return nil, errNotFound()
	}
}

func listSpaces(_ *http.Request, who visitor) (any, *refusal) {
	ids := []string{}
	for _, s := range who.spaces() {
		ids = append(ids, s.id)
	}
	return web.Object{"spaces": ids}, nil
}

func showSpace(r *http.Request, who visitor) (any, *refusal) {
	for _, s := range who.spaces() {
		if s.id == r.PathValue("id") {
			return web.Object{
				"spaceId": s.id, "name": s.name, "description": "", "organizationName": "", "tags": []string{},
				"advertisedInMarketplace": false, "marketplaceContactEmail": "",
				"providers":                 web.Object{storage: 10 << 30},
				"supportParametersRegistry": web.Object{storage: web.Object{"accountingEnabled": false, "dirStatsServiceEnabled": true}},
				"creator":                   web.Object{"type": "user", "id": founder}, "creationTime": who.user.created + 700,
			}, nil
		}
	}
	return nil, errNotFound()
}

// listPrivileges tells those who sign in with a password the privileges of an
// administrator, and others none.
func listPrivileges(_ *http.Request, who visitor) (any, *refusal) {
	if who.user == nil || !who.user.basicAuth {
		return web.Object{"privileges": []string{}}, nil
	}
	return web.Object{"privileges": []string{"oz_view_privileges", "oz_users_list", "oz_users_view", "oz_groups_list", "oz_groups_view"}}, nil
}

// listTokens tells the ids of the visitor's named tokens.
func listTokens(z *zone) endpoint {
	return func(_ *http.Request, who visitor) (any, *refusal) {
		ids := []string{}
		for id, t := range z.tokens {
			if t.subject == who.subject && !t.spare {
				ids = append(ids, id)
			}
		}
		slices.Sort(ids)
		return web.Object{"tokens": ids}, nil
	}
}

// secretToken refuses what would be answered with a secret.
func secretToken(*http.Request, visitor) (any, *refusal) { return nil, errForbidden() }
