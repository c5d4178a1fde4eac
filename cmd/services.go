package cmd

import (
	"rollcall/client/service"
	"rollcall/client/service/gitea"
	"rollcall/client/service/github"
	"rollcall/client/service/gitlab"
	"rollcall/client/service/katapult"
	"rollcall/client/service/onezone"
	"rollcall/config"
)

// builtIn are the services that rollcall comes with.
func builtIn() service.Catalog {
	return service.Catalog{
		katapult.Service{},
		onezone.Service{},
		github.Service{},
		gitlab.Service{},
		gitea.Service{},
	}
}

// knownProviders tells the configuration which services there are.
func (c *console) knownProviders() []config.Provider {
	var all []config.Provider
	for _, s := range c.services.Infos() {
		all = append(all, config.Provider{Name: s.Name, Alias: s.Alias, DefaultURL: s.DefaultURL, Basic: s.Basic})
	}
	return all
}
