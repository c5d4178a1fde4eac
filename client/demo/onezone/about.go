package onezone

import (
	"net/http"

	"rollcall/client/demo/web"
)

// configuration is what the zone tells anybody of itself.
func configuration(*http.Request, visitor) (any, *refusal) {
	return web.Object{
		"name": "Otter Zone", "version": "21.02.7", "build": "rollcall-demo", "domain": zoneDomain,
		"subdomainDelegationSupported": true,
		"supportedIdPs": []web.Object{
			{"id": "onepanel", "offlineAccess": false}, {"id": "egi", "offlineAccess": true},
			{"id": "elixir", "offlineAccess": false}, {"id": "github", "offlineAccess": false},
		},
		"compatibilityRegistryRevision": 2024101700,
		"compatibleOneproviderVersions": []string{"21.02.5", "21.02.6", "21.02.7"},
		"openDataXrootdServerDomain":    nil, "bagitUploaderWorkflowSchemaId": nil,
		"availableSpaceTags": web.Object{"general": []string{"demo", "teaching"}},
	}, nil
}

func health(*http.Request, visitor) (any, *refusal) {
	return web.Object{"status": "healthy"}, nil
}
