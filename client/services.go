package client

import (
	"strings"

	"rollcall/client/account"
)

// Endpoint is the address of the identity request to a service, whose own
// address is empty for the public one; empty where there is none.
func Endpoint(provider, baseURL string) string {
	p, ok := lookupProvider(provider)
	if !ok {
		return ""
	}
	at, _ := newAddress(baseURL, p.info())
	return at.endpoint
}

// VariableNames are all environment variables that the tools of a service
// read; none where there is no such service.
func VariableNames(provider string) []string {
	p, ok := lookupProvider(provider)
	if !ok {
		return nil
	}
	_, read := p.variables(grant{})
	return read
}

// TokenPage is where a person makes a new token at a service, whose address is
// empty for the public one; empty where that is not known.
func TokenPage(provider, baseURL string) string {
	p, ok := lookupProvider(provider)
	if !ok {
		return ""
	}
	info := p.info()
	at, wrong := newAddress(baseURL, info)
	if wrong.State != "" {
		return ""
	}
	return p.tokenPage(strings.TrimSuffix(at.root, info.Prefix))
}

// providers lists the services by name.
func providers() []provider { return []provider{katapult{}, onezone{}} }

// Providers describes the services that rollcall knows.
func Providers() []account.Service {
	var all []account.Service
	for _, p := range providers() {
		all = append(all, p.info())
	}
	return all
}

// ProviderNames are the names of the services.
func ProviderNames() []string {
	var names []string
	for _, p := range providers() {
		names = append(names, p.info().Name)
	}
	return names
}

// ProviderNamed describes the service of a name.
func ProviderNamed(name string) (account.Service, bool) {
	p, ok := lookupProvider(name)
	if !ok {
		return account.Service{}, false
	}
	return p.info(), true
}

func lookupProvider(name string) (provider, bool) {
	for _, p := range providers() {
		if p.info().Name == name {
			return p, true
		}
	}
	return nil, false
}
