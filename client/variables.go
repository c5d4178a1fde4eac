package client

import (
	"slices"
	"strings"
)

// Variables is the environment in which the service's own tools act as the
// profile. Its values hold the secret.
type Variables struct {
	// Set are the variables to set.
	Set []Variable
	// Unset are those that the tools read, too, and that would let another
	// account or address win.
	Unset []string
}

// Variables hands a secret of the profile to the service's own tools, acting
// for an organization where one is named. It is empty for a profile without
// an address.
func (c *Client) Variables(secret, organization string) Variables {
	if c.address.root == "" {
		return Variables{}
	}
	set, read := c.provider.variables(grant{c.base(), c.profile.Username, secret, organization})
	unset := slices.DeleteFunc(read, func(name string) bool {
		return slices.ContainsFunc(set, func(v Variable) bool { return v.Name == name })
	})
	return Variables{set, unset}
}

// base is the address of the service without the prefix of its API.
func (c *Client) base() string {
	return strings.TrimSuffix(c.address.root, c.provider.info().Prefix)
}
