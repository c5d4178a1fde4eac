package config

import (
	"regexp"
	"slices"
	"strings"

	"rollcall/config/spelling"
)

// partValue is what a part of an address can be: it must not become more than a part.
var partValue = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$`)

// parts reads what a profile puts into the address of its service.
func (t *table) parts(p *Profile, provider Provider, known bool) {
	if !known {
		return
	}
	for _, part := range provider.Parts {
		if slices.Contains(profileKeys(), part.Name) {
			t.problem("provider", "the address of %s has a part {%s}, which is a key of every profile; give it another name", provider.Name, part.Name)
			continue
		}
		value, ok := t.part(part)
		switch {
		case ok && t.has("base_url") && part.Host:
			t.problem(part.Name, "base_url says where the service is already; delete it, or %s", part.Name)
		case ok:
			if p.Parts == nil {
				p.Parts = map[string]string{}
			}
			p.Parts[part.Name] = value
		case !t.has(part.Name) && !(part.Host && t.has("base_url")):
			t.missing(part.Name, nil, "%s is missing, a part of the address of %s; write %s = %q", part.Name, provider.Name, part.Name, part.example())
		}
	}
}

// part reads one of them.
func (t *table) part(part AddressPart) (string, bool) {
	value, ok := t.text(part.Name, part.example())
	switch {
	case !ok:
	case !partValue.MatchString(value) || strings.Contains(value, ".."):
		t.problem(part.Name, "%s must have letters, digits, dots and hyphens only, such as %q", part.Name, part.example())
	case part.Allowed != nil && !slices.Contains(part.Allowed, value):
		t.problem(part.Name, "%s must be %s, not %s%s", part.Name, list(part.Allowed), quote(value), spelling.DidYouMean(value, part.Allowed))
	default:
		return value, true
	}
	return "", false
}

func (p AddressPart) example() string {
	if len(p.Allowed) > 0 {
		return p.Allowed[0]
	}
	return "example"
}

// secondToken checks that there is a second token where a service wants one.
func (t *table) secondToken(provider Provider, known bool) {
	switch there := t.has("second_token"); {
	case !known:
	case there && !provider.SecondToken:
		t.problem("second_token", "%s takes no second token; delete it", provider.Name)
	case !there && provider.SecondToken:
		t.missing("second_token", nil, `%s wants a second token; write second_token = { env = "NAME_OF_A_VARIABLE" }`, provider.Name)
	}
}

// profileKeys are the keys that every profile can have, whatever its service.
func profileKeys() []string {
	return []string{
		"provider", "base_url", "token", "username", "password", "second_token", "label", "tags", "refresh_interval", "request_timeout",
		"ca_file", "client_cert", "client_key", "proxy", "insecure_skip_verify", "disabled", "identity",
	}
}
