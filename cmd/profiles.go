package cmd

import (
	"errors"
	"fmt"
	"slices"

	"rollcall/client"
	"rollcall/config"
)

// choose gives the profiles that the names name, in the order of the file; no
// name means all of them.
func choose(c *config.Config, names []string) ([]config.Profile, error) {
	if len(names) == 0 {
		return c.Profiles, nil
	}
	var unknown []error
	for _, n := range names {
		if !named(c.Profiles, n) {
			unknown = append(unknown, c.NoProfile(n))
		}
	}
	if len(unknown) > 0 {
		return nil, configError(errors.Join(unknown...))
	}
	var chosen []config.Profile
	for _, p := range c.Profiles {
		if slices.Contains(names, p.Name) {
			chosen = append(chosen, p)
		}
	}
	return chosen, nil
}

// existing is the profile with a name, which can be added where there is none.
func existing(c *config.Config, name string) (config.Profile, error) {
	found, err := choose(c, []string{name})
	if err != nil {
		return config.Profile{}, configError(fmt.Errorf("%w\nTo add it, run: rollcall add %s", err, client.Printable(name)))
	}
	return found[0], nil
}

func named(profiles []config.Profile, name string) bool {
	return slices.ContainsFunc(profiles, func(p config.Profile) bool { return p.Name == name })
}

func namesOf(profiles []config.Profile) []string {
	var names []string
	for _, p := range profiles {
		names = append(names, p.Name)
	}
	return names
}
