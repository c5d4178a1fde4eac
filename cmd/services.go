package cmd

import (
	"rollcall/client/service"
	"rollcall/client/service/declared"
	"rollcall/client/service/gitea"
	"rollcall/client/service/github"
	"rollcall/client/service/gitlab"
	"rollcall/client/service/katapult"
	"rollcall/client/service/oidc"
	"rollcall/client/service/onezone"
)

// builtIn are the services that rollcall comes with: those that are code, and those
// that are descriptions.
func builtIn() *services {
	return newServices(service.Catalog{
		katapult.Service{},
		onezone.Service{},
		github.Service{},
		gitlab.Service{},
		gitea.Service{},
		oidc.Service{},
	}, declared.Shipped())
}
