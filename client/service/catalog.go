package service

import (
	"slices"

	"rollcall/client/account"
)

// Catalog is the services that rollcall can ask, in the order in which people are
// told of them. It is made once, and handed to whoever needs it.
type Catalog []Service

// Infos describe the services.
func (c Catalog) Infos() []account.ServiceInfo {
	all := make([]account.ServiceInfo, len(c))
	for i, s := range c {
		all[i] = s.Info()
	}
	return all
}

// Names are the keys of the services in the configuration.
func (c Catalog) Names() []string {
	all := make([]string, len(c))
	for i, s := range c {
		all[i] = nameOf(s)
	}
	return all
}

// Named is the service of a name, or of another name for it; ok is false where there
// is none.
func (c Catalog) Named(name string) (s Service, ok bool) {
	i := slices.IndexFunc(c, func(s Service) bool {
		return nameOf(s) == name || name != "" && aliasOf(s) == name
	})
	if i < 0 {
		return nil, false
	}
	return c[i], true
}

// nameOf is the name of a service. One that is read late tells it without being read.
func nameOf(s Service) string {
	if named, ok := s.(interface{ Name() string }); ok {
		return named.Name()
	}
	return s.Info().Name
}

// aliasOf is another name for a service; one that is read late has none.
func aliasOf(s Service) string {
	if _, ok := s.(interface{ Name() string }); ok {
		return ""
	}
	return s.Info().Alias
}

// Info describes the service of a name; the zero value stands for one that there
// is not.
func (c Catalog) Info(name string) account.ServiceInfo {
	s, ok := c.Named(name)
	if !ok {
		return account.ServiceInfo{}
	}
	return s.Info()
}

// Endpoint is the address of the identity request to the service of a name, whose
// own address is empty for the public one, with the parts of it that the profile
// sets; empty where there is none.
func (c Catalog) Endpoint(name, baseURL string, parts map[string]string) string {
	s, ok := c.Named(name)
	if !ok {
		return ""
	}
	at, _ := s.Address(baseURL, parts)
	return at.Endpoint
}

// TokenPage is where a person makes a new token at the service of a name, whose
// address is empty for the public one; empty where that is not known.
func (c Catalog) TokenPage(name, baseURL string, parts map[string]string) string {
	s, _ := c.Named(name)
	pager, ok := s.(TokenPager)
	if !ok {
		return ""
	}
	at, err := s.Address(baseURL, parts)
	if err != nil {
		return ""
	}
	return pager.TokenPage(at.Base)
}

// VariableNames are all environment variables that the tools of the service of a
// name read; none where there is no such service.
func (c Catalog) VariableNames(name string) []string {
	s, _ := c.Named(name)
	handover, ok := s.(Handover)
	if !ok {
		return nil
	}
	_, read := handover.Variables(Grant{})
	return read
}
