package discover

import "rollcall/config"

// Machine is what may be looked at to find accounts.
type Machine struct {
	Getenv func(string) string
	// GOOS is the system, by the name that Go has for it.
	GOOS string
	// Home is the folder of the person; empty where there is none.
	Home string
}

// Find is an account that the machine has.
type Find struct {
	// Where says in which variable or file it is, for people.
	Where string
	// Draft is the profile that refers to it, under a name to begin with.
	Draft config.Draft
	// Problem says in a sentence why no profile can refer to it, and what to
	// do; empty where one can.
	Problem string
}

// tool is one that keeps accounts on a machine.
type tool interface {
	look(Machine) []Find
}
