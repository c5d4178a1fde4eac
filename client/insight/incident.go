package insight

import (
	"fmt"
	"net/url"
	"slices"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// Incident is one fault that makes several profiles fail at about the same
// time.
type Incident struct {
	// State is the state that it gives the profiles.
	State account.State
	// Title is a few words without a full stop: "No network". Over are those for
	// when it has ended.
	Title, Over string
	// Explanation says in one or two sentences what happened, Remedy in one what
	// to do about it.
	Explanation string
	Remedy      string
	// Profiles are the names of the profiles, in the order of the snapshots.
	Profiles []string
}

const (
	// incidentWindow is the longest time between the ends of two checks that can
	// show the same fault: one round of checks at the usual interval, including
	// the time limits of requests.
	incidentWindow = 2 * time.Minute
	// maxIncidents is how many incidents are returned.
	maxIncidents = 5
)

// Incidents finds the faults that several profiles have in common, the one with
// the most profiles first. Only the checks around the newest one count.
// Snapshots of an earlier run, and profiles for which no request was sent, are
// left out.
func Incidents(snapshots []account.Snapshot) []Incident {
	return IncidentsOf(len(snapshots), func(i int) (string, *account.Snapshot) { return snapshots[i].Profile, &snapshots[i] })
}

// IncidentsOf is [Incidents] of n profiles, of which of gives the name and what is known.
func IncidentsOf(n int, of func(profile int) (name string, s *account.Snapshot)) []Incident {
	seen := sightings(n, of)
	if i, ok := networkIncident(seen); ok {
		return []Incident{i}
	}
	return hostIncidents(seen)
}

// sighting is what the last check of a profile says about the way to its
// service.
type sighting struct {
	profile string
	*site
	*account.Health
}

// site is the place of a profile's service in the network.
type site struct {
	origin, host string
	// local is set for this computer itself, which is reached without a network.
	local bool
}

// sightings returns the checks that ended at about the time of the newest one.
func sightings(n int, of func(int) (string, *account.Snapshot)) []sighting {
	var newest time.Time
	// Profiles often share an endpoint, which is parsed once.
	sites := map[string]*site{}
	var seen []sighting
	for i := range n {
		name, s := of(i)
		if !wasAsked(s) || newest.Sub(s.Health.CheckedAt) > incidentWindow {
			continue
		}
		if s.Health.CheckedAt.After(newest) {
			newest = s.Health.CheckedAt
		}
		at := sites[s.Endpoint]
		if at == nil {
			at = newSite(s.Endpoint)
			sites[s.Endpoint] = at
		}
		seen = append(seen, sighting{name, at, &s.Health})
	}
	seen = slices.DeleteFunc(seen, func(s sighting) bool { return newest.Sub(s.CheckedAt) > incidentWindow })
	return seen
}

// wasAsked reports whether a check of this run sent a request, or tried to.
func wasAsked(s *account.Snapshot) bool {
	h := &s.Health
	return !s.Restored && !h.CheckedAt.IsZero() &&
		(h.HTTPStatus != 0 || h.State == account.Unreachable || h.State == account.BadResponse)
}

func newSite(endpoint string) *site {
	u, err := url.Parse(endpoint)
	if err != nil {
		return &site{origin: endpoint, host: endpoint}
	}
	return &site{origin: service.OriginOf(u), host: u.Host, local: service.IsLoopback(u.Hostname())}
}

// networkIncident finds a fault of the network as a whole: no service outside
// this computer gave an answer of its own.
func networkIncident(seen []sighting) (Incident, bool) {
	var names []string
	var first *sighting
	origins, pageOrigins, codes := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, s := range seen {
		switch {
		case s.local:
			continue
		case s.SignIn:
			pageOrigins[s.origin] = true
		case s.State == account.Unreachable:
			codes[s.Code] = true
		default:
			return Incident{}, false
		}
		if first == nil {
			first = &s
		}
		names = append(names, s.profile)
		origins[s.origin] = true
	}
	i := Incident{State: account.Unreachable, Over: "The network is back", Profiles: names}
	switch {
	case len(pageOrigins) >= 2:
		i.State = account.BadResponse
		i.say(signInWanted)
	case len(pageOrigins) > 0:
		return Incident{}, false
	case len(origins) >= 2:
		i.say(troubleOf(codes))
	case len(names) >= 3 && only(codes, "no_route", "proxy"):
		// A single service cannot cause these codes.
		i.say(troubleOf(codes))
	default:
		return Incident{}, false
	}
	i.Explanation = fmt.Sprintf(i.Explanation, text.Plural(len(names), "profile"))
	if only(codes, "proxy") && len(pageOrigins) == 0 {
		i.Explanation += " " + first.Explanation
	}
	return i, true
}

// networkTrouble describes a fault of the network. The explanation is a format
// for the number of profiles.
type networkTrouble struct{ title, explanation, remedy string }

// say fills in the words of the incident.
func (i *Incident) say(t networkTrouble) {
	i.Title, i.Explanation, i.Remedy = t.title, t.explanation, t.remedy
}

var signInWanted = networkTrouble{"The network wants a sign-in",
	"Web pages come in place of the answers that %s ask for: most often that is a captive portal or a proxy.",
	"Open any web page in a browser, sign in to the network, then check again."}

// troubleOf says what it means that every service fails with one of the codes.
func troubleOf(codes map[string]bool) networkTrouble {
	switch {
	case only(codes, "dns", "timeout_dns"):
		return networkTrouble{"Host names cannot be looked up",
			"None of the host names that %s use could be looked up.",
			"Check the network and its name servers, and a VPN where one is needed."}
	case only(codes, "proxy"):
		return networkTrouble{"The proxy lets nothing through",
			"The connections of %s fail at the proxy.",
			"Check HTTPS_PROXY and NO_PROXY in the environment, and proxy in the profiles."}
	case only(codes, "tls_unknown_authority"):
		return networkTrouble{"Connections are intercepted",
			"The certificates that %s meet are all from authorities that this computer does not trust: " +
				"most often that is an inspecting proxy or a captive portal.",
			"Sign in to the network in a browser; where a proxy inspects connections, name its authority in ca_file."}
	case only(codes, "tls_expired", "tls_not_yet_valid"):
		return networkTrouble{"The clock seems to be wrong",
			"By the clock of this computer, the certificates that %s meet are all out of date or not valid yet.",
			"Set the date and time of this computer, then check again."}
	case only(codes, "refused", "reset"):
		return networkTrouble{"Connections are blocked",
			"The connections of %s to different services are all refused or cut: most often that is a firewall, a VPN or a captive portal.",
			"Check the network connection, and a VPN where one is needed."}
	}
	return networkTrouble{"No network",
		"None of the services that %s ask can be reached.",
		"Check the network connection, and a VPN where one is needed."}
}

// only reports whether there are codes, and all of them are known.
func only(codes map[string]bool, known ...string) bool {
	for c := range codes {
		if !slices.Contains(known, c) {
			return false
		}
	}
	return len(codes) > 0
}

// hostIncidents finds the faults of single services, whose profiles all fail
// alike.
func hostIncidents(seen []sighting) []Incident {
	var order []string
	byOrigin := map[string][]sighting{}
	for _, s := range seen {
		if byOrigin[s.origin] == nil {
			order = append(order, s.origin)
		}
		byOrigin[s.origin] = append(byOrigin[s.origin], s)
	}
	var found []Incident
	for _, origin := range order {
		if i, ok := hostIncident(byOrigin[origin]); ok {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b Incident) int { return len(b.Profiles) - len(a.Profiles) })
	return found[:min(len(found), maxIncidents)]
}

// hostIncident finds the fault that all profiles of one service have. It may show
// in several ways: a service that goes down refuses some and lets others wait.
func hostIncident(there []sighting) (Incident, bool) {
	first, alike := there[0], true
	i := Incident{State: first.State, Over: first.host + " answers again", Explanation: first.Explanation, Remedy: first.Remedy}
	for _, s := range there {
		if !isOutage(s.State) {
			return Incident{}, false
		}
		alike = alike && s.State == first.State && s.Code == first.Code
		i.Profiles = append(i.Profiles, s.profile)
	}
	switch {
	case !alike:
		i.Title = first.host + " is out of order"
		none := fmt.Sprintf("None of the %d profiles there", len(there))
		if len(there) == 2 {
			none = "Neither of the two profiles there"
		}
		i.Explanation = none + " could be checked. Of " + first.profile + ": " + first.Explanation
		return i, len(there) >= 2
	case first.State == account.Unreachable:
		i.Title = first.host + " cannot be reached"
	case first.State == account.Unavailable:
		i.Title = first.host + " is unavailable"
	case first.State == account.ServerError:
		i.Title = first.host + " fails"
	default:
		i.Title = first.host + " gives no usable answers"
	}
	all := fmt.Sprintf("all %d profiles", len(there))
	if len(there) == 2 {
		all = "both profiles"
	}
	i.Explanation = "It is the same for " + all + " there. " + first.Explanation
	return i, len(there) >= 2
}

// isOutage reports whether the state can be that of a service that is down. A
// limit is the credential's own.
func isOutage(s account.State) bool { return s.Inconclusive() && s != account.RateLimited }
