package demo

import (
	"net/http"
	"testing"
	"time"

	"rollcall/client/demo/demotest"
)

// zoneUser is where a zone tells who somebody is.
const zoneUser = "/api/v3/onezone/user"

// TestFaultsKnowTheirService has the faults that depend on the service behind
// them do what the sample profiles say.
func TestFaultsKnowTheirService(t *testing.T) {
	var c demotest.Clock
	s := start(t, c.Now)
	zone := func(profile string) (demotest.Reply, error) {
		a := accountOf(t, s, profile)
		return demotest.Do(t, http.MethodGet, a.BaseURL+zoneUser, "", "X-Auth-Token", a.Token)
	}
	for i, want := range []int{200, 200, 503, 200} {
		if got, err := zone("edge"); err != nil || got.Status != want {
			t.Errorf("overloaded proxy, request %d: %d %v, want %d", i, got.Status, err, want)
		}
	}
	got, err := zone("moved")
	if want := accountOf(t, s, "datahub").BaseURL + zoneUser; err != nil || got.Header.Get("Location") != want {
		t.Errorf("redirects to %q, want %q: %v", got.Header.Get("Location"), want, err)
	}
	for after, gone := range map[time.Duration]bool{0: false, 2 * time.Minute: true, 3 * time.Minute: false} {
		c.Set(after)
		if got, err := zone("harbour"); (err != nil) != gone {
			t.Errorf("tides after %v: status %d, %v", after, got.Status, err)
		}
	}
}

// TestHosts has the addresses of the services first, and those with something
// in between after them, each fault's together.
func TestHosts(t *testing.T) {
	hosts := hostsOf(services(demotest.Noon))
	for i, h := range hosts[1:] {
		if h.fault < hosts[i].fault {
			t.Errorf("%q comes after %q", h.about, hosts[i].about)
		}
	}
	for _, e := range entriesOf(hosts) {
		if e.host.fault != e.Fault || e.host.service.TokenOf == nil {
			t.Errorf("%s asks %q", e.Name, e.host.about)
		}
	}
}
