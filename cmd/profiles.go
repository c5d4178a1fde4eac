package cmd

import (
	"errors"
	"fmt"
	"slices"

	"rollcall/client/text"
	"rollcall/config"
)

// choose is chooseSome, or all of them where no name is given.
func choose(c *config.Config, names []string) ([]config.Profile, error) {
	if len(names) == 0 {
		return c.Profiles, nil
	}
	return chooseSome(c, names)
}

// chooseSome gives the profiles that the names name, in the order of the file. The
// error names all that there are not.
func chooseSome(c *config.Config, names []string) ([]config.Profile, error) {
	var unknown []error
	for _, n := range names {
		if _, ok := c.Profile(n); !ok {
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

// chooseOne gives the profile with a name.
func chooseOne(c *config.Config, name string) (config.Profile, error) {
	p, ok := c.Profile(name)
	if !ok {
		return p, configError(c.NoProfile(name))
	}
	return p, nil
}

// existing is the profile with a name, which can be added where there is none.
func existing(c *config.Config, name string) (config.Profile, error) {
	p, err := chooseOne(c, name)
	if err != nil {
		return p, configError(fmt.Errorf("%w\nTo add it, run: rollcall add %s", err, text.Printable(name)))
	}
	return p, nil
}

// freeName is the name, or that with a number where it is taken.
func freeName(name string, taken []string) string {
	free := name
	for n := 2; slices.Contains(taken, free); n++ {
		free = fmt.Sprintf("%s-%d", name, n)
	}
	return free
}
