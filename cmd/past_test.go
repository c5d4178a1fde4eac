package cmd

import (
	"slices"
	"testing"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/ui"
)

// diary is a keeper that notes what it is asked for.
type diary struct {
	asked []string
	limit int
	all   []account.Past
}

func (d *diary) Past(profile, endpoint string) account.Past {
	d.asked = append(d.asked, profile+" at "+endpoint)
	return account.Past{Profile: profile, Endpoint: endpoint}
}

func (d *diary) Journal(limit int) []account.Past {
	d.limit = limit
	return d.all
}

// parsed is a configuration with one profile, named and at an address.
func parsed(t *testing.T, name, address string) *config.Config {
	t.Helper()
	c, err := config.Parse("test.toml", []byte("[profiles."+name+"]\nprovider = \"onezone\"\nbase_url = \""+address+"\"\ntoken = { env = \"X\" }\n"), (&console{services: builtIn()}).knownProviders())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestLookbackFollowsTheConfiguration has a changed file decide where the past of
// a profile is.
func TestLookbackFollowsTheConfiguration(t *testing.T) {
	d, now := &diary{}, parsed(t, "work", "https://a.example.org")
	services := builtIn()
	l := lookback{services: services, config: func() *config.Config { return now }, keeper: d}
	endpoint := func() string {
		p := now.Profiles[0]
		return services.Endpoint(p.Provider, p.BaseURL, p.Parts)
	}
	var want []string
	before := endpoint()
	want = append(want, "work at "+before)
	l.history("work")
	now = parsed(t, "work", "https://b.example.org")
	want = append(want, "work at "+endpoint())
	l.history("work")
	if p := l.history("gone"); p.Profile != "gone" || p.Checks != nil {
		t.Errorf("a profile that is gone has %+v", p)
	}
	if !slices.Equal(d.asked, want) || want[0] == want[1] {
		t.Errorf("asked for %q, want %q", d.asked, want)
	}
	d.all = []account.Past{{Profile: "work", Endpoint: before}, {Profile: "work", Endpoint: endpoint()}, {Profile: "gone", Endpoint: endpoint()}}
	if got := l.journal(); len(got) != 1 || got[0].Endpoint != endpoint() || d.limit != ui.LogSize {
		t.Errorf("the journal of %d entries has %+v", d.limit, got)
	}
}
