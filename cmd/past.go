package cmd

import (
	"slices"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/ui"
)

// keeper has what is kept of the profiles beside their snapshots.
type keeper interface {
	// Past is all that is kept of the profile at an endpoint.
	Past(profile, endpoint string) account.Past
	// Journal has the latest entries of all profiles, limit at most.
	Journal(limit int) []account.Past
}

// lookback reads for the screen what is kept of the profiles, as the
// configuration has them at that moment.
type lookback struct {
	services endpoints
	// config is the configuration now.
	config func() *config.Config
	keeper keeper
}

// history is all that is kept of a profile.
func (l lookback) history(profile string) account.Past {
	p, ok := l.config().Profile(profile)
	if !ok {
		return account.Past{Profile: profile}
	}
	return l.keeper.Past(profile, l.services.Endpoint(p.Provider, p.BaseURL, p.Parts))
}

// journal has the latest entries of the profiles, without those of an address at
// which a profile was before.
func (l lookback) journal() []account.Past {
	return atEndpoints(l.keeper.Journal(ui.LogSize), l.config().Profiles, l.services)
}

// atEndpoints are the pasts of the profiles where they are now.
func atEndpoints(all []account.Past, profiles []config.Profile, services endpoints) []account.Past {
	endpoints := make(map[string]string, len(profiles))
	for _, p := range profiles {
		endpoints[p.Name] = services.Endpoint(p.Provider, p.BaseURL, p.Parts)
	}
	return slices.DeleteFunc(all, func(p account.Past) bool {
		endpoint, ok := endpoints[p.Profile]
		return !ok || p.Endpoint != endpoint
	})
}

// endpoints tell where a service is asked.
type endpoints interface {
	Endpoint(name, baseURL string, parts map[string]string) string
}
