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

// Told are the addresses that tools have from files of their own, by the variable in
// which they take their token.
func Told(m Machine) map[string]string {
	all := map[string]string{}
	for _, t := range tools() {
		v, _ := t.(tokenVariables)
		for _, token := range v.tokens {
			if token.file == nil {
				continue
			}
			if address := token.file(m); address != "" {
				all[token.name] = address
			}
		}
	}
	return all
}
