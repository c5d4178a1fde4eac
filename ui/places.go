package ui

import "slices"

// places are where secrets can be on this machine.
type places struct {
	// noKeyring is why the keyring is none of them; empty where it is one, or where
	// that is not known yet.
	noKeyring string
	// variables are names of variables that seem to hold tokens.
	variables []string
}

// PlacesMsg tells where secrets can be kept on this machine.
type PlacesMsg struct {
	// NoKeyring is why the keyring is none of the places; empty where it is one.
	NoKeyring string
	// Variables are the names of variables that seem to hold tokens, the likeliest
	// first.
	Variables []string
}

// take takes in what the machine has.
func (p *places) take(msg PlacesMsg) {
	p.noKeyring, p.variables = msg.NoKeyring, slices.Clone(msg.Variables)
}
