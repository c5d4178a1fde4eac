package ui

import "slices"

// storage is where secrets can be on this machine.
type storage struct {
	// noKeyring is why the keyring is none of the places; empty where it is one, or where
	// that is not known yet.
	noKeyring string
	// variables are names of variables that seem to hold tokens.
	variables []string
}

// StorageMsg tells where secrets can be kept on this machine.
type StorageMsg struct {
	// NoKeyring is why the keyring is none of the places; empty where it is one.
	NoKeyring string
	// Variables are the names of variables that seem to hold tokens, the likeliest
	// first.
	Variables []string
}

// take takes in what the machine has.
func (p *storage) take(msg StorageMsg) {
	p.noKeyring, p.variables = msg.NoKeyring, slices.Clone(msg.Variables)
}
