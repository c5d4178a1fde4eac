package declared

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"rollcall/client/service"
)

// variables are the environment of the service's own tools.
type variables struct {
	token, second, username, url, unset []string
	// parts are those in which tools read a part of the address, by its name.
	parts map[string][]string
}

const variablesExample = `variables = { token = ["X_TOKEN"], url = ["X_URL"] }`

// variables reads the environment of the service's own tools.
func (k *keys) variables(at location) (v variables) {
	t := k.table("variables", variablesExample)
	if t == nil {
		return v
	}
	v = variables{
		token: t.variableNames("token"), second: t.variableNames("second_token"), username: t.variableNames("username"),
		url: t.variableNames("url"), unset: t.variableNames("unset"), parts: map[string][]string{},
	}
	if parts := t.table("parts", `parts = { site = ["X_SITE"] }`); parts != nil {
		known := at.hostParts()
		for _, name := range slices.Sorted(maps.Keys(parts.values)) {
			v.parts[name] = parts.variableNames(name)
			if !slices.Contains(known, name) {
				parts.faults = append(parts.faults, Fault{
					Path: parts.at(name), Message: "the host of url has no part {" + name + "}", Written: name, Known: known,
				})
			}
		}
	}
	t.unknown()
	return v
}

// variableNames reads the names of variables; nil where there are none.
func (k *keys) variableNames(key string) []string {
	if !k.has(key) {
		k.known = append(k.known, key)
		return nil
	}
	names := k.texts(key, `["X_TOKEN"]`)
	for _, name := range names {
		if !variableName.MatchString(name) {
			k.fault(key, "%q is no name of an environment variable", name)
			return nil
		}
	}
	return names
}

// public reports whether an address is that of the description.
func (d *description) public(base string) bool {
	if d.at.open() {
		return false
	}
	a, err := url.Parse(base)
	b, otherErr := url.Parse(d.at.origin)
	return err == nil && otherErr == nil && service.OriginOf(a) == service.OriginOf(b) && strings.Trim(a.Path, "/") == ""
}

// site are the parts that the host of an address has, as the description knows them.
// told is set where the tools read each of them.
func (d *description) site(base string) (parts map[string]string, told bool) {
	parts = map[string]string{}
	names := d.at.hostParts()
	for _, name := range names {
		value, ours := d.at.matched(base, "{"+name+"}")
		if !ours || !d.at.allows(name, value) || len(d.variables.parts[name]) == 0 {
			return nil, false
		}
		parts[name] = value
	}
	return parts, len(names) > 0
}

// withheld reports whether the tools cannot be told where an address is, so that they
// would take the secret elsewhere.
func (d *description) withheld(base string) bool {
	_, told := d.site(base)
	return !told && !d.public(base) && len(d.variables.url) == 0
}

// Variables are the environment in which the service's own tools act as a profile.
func (s *Service) Variables(g service.Grant) (set []service.Variable, read []string) {
	d := s.d()
	v := d.variables
	read = slices.Concat(v.token, v.second, v.username, v.url, v.unset)
	names := slices.Sorted(maps.Keys(v.parts))
	for _, name := range names {
		read = append(read, v.parts[name]...)
	}
	if d.withheld(g.Base) {
		return nil, read
	}
	add := func(names []string, value string) {
		for _, name := range names {
			if value != "" {
				set = append(set, service.Variable{Name: name, Value: value})
			}
		}
	}
	add(v.token, g.Secret)
	add(v.second, g.Second)
	add(v.username, g.Username)
	if !d.public(g.Base) {
		add(v.url, g.Base)
	}
	site, _ := d.site(g.Base)
	for _, name := range names {
		add(v.parts[name], site[name])
	}
	return set, read
}

// Withheld are the variables of the secrets where the tools cannot be told that the
// profile has an address of its own.
func (s *Service) Withheld(g service.Grant) (all []service.Withheld) {
	d := s.d()
	if !d.withheld(g.Base) {
		return nil
	}
	for _, name := range slices.Concat(d.variables.token, d.variables.second) {
		all = append(all, service.Withheld{Variable: name, Tool: "what reads " + name})
	}
	return all
}
