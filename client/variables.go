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
	// Withheld are the variables that are not set, since their tools would show the
	// secret to another address than Base, that of the profile.
	Withheld []service.Withheld
	Base     string
}

// Tools is what is known of the tools that get a secret.
type Tools struct {
	// Organization is the one that they act for; empty where none is named.
	Organization string
	// Second is the second secret of a service that wants two.
	Second string
	// Told are the addresses that they have from files of their own, by the variable
	// in which they take the secret.
	Told map[string]string
}

// Variables hands a secret of the profile to the service's own tools. It is empty
// for a profile without an address.
func (c *Client) Variables(secret string, to Tools) Variables {
	if c.address.Root == "" {
		return Variables{}
	}
	handover, ok := c.service.(service.Handover)
	if !ok {
		return Variables{}
	}
	grant := service.Grant{Base: c.address.Base, Username: c.profile.Username, Secret: secret, Second: to.Second, Organization: to.Organization, Told: to.Told}
	v := Variables{Base: grant.Base}
	v.Set, v.Unset = handover.Variables(grant)
	v.Unset = slices.DeleteFunc(v.Unset, func(name string) bool {
		return slices.ContainsFunc(v.Set, func(v service.Variable) bool { return v.Name == name })
	})
	if withholder, ok := c.service.(service.Withholder); ok {
		v.Withheld = withholder.Withheld(grant)
	}
	return v
}
