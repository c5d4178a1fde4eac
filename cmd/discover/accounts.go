package discover

// tools are all that are looked for. A further one is a file of its own, and a
// line here.
func tools() []tool {
	return []tool{katapultVariables(), onezoneVariables(), onezoneBasic{}, katapultCLI{}}
}

// Accounts are the accounts that the machine has, with the tools in their
// order. Nobody is contacted, and no secret is kept.
func Accounts(m Machine) []Find {
	var all []Find
	for _, t := range tools() {
		all = append(all, t.look(m)...)
	}
	return all
}
