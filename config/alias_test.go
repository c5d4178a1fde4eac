package config

import (
	"strings"
	"testing"
)

// A service may have another name in the file. It counts as its own, and stays in the
// file as it is whatever else of the profile is changed.
func TestAlias(t *testing.T) {
	t.Parallel()
	const text = "[profiles.berg]\nprovider = 'forgejo' # Codeberg\nbase_url = 'https://codeberg.org'\ntoken = { env = 'A' }\n"
	providers := testProviders()
	providers.Known = append(providers.Known, Provider{Name: "gitea", Alias: "forgejo", Basic: true})
	c, err := Parse("c.toml", []byte(text), providers)
	if err != nil || len(c.Profiles) != 1 || len(c.Profiles[0].Problems) > 0 || c.Profiles[0].Provider != "gitea" {
		t.Fatalf("%+v, %v", c, err)
	}
	d := DraftOf(c.Profiles[0])
	if wrong := d.Check(c); len(wrong) > 0 {
		t.Errorf("the profile as it is: %v", wrong)
	}
	d.Provider = "forgejo"
	if p, err := d.Profile(c); err != nil || p.Provider != "gitea" {
		t.Errorf("a draft with the other name: %+v, %v", p, err)
	}
	c, err = Parse("c.toml", []byte(strings.Replace(text, "forgejo", "forgjo", 1)), providers)
	if err != nil || len(c.Profiles[0].Problems) != 1 || !strings.Contains(c.Profiles[0].Problems[0].Error(), `did you mean "forgejo"?`) {
		t.Errorf("%+v, %v", c.Profiles, err)
	}
}
