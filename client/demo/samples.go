package demo

import (
	"slices"
	"time"

	"rollcall/client/demo/fault"
	"rollcall/client/demo/gitea"
	"rollcall/client/demo/github"
	"rollcall/client/demo/gitlab"
	"rollcall/client/demo/katapult"
	"rollcall/client/demo/oidc"
	"rollcall/client/demo/onezone"
	"rollcall/client/demo/sample"
	"rollcall/client/demo/tracker"
)

// services are all that the demo serves, in their order.
func services(now func() time.Time) []sample.Service {
	return []sample.Service{
		katapult.Service(now),
		onezone.Service(now),
		github.Service(now),
		gitlab.Service(now),
		gitea.Service(now),
		oidc.Service(now),
		tracker.Service(now),
	}
}

// firstProfiles are those that the configuration begins with. They come from
// all services, and are in the order in which somebody meets them best.
func firstProfiles() []string {
	return []string{"work", "datahub", "ci", "staging", "admin", "personal", "metrics", "edge", "laptop", "release", "console"}
}

// entry is a sample profile, and the host that it asks.
type entry struct {
	sample.Profile
	host *host
}

// baseURL is the address in the profile.
func (e entry) baseURL() string { return e.host.url + e.Path }

// entriesOf are the profiles of all hosts in the order of the configuration:
// section by section, as the services first name them.
func entriesOf(hosts []*host) []entry {
	var all []entry
	var sections []string
	for _, h := range hosts {
		if h.fault != fault.None {
			continue // the service has been here
		}
		for _, p := range h.service.Profiles {
			sections = append(sections, p.Section)
			all = append(all, entry{p, find(hosts, h.service.Provider, p.Fault)})
		}
	}
	first := firstProfiles()
	place := func(e entry) int {
		if i := slices.Index(first, e.Name); i >= 0 {
			return i - len(first)
		}
		return slices.Index(sections, e.Section)
	}
	slices.SortStableFunc(all, func(a, b entry) int { return place(a) - place(b) })
	return all
}
