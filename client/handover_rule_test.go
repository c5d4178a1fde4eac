package client

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"rollcall/client/service"
)

// tool is a program that acts at a service by what its environment says.
type tool struct {
	name string
	// secrets are the variables of which it takes the secret, address the one that
	// tells it where the service is; empty where there is none.
	secrets []string
	address string
	// host is set where it takes the host alone there.
	host bool
	// file is set where a file of the tool's own may tell the address: it says so in
	// place of a variable.
	file bool
	// asks is set where the tool goes nowhere unless its user names the place
	// besides: there is nothing to tell it.
	asks bool
	// elsewhere are the variables that would lead it to another account or place.
	elsewhere []string
}

// toolsOf are the tools of each service, by what their sources say that they read.
var toolsOf = map[string][]tool{
	"katapult": {
		{name: "terraform-provider-katapult", secrets: []string{"KATAPULT_API_KEY"}, address: "KATAPULT_TF_DEBUG_API_URL",
			elsewhere: []string{"KATAPULT_ORGANIZATION"}},
		{name: "katapult-cli", secrets: []string{"KATAPULT_API_TOKEN"}, file: true},
	},
	"onezone": {
		{name: "onezone-rest-cli", secrets: []string{"ONEZONE_API_KEY", "ONEZONE_BASIC_AUTH"}, address: "ONEZONE_HOST"},
		{name: "rest-cli", secrets: []string{"ONEDATA_API_KEY"}, address: "ONEDATA_ZONE", elsewhere: []string{"ONEDATA_PROVIDER"}},
		{name: "oneclient", secrets: []string{"ONECLIENT_ACCESS_TOKEN"}, asks: true,
			elsewhere: []string{"ONECLIENT_PROVIDER_HOST", "ONECLIENT_PROVIDER_HOSTNAME", "ONECLIENT_AUTHORIZATION_TOKEN"}},
	},
	"oidc": {}, // No tool takes an access token of just any provider.
	"github": {
		{name: "gh", secrets: []string{"GH_TOKEN", "GH_ENTERPRISE_TOKEN"}, address: "GH_HOST", host: true,
			elsewhere: []string{"GITHUB_ENTERPRISE_TOKEN", "COPILOT_GITHUB_TOKEN"}},
		// It asks GITHUB_BASE_URL, but so many others that know github.com alone read
		// its token that it is set for that one only.
		{name: "Terraform's provider and others", secrets: []string{"GITHUB_TOKEN"},
			elsewhere: []string{"GITHUB_BASE_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_SERVER_URL", "GITHUB_OWNER", "GITHUB_ORGANIZATION", "GITHUB_PAT", "HOMEBREW_GITHUB_API_TOKEN"}},
	},
	"gitlab": {
		{name: "glab", secrets: []string{"GITLAB_TOKEN"}, address: "GITLAB_HOST",
			elsewhere: []string{"GL_HOST", "GITLAB_URI", "GITLAB_API_HOST", "OAUTH_TOKEN", "GITLAB_ACCESS_TOKEN", "GITLAB_GROUP"}},
		{name: "terraform-provider-gitlab", secrets: []string{"GITLAB_TOKEN"}, address: "GITLAB_BASE_URL"},
		{name: "python-gitlab", secrets: []string{"GITLAB_PRIVATE_TOKEN"}, address: "GITLAB_URL"},
	},
	"gitea": {
		// A user name goes with the password only: beside a token it would lead elsewhere.
		{name: "terraform-provider-gitea", secrets: []string{"GITEA_TOKEN", "GITEA_USERNAME", "GITEA_PASSWORD"}, address: "GITEA_BASE_URL"},
	},
}

