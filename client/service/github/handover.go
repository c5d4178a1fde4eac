package github

import (
	"strings"

	"rollcall/client/service"
)

// variables are all variables that gh, Terraform's provider and others read.
func variables() []string {
	return []string{
		"GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "GH_HOST", "GITHUB_PAT",
		"COPILOT_GITHUB_TOKEN", "HOMEBREW_GITHUB_API_TOKEN", "GITHUB_BASE_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL",
		"GITHUB_SERVER_URL", "GITHUB_OWNER", "GITHUB_ORGANIZATION",
	}
}

// place is where a token is good.
type place int

const (
	atPublic place = iota
	atResidency
	atServer
)

func (s Service) placeOf(base string) (p place, host string) {
	page, host := s.site(base)
	switch {
	case page == "https://github.com":
		return atPublic, host
	case isResidency(strings.ToLower(host)):
		return atResidency, host
	}
	return atServer, host
}

// Variables serves gh, which takes the token of github.com and of *.ghe.com from
// GH_TOKEN, that of an Enterprise Server from GH_ENTERPRISE_TOKEN, and the host from
// GH_HOST. GITHUB_TOKEN is read by too many tools that know github.com alone.
func (s Service) Variables(g service.Grant) (set []service.Variable, names []string) {
	at, host := s.placeOf(g.Base)
	switch at {
	case atPublic:
		set = []service.Variable{{Name: "GH_TOKEN", Value: g.Secret}, {Name: "GITHUB_TOKEN", Value: g.Secret}}
		if g.Organization != "" {
			set = append(set, service.Variable{Name: "GITHUB_OWNER", Value: g.Organization})
		}
	case atResidency:
		set = []service.Variable{{Name: "GH_TOKEN", Value: g.Secret}, {Name: "GH_HOST", Value: host}}
	case atServer:
		set = []service.Variable{{Name: "GH_ENTERPRISE_TOKEN", Value: g.Secret}, {Name: "GH_HOST", Value: host}}
	}
	return set, variables()
}

// Withheld keeps the token of another installation from tools that would show it to
// github.com.
func (s Service) Withheld(g service.Grant) []service.Withheld {
	if at, _ := s.placeOf(g.Base); at == atPublic {
		return nil
	}
	return []service.Withheld{{Variable: "GITHUB_TOKEN", Tool: "Terraform's provider and others"}}
}
