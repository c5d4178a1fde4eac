package config

import (
	"runtime"
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

// TestCredentialCommandsAreApart has a credential command of one profile look for the
// secrets of others.
func TestCredentialCommandsAreApart(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the command of the test is one for a shell")
	}
	t.Setenv("RC_A", "s3cret-of-a")
	t.Setenv("RC_B", "s3cret-of-b")
	c, err := Parse("c.toml", []byte(`
[profiles.a]
provider = "katapult"
token = { env = "RC_A" }
[profiles.b]
provider = "katapult"
token = { env = "RC_B" }
[profiles.c]
provider = "katapult"
token = { command = ["sh", "-c", "echo $RC_B; env | grep -c s3cret >&2"] }
[profiles.d]
provider = "katapult"
token = { command = ["sh", "-c", "env | grep -c s3cret; :"] }
`), testProviders())
	if err != nil {
		t.Fatal(err)
	}
	for profile, want := range map[string]string{"c": "s3cret-of-b", "d": "0"} {
		p, _ := c.Profile(profile)
		if got, _, err := p.Token.Resolve(t.Context()); got != want || err != nil {
			t.Errorf("%s: %q, %v", profile, got, err)
		}
		// A form that tries the profile is no way around that.
		p, err := DraftOf(p).Profile(c)
		if err != nil {
			t.Fatal(err)
		}
		if got, _, err := p.Token.Resolve(t.Context()); got != want || err != nil {
			t.Errorf("the draft of %s: %q, %v", profile, got, err)
		}
	}
}
