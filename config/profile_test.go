package config

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"rollcall/config/credential"
)

// However a profile or a configuration is printed, its secrets do not show.
func TestProfileHidesSecrets(t *testing.T) {
	t.Parallel()
	const secret = "s3cret-0123456789"
	c, command := credential.Literal(secret), credential.Command("echo", secret)
	for _, holder := range []any{Profile{Token: command}, Profile{Token: c, Password: c}, Config{Profiles: []Profile{{Token: c}}}} {
		encoded, err := json.Marshal(holder)
		if err != nil {
			t.Error(err)
		}
		shown := string(encoded)
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
			shown += fmt.Sprintf(verb+"\n", holder)
		}
		for _, form := range []string{secret, fmt.Sprintf("%x", secret), fmt.Sprintf("%X", secret)} {
			if strings.Contains(shown, form) {
				t.Errorf("the secret shows:\n%s", shown)
			}
		}
	}
}

func TestProfileCredential(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]Profile{
		"":      {},
		"env A": {Token: credential.Env("A")},
		"env B": {Username: "u", Password: credential.Env("B")},
	} {
		if got := p.Credential().Source(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A secret where a variable's name belongs is not shown as one.
func TestSecretAsName(t *testing.T) {
	t.Parallel()
	c, err := Parse("c.toml", []byte("[profiles.a]\nprovider = 'katapult'\ntoken.env = 's3cret-0123'\n"), testProviders())
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Problems) != 1 || strings.Contains(fmt.Sprintf("%+v", *c), "s3cret") {
		t.Errorf("%+v", *c)
	}
}

func TestProfileUnasked(t *testing.T) {
	t.Parallel()
	wrong := []Problem{{File: "c.toml", Line: 3, Message: "it is wrong"}, {File: "c.toml", Line: 4, Message: "so is this"}}
	const off = "The profile is switched off in the configuration."
	for _, tt := range []struct {
		p           Profile
		why, remedy string
	}{
		{Profile{}, "", ""},
		{Profile{Disabled: true}, off, ""},
		{Profile{Disabled: true, Problems: wrong}, off, ""},
		{Profile{Problems: wrong}, "c.toml:3: it is wrong", "Correct the line in c.toml."},
		{Profile{Problems: []Problem{{File: "c.toml", Line: 3, Message: "it shows", Remedy: "Hide it."}}}, "c.toml:3: it shows", "Hide it."},
	} {
		if got := tt.p.Unasked(); got.Why != tt.why || got.Remedy != tt.remedy {
			t.Errorf("%+v, want %q, %q", got, tt.why, tt.remedy)
		}
	}
}
