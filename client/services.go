package client

import (
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/katapult"
	"rollcall/client/service/onezone"
)

// Endpoint is the address of the identity request to a service, whose own
// address is empty for the public one; empty where there is none.
func Endpoint(provider, baseURL string) string {
	p, ok := lookupProvider(provider)
	if !ok {
		return ""
	}
	at, _ := service.NewAddress(baseURL, p.Info())
	return at.Endpoint
}

// VariableNames are all environment variables that the tools of a service
// read; none where there is no such service.
func VariableNames(provider string) []string {
	p, ok := lookupProvider(provider)
	if !ok {
		return nil
	}
	_, read := p.Variables(service.Grant{})
	return read
}

// TokenPage is where a person makes a new token at a service, whose address is
// empty for the public one; empty where that is not known.
func TokenPage(provider, baseURL string) string {
	p, ok := lookupProvider(provider)
	if !ok {
		return ""
	}
	info := p.Info()
	at, wrong := service.NewAddress(baseURL, info)
	if wrong.State != "" {
		return ""
	}
	return p.TokenPage(strings.TrimSuffix(at.Root, info.Prefix))
}

// providers lists the services by name.
func providers() []service.Service { return []service.Service{katapult.Service{}, onezone.Service{}} }

// Providers describes the services that rollcall knows.
func Providers() []account.Service {
	var all []account.Service
	for _, p := range providers() {
		all = append(all, p.Info())
	}
	return all
}

// ProviderNames are the names of the services.
func ProviderNames() []string {
	var names []string
	for _, p := range providers() {
		names = append(names, p.Info().Name)
	}
	return names
}

// ProviderNamed describes the service of a name.
func ProviderNamed(name string) (account.Service, bool) {
	p, ok := lookupProvider(name)
	if !ok {
		return account.Service{}, false
	}
	return p.Info(), true
}

func lookupProvider(name string) (service.Service, bool) {
	for _, p := range providers() {
		if p.Info().Name == name {
			return p, true
		}
	}
	return nil, false
}
