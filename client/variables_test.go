package client

import (
	"slices"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/service"
)

func TestVariables(t *testing.T) {
	tests := []struct {
		name                         string
		profile                      Profile
		organization, set, unset, at string
	}{
		{
			"katapult", Profile{Provider: "katapult"}, "",
			"KATAPULT_API_KEY=s3cret KATAPULT_API_TOKEN=s3cret",
			"KATAPULT_ORGANIZATION KATAPULT_TF_DEBUG_API_URL KATAPULT_API_URL", "https://my.katapult.io",
		}, {
			"katapult by another spelling", Profile{Provider: "katapult", BaseURL: "https://API.katapult.io:443/core/v1/"}, "",
			"KATAPULT_API_KEY=s3cret KATAPULT_API_TOKEN=s3cret",
			"KATAPULT_ORGANIZATION KATAPULT_TF_DEBUG_API_URL KATAPULT_API_URL", "https://my.katapult.io",
		}, {
			"katapult below a path", Profile{Provider: "katapult", BaseURL: "https://api.katapult.io/staging"}, "",
			"KATAPULT_API_KEY=s3cret KATAPULT_TF_DEBUG_API_URL=https://api.katapult.io/staging",
			"KATAPULT_API_TOKEN KATAPULT_ORGANIZATION KATAPULT_API_URL", "",
		}, {
			"katapult for an organization elsewhere", Profile{Provider: "katapult", BaseURL: "https://k.example/core/v1/"}, "acme",
			"KATAPULT_API_KEY=s3cret KATAPULT_ORGANIZATION=acme KATAPULT_TF_DEBUG_API_URL=https://k.example",
			"KATAPULT_API_TOKEN KATAPULT_API_URL", "",
		}, {
			"onezone", Profile{Provider: "onezone", BaseURL: "https://zone.example:8443"}, "acme",
			"ONEZONE_HOST=https://zone.example:8443 ONEDATA_ZONE=https://zone.example:8443 " +
				"ONEZONE_API_KEY=s3cret ONEDATA_API_KEY=s3cret ONECLIENT_ACCESS_TOKEN=s3cret",
			"ONEZONE_BASIC_AUTH ONEDATA_PROVIDER ONECLIENT_AUTHORIZATION_TOKEN ONECLIENT_PROVIDER_HOST ONECLIENT_PROVIDER_HOSTNAME",
			"https://zone.example:8443/ozw/onezone/i#/onedata/tokens/new",
		}, {
			"onezone with a password", Profile{Provider: "onezone", BaseURL: "https://zone.example/api/v3/onezone", Username: "sam"}, "",
			"ONEZONE_HOST=https://zone.example ONEZONE_BASIC_AUTH=sam:s3cret",
			"ONEZONE_API_KEY ONEDATA_ZONE ONEDATA_API_KEY ONEDATA_PROVIDER " +
				"ONECLIENT_ACCESS_TOKEN ONECLIENT_AUTHORIZATION_TOKEN ONECLIENT_PROVIDER_HOST ONECLIENT_PROVIDER_HOSTNAME",
			"https://zone.example/ozw/onezone/i#/onedata/tokens/new",
		}, {
			"switched off", Profile{Provider: "katapult", Unasked: account.Diagnosis{State: account.Disabled}}, "",
			"KATAPULT_API_KEY=s3cret KATAPULT_API_TOKEN=s3cret", "KATAPULT_ORGANIZATION KATAPULT_TF_DEBUG_API_URL KATAPULT_API_URL", "https://my.katapult.io",
		},
		{"no such service", Profile{Provider: "nowhere"}, "", "", "", ""},
		{"no address", Profile{Provider: "onezone"}, "", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.profile.Credential = fixedCredential{secret: "s3cret"}
			c := New(tt.profile, testNetwork(t))
			v := c.Variables("s3cret", Tools{Organization: tt.organization})
			var set []string
			for _, s := range v.Set {
				set = append(set, s.Name+"="+s.Value)
			}
			if got := strings.Join(set, " "); got != tt.set {
				t.Errorf("set %s, want %s", got, tt.set)
			}
			if got := strings.Join(v.Unset, " "); got != tt.unset {
				t.Errorf("unset %s, want %s", got, tt.unset)
			}
			if got := services.TokenPage(tt.profile.Provider, tt.profile.BaseURL, nil); got != tt.at {
				t.Errorf("tokens are made at %q, want %q", got, tt.at)
			}
		})
	}
}

// Every variable that a service sets must be known, or nobody would unset it
// for another profile.
func TestVariableNames(t *testing.T) {
	for _, p := range services {
		known := services.VariableNames(p.Info().Name)
		handover, ok := p.(service.Handover)
		if (len(known) > 0) != ok {
			t.Errorf("%s has %v", p.Info().Name, known)
		}
		if !ok {
			continue
		}
		for _, username := range []string{"", "sam"} {
			set, read := handover.Variables(service.Grant{Base: "https://other.example", Username: username, Secret: "s3cret", Organization: "acme"})
			if !slices.Equal(read, known) {
				t.Errorf("%s reads %v, and %v", p.Info().Name, read, known)
			}
			for _, v := range set {
				if !slices.Contains(known, v.Name) {
					t.Errorf("%s sets %s, which is not among its names", p.Info().Name, v.Name)
				}
			}
		}
	}
	if services.VariableNames("nowhere") != nil {
		t.Error("an unknown service has variables")
	}
}

func TestNetworkFingerprint(t *testing.T) {
	n := testNetwork(t)
	first := n.Fingerprint("one-secret")
	if first != n.Fingerprint("one-secret") {
		t.Error("one secret has two fingerprints")
	}
	if first == n.Fingerprint("two-secret") || first == testNetwork(t).Fingerprint("one-secret") {
		t.Error("different secrets, or runs, have the same fingerprint")
	}
	if len(first) != 64 || strings.Contains(first, "one-secret") {
		t.Errorf("it is %q", first)
	}
}
