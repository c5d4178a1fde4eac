package client

import (
	"slices"

	"rollcall/client/service"
)

// Variables is the environment in which the service's own tools act as the
// profile. Its values hold the secret.
type Variables struct {
	// Set are the variables to set.
	Set []service.Variable
	// Unset are those that the tools read, too, and that would let another
	// account or address win.
	Unset []string
}

// Variables hands a secret of the profile to the service's own tools, acting
// for an organization where one is named. It is empty for a profile without
// an address.
func (c *Client) Variables(secret, organization string) Variables {
	if c.address.Root == "" {
		return Variables{}
	}
	handover, ok := c.service.(service.Handover)
	if !ok {
		return Variables{}
	}
	set, read := handover.Variables(service.Grant{Base: c.address.Base, Username: c.profile.Username, Secret: secret, Organization: organization})
	unset := slices.DeleteFunc(read, func(name string) bool {
		return slices.ContainsFunc(set, func(v service.Variable) bool { return v.Name == name })
	})
	return Variables{set, unset}
}