// TestHandoverRule holds every service to it: a profile with an address of its own
// sets the address of each tool whose secret it sets, or leaves the secret out and
// says so; and whatever would lead a tool to another account or place is unset.
func TestHandoverRule(t *testing.T) {
	for _, s := range services {
		name := s.Info().Name
		tools, known := toolsOf[name]
		if !known {
			t.Errorf("%s: write its tools into the table of this test", name)
		}
		own := Profile{Name: "p", Provider: name, BaseURL: "https://own.example", Credential: fixedCredential{secret: "s3cret"}}
		withUser := own
		withUser.Username = "sam"
		profiles := []Profile{own, withUser}
		if s.Info().DefaultURL != "" {
			public := own
			public.BaseURL = ""
			profiles = append(profiles, public)
		}
		for _, p := range profiles {
			v := New(p, testNetwork(t)).Variables("s3cret", Tools{})
			set := map[string]string{}
			for _, one := range v.Set {
				set[one.Name] = one.Value
			}
			for _, x := range tools {
				x.holds(t, p, v, set)
			}
			for variable, value := range set {
				if strings.Contains(value, "s3cret") && !slices.ContainsFunc(tools, func(x tool) bool { return slices.Contains(x.secrets, variable) }) {
					t.Errorf("%s: nobody knows which tool takes the secret of %s", name, variable)
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(toolsOf)) {
		if _, ok := services.Named(name); !ok {
			t.Errorf("there is no service %s", name)
		}
	}
}

// holds checks the rule for one tool and the variables of a profile.
func (x tool) holds(t *testing.T, p Profile, v Variables, set map[string]string) {
	t.Helper()
	for _, secret := range x.secrets {
		withheld := slices.Contains(v.Withheld, service.Withheld{Variable: secret, Tool: x.name})
		_, given := set[secret]
		switch {
		case given && withheld:
			t.Errorf("%s at %q is both set and left out: %s", x.name, p.BaseURL, secret)
		case withheld && !slices.Contains(v.Unset, secret):
			t.Errorf("%s at %q: the %s of somebody else stays", x.name, p.BaseURL, secret)
		case !given && !withheld && !slices.Contains(v.Unset, secret):
			t.Errorf("%s at %q: %s is neither set nor unset", x.name, p.BaseURL, secret)
		case given && p.BaseURL != "" && !x.asks && !x.leads(set[x.address], p.BaseURL):
			t.Errorf("%s would show the secret of %s to another place than %s: %s=%q", x.name, secret, p.BaseURL, x.address, set[x.address])
		}
	}
	lead := x.elsewhere
	if _, told := set[x.address]; x.address != "" && !told {
		lead = append(slices.Clone(lead), x.address)
	}
	for _, variable := range lead {
		if !slices.Contains(v.Unset, variable) {
			t.Errorf("%s at %q: %s stays as it is", x.name, p.BaseURL, variable)
		}
	}
}

// leads reports whether a tool that is told an address goes to that of a profile.
func (x tool) leads(told, base string) bool {
	if x.host {
		_, base, _ = strings.Cut(base, "://")
	}
	return x.address != "" && told == base
}

// TestHandoverBesideFiles hands a secret to a tool that has its address from a file
// of its own only where that is the address of the profile.
func TestHandoverBesideFiles(t *testing.T) {
	for _, s := range services {
		for _, x := range toolsOf[s.Info().Name] {
			if !x.file {
				continue
			}
			public := s.Info().DefaultURL
			for _, tt := range []struct {
				base, told string
				given      bool
			}{
				{"", "", true}, {"", public, true}, {public, "", true}, {public + s.Info().Prefix, public + "/", true},
				{"", "https://other.example", false}, {"https://own.example", "", false},
				{"https://own.example", public, false}, {"https://own.example", "https://other.example", false},
				{"https://own.example", "https://own.example", true}, {"https://own.example", "HTTPS://OWN.example:443" + s.Info().Prefix + "/", true},
				{"https://own.example", "http://own.example", false}, {"https://own.example", "https://own.example:8443", false},
				{"https://own.example/a", "https://own.example/b", false}, {"", "not an address", false},
			} {
				p := Profile{Name: "p", Provider: s.Info().Name, BaseURL: tt.base, Credential: fixedCredential{secret: "s3cret"}}
				told := map[string]string{}
				for _, secret := range x.secrets {
					if tt.told != "" {
						told[secret] = tt.told
					}
				}
				v := New(p, testNetwork(t)).Variables("s3cret", Tools{Told: told})
				for _, secret := range x.secrets {
					given := slices.Contains(v.Set, service.Variable{Name: secret, Value: "s3cret"})
					withheld := slices.Contains(v.Withheld, service.Withheld{Variable: secret, Tool: x.name, Told: tt.told})
					if given != tt.given || withheld == tt.given || given == slices.Contains(v.Unset, secret) {
						t.Errorf("%s at %q, told %q: given %t, withheld %t, unset %v", secret, tt.base, tt.told, given, withheld, v.Unset)
					}
				}
			}
		}
	}
}
