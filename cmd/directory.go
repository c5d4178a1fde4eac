package cmd

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/declared"
	"rollcall/config"
	"rollcall/ui"
)

// services are those that rollcall can ask at the moment: the built-in ones, those
// that the configuration describes, which may change while the dashboard runs, and
// those whose descriptions are shipped.
type services struct {
	builtIn service.Catalog
	shipped []*declared.Service

	// now is the catalog with those of the configuration. Whoever draws the screen looks
	// into it, and waits for nobody who reads descriptions.
	now atomic.Pointer[service.Catalog]

	// mu guards the rest.
	mu sync.Mutex
	// read are the descriptions that were read last, by name; own are those of the
	// configuration.
	read, own map[string]ownService
}

// ownService is what a configuration says of a service, and what that makes.
type ownService struct {
	values  map[string]any
	service *declared.Service
	faults  []declared.Fault
}

func newServices(builtIn service.Catalog, shipped []*declared.Service) *services {
	s := &services{builtIn: builtIn, shipped: shipped, read: map[string]ownService{}}
	s.take(nil)
	return s
}

// take makes the descriptions of a configuration those that count. One that says the
// same as before stays the same service, so that nobody has to be asked anew.
func (s *services) take(all []config.Declaration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	own := map[string]ownService{}
	catalog := slices.Clone(s.builtIn)
	for _, d := range all {
		if d.Values == nil || d.Refused != "" {
			continue
		}
		own[d.Name] = s.made(d.Name, d.Values)
		catalog = append(catalog, own[d.Name].service)
	}
	for _, one := range s.shipped {
		if _, hidden := own[one.Name()]; !hidden {
			catalog = append(catalog, one)
		}
	}
	s.own = own
	s.now.Store(&catalog)
}

// made is what a description makes.
func (s *services) made(name string, values map[string]any) ownService {
	for _, known := range []map[string]ownService{s.own, s.read} {
		if d, ok := known[name]; ok && reflect.DeepEqual(d.values, values) {
			return d
		}
	}
	d := ownService{values: values}
	d.service, d.faults = declared.New(name, values)
	s.read[name] = d
	return d
}

// describe reads a description for the configuration.
func (s *services) describe(name string, values map[string]any) (config.Provider, []config.Fault) {
	s.mu.Lock()
	d := s.made(name, values)
	s.mu.Unlock()
	return provider(d.service), configFaults(d.faults)
}

// known is what the configuration must know of the services.
func (s *services) known() config.Services {
	all := make([]config.Provider, 0, len(s.builtIn)+len(s.shipped))
	for _, one := range s.builtIn {
		all = append(all, provider(one))
	}
	for _, one := range s.shipped {
		all = append(all, config.Provider{Name: one.Name(), Shipped: true, Late: func() config.Provider {
			p := provider(one)
			p.Shipped = true
			return p
		}})
	}
	return config.Services{Known: all, Describe: s.describe, Views: viewWords(), CommandKey: ui.CommandKey}
}

// provider is what the configuration must know of a service.
func provider(s service.Service) config.Provider {
	i := s.Info()
	p := config.Provider{Name: i.Name, Alias: i.Alias, DefaultURL: i.DefaultURL, Basic: i.Basic, Anonymous: i.Anonymous}
	if demanding, ok := s.(service.Demanding); ok {
		d := demanding.Demand()
		p.UserToken, p.SecondToken = d.UserToken, d.SecondToken
		for _, part := range d.Parts {
			p.Parts = append(p.Parts, config.AddressPart(part))
		}
	}
	return p
}

// knownProviders tells the configuration which services there are.
func (c *console) knownProviders() config.Services { return c.services.known() }

// catalog is the list of services at the moment.
func (s *services) catalog() service.Catalog { return *s.now.Load() }

// Named is the service of a name; ok is false where there is none.
func (s *services) Named(name string) (one service.Service, ok bool) { return s.catalog().Named(name) }

// Infos describe the services.
func (s *services) Infos() []account.ServiceInfo { return s.catalog().Infos() }

// Names are the keys of the services in the configuration.
func (s *services) Names() []string { return s.catalog().Names() }

// Info describes the service of a name.
func (s *services) Info(name string) account.ServiceInfo { return s.catalog().Info(name) }

// Endpoint is the address of the identity request to the service of a name.
func (s *services) Endpoint(name, baseURL string, parts map[string]string) string {
	return s.catalog().Endpoint(name, baseURL, parts)
}

// TokenPage is where a person makes a new token at the service of a name.
func (s *services) TokenPage(name, baseURL string, parts map[string]string) string {
	return s.catalog().TokenPage(name, baseURL, parts)
}

// VariableNames are all environment variables that the tools of a service read.
func (s *services) VariableNames(name string) []string { return s.catalog().VariableNames(name) }

// used describe the built-in services and those that profiles name. Of the others
// nothing is read for it.
func (s *services) used(profiles []config.Profile) []account.ServiceInfo {
	all := s.builtIn.Infos()
	for _, p := range profiles {
		known := slices.ContainsFunc(all, func(i account.ServiceInfo) bool { return i.Name == p.Provider })
		if one, ok := s.Named(p.Provider); ok && !known {
			all = append(all, one.Info())
		}
	}
	return all
}

// told names the services for a person who has to name one: those that are code, and
// where the others are listed.
func (s *services) told() string {
	names := s.builtIn.Names()
	return strings.Join(names, ", ") + ", or another that 'rollcall service list' has"
}
