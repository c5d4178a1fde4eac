package demo

import (
	"net/http"
	"slices"
)

// founder made every group and space; it is no user of the demo.
const founder = "a3b09c7e15d24f68"

// memberOf are the visitor's groups: all of them, or the direct ones.
func (who visitor) memberOf(effective bool) []group {
	if who.user == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(who.user.groups), func(g group) bool { return g.inherited && !effective })
}

func (o *onezone) groups(effective bool) onezoneEndpoint {
	return func(_ *http.Request, who visitor) (any, *onezoneError) {
		ids := []string{}
		for _, g := range who.memberOf(effective) {
			ids = append(ids, g.id)
		}
		return object{"groups": ids}, nil
	}
}

func (o *onezone) group(effective bool) onezoneEndpoint {
	return func(r *http.Request, who visitor) (any, *onezoneError) {
		for _, g := range who.memberOf(effective) {
			if g.id == r.PathValue("id") {
				return object{
					"groupId": g.id, "name": g.name, "type": g.kind,
					"creator": object{"type": "user", "id": founder}, "creationTime": who.user.created + 600,
				}, nil
			}
		}
		return nil, errNotFound()
	}
}

// storage is the Oneprovider that supports all spaces.
const storage = "e5a2c4d81b7f4036"

func (o *onezone) spaces(_ *http.Request, who visitor) (any, *onezoneError) {
	ids := []string{}
	for _, s := range who.spaces() {
		ids = append(ids, s.id)
	}
	return object{"spaces": ids}, nil
}

func (o *onezone) space(r *http.Request, who visitor) (any, *onezoneError) {
	for _, s := range who.spaces() {
		if s.id == r.PathValue("id") {
			return object{
				"spaceId": s.id, "name": s.name, "description": "", "organizationName": "", "tags": []string{},
				"advertisedInMarketplace": false, "marketplaceContactEmail": "",
				"providers":                 object{storage: 10 << 30},
				"supportParametersRegistry": object{storage: object{"accountingEnabled": false, "dirStatsServiceEnabled": true}},
				"creator":                   object{"type": "user", "id": founder}, "creationTime": who.user.created + 700,
			}, nil
		}
	}
	return nil, errNotFound()
}

func (who visitor) spaces() []space {
	if who.user == nil {
		return nil
	}
	return who.user.spaces
}

// privileges are an administrator's for those who sign in with a password,
// none for others.
func (o *onezone) privileges(_ *http.Request, who visitor) (any, *onezoneError) {
	if who.user == nil || !who.user.basicAuth {
		return object{"privileges": []string{}}, nil
	}
	return object{"privileges": []string{"oz_view_privileges", "oz_users_list", "oz_users_view", "oz_groups_list", "oz_groups_view"}}, nil
}

func configuration(*http.Request, visitor) (any, *onezoneError) {
	return object{
		"name": "Otter Zone", "version": "21.02.7", "build": "rollcall-demo", "domain": zoneDomain,
		"subdomainDelegationSupported": true,
		"supportedIdPs": []object{
			{"id": "onepanel", "offlineAccess": false}, {"id": "egi", "offlineAccess": true},
			{"id": "elixir", "offlineAccess": false}, {"id": "github", "offlineAccess": false},
		},
		"compatibilityRegistryRevision": 2024101700,
		"compatibleOneproviderVersions": []string{"21.02.5", "21.02.6", "21.02.7"},
		"openDataXrootdServerDomain":    nil, "bagitUploaderWorkflowSchemaId": nil,
		"availableSpaceTags": object{"general": []string{"demo", "teaching"}},
	}, nil
}

func health(*http.Request, visitor) (any, *onezoneError) {
	return object{"status": "healthy"}, nil
}
