package config

import (
	"slices"
	"testing"
)

func TestSecretVariables(t *testing.T) {
	t.Parallel()
	c, err := Parse("c.toml", []byte(`
[profiles.a]
provider = "katapult"
token = { env = "A_TOKEN" }
[profiles.bad]
provider = "nobody"
token = { env = "BAD_TOKEN" }
[profiles.off]
provider = "onezone"
base_url = "https://zone.example.org"
username = "admin"
password = { env = "OFF_PASSWORD" }
disabled = true
[profiles.both]
provider = "katapult"
token = { env = "A_TOKEN" }
second_token = { env = "SECOND" }
[profiles.none]
provider = "katapult"
token = { keyring = "ENTRY" }
`), testProviders())
	if err != nil {
		t.Fatal(err)
	}
	if got := c.SecretVariables(); !slices.Equal(got, []string{"A_TOKEN", "BAD_TOKEN", "OFF_PASSWORD", "SECOND"}) {
		t.Errorf("%q", got)
	}
	if got := VariablesIn([]byte("[profiles.a\ntoken = { env = \"A_TOKEN\" }\npassword.env='B'\n")); !slices.Equal(got, []string{"A_TOKEN", "B"}) {
		t.Errorf("%q", got)
	}
}
