package demo

import (
	"net/http"
	"slices"
	"time"

	"rollcall/client/demo/fault"
	"rollcall/client/demo/sample"
)

// host is an address of the demo, and what is there.
type host struct {
	service sample.Service
	// fault is what stands before the service, about says it in a few words.
	fault fault.Kind
	about string
	url   string
}

// hostsOf are the addresses that the services need: first their own, then
// those with something in between, fault by fault.
func hostsOf(services []sample.Service) []*host {
	var own, more []*host
	for _, s := range services {
		own = append(own, &host{service: s, about: s.About})
		for _, d := range s.Detours {
			more = append(more, &host{service: s, fault: d.Fault, about: d.About})
		}
	}
	slices.SortStableFunc(more, func(a, b *host) int { return int(a.fault - b.fault) })
	return append(own, more...)
}

// find is the host of a service at which a fault stands.
func find(hosts []*host, provider string, f fault.Kind) *host {
	i := slices.IndexFunc(hosts, func(h *host) bool { return h.service.Provider == provider && h.fault == f })
	return hosts[i]
}

// handler answers at the host; nil where no request is read.
func (h *host) handler(hosts []*host, now func() time.Time) http.Handler {
	return h.fault.Handler(fault.Site{
		Handler: h.service.Handler, Identity: h.service.Identity, Now: now,
		Address: find(hosts, h.service.Provider, fault.None).url,
	})
}
