package gitlab

import "rollcall/client/service"

// Variables serves glab and Terraform's provider. Both take the token from
// GITLAB_TOKEN, and each reads where the installation is.
func (Service) Variables(g service.Grant) (set []service.Variable, read []string) {
	read = []string{
		"GITLAB_TOKEN", "GITLAB_HOST", "GITLAB_BASE_URL", "GITLAB_ACCESS_TOKEN", "OAUTH_TOKEN", "GITLAB_URI", "GL_HOST",
		"GITLAB_API_HOST", "GITLAB_PRIVATE_TOKEN", "GITLAB_URL", "GITLAB_GROUP",
	}
	set = []service.Variable{
		{Name: "GITLAB_TOKEN", Value: g.Secret}, {Name: "GITLAB_HOST", Value: g.Base}, {Name: "GITLAB_BASE_URL", Value: g.Base},
	}
	if g.Organization != "" {
		set = append(set, service.Variable{Name: "GITLAB_GROUP", Value: g.Organization})
	}
	return set, read
}
