package client

import (
	"encoding/hex"
	"slices"
	"strings"
)

// Variable is one environment variable.
type Variable struct{ Name, Value string }

// Variables is the environment in which the service's own tools act as the
// profile. Its values hold the secret.
type Variables struct {
	// Set are the variables to set.
	Set []Variable
	// Unset are those that the tools read, too, and that would let another
	// account or address win.
	Unset []string
}

// grant is what a tool needs to act as a profile.
type grant struct {
	// base is the address of the service without the prefix of its API.
	base string
	// username is empty for a token.
	username, secret string
	// organization is the one to act for; empty where none is chosen.
	organization string
}

// VariableNames are all environment variables that the tools of a service
// read; none where there is no such service.
func VariableNames(provider string) []string {
	p, ok := lookupProvider(provider)
	if !ok {
		return nil
	}
	_, read := p.variables(grant{})
	return read
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

// TokenPage is where a person makes a new token at a service, whose address is
// empty for the public one; empty where that is not known.
func TokenPage(provider, baseURL string) string {
	p, ok := lookupProvider(provider)
	if !ok {
		return ""
	}
	info := p.info()
	at, wrong := newAddress(baseURL, info)
	if wrong.State != "" {
		return ""
	}
	return p.tokenPage(strings.TrimSuffix(at.root, info.Prefix))
}

// base is the address of the service without the prefix of its API.
func (c *Client) base() string {
	return strings.TrimSuffix(c.address.root, c.provider.info().Prefix)
}

// Fingerprint stands for a secret: the same text for the same secret within
// one network. It differs between runs and cannot be turned back.
func (n *Network) Fingerprint(secret string) string {
	return hex.EncodeToString([]byte(n.fingerprint("", secret)))
}
