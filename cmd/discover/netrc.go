package discover

import "rollcall/config/credential/extract"

// netrc is the file in which many tools keep passwords by machine, heroku among
// them.
func netrc() source {
	return source{tool: "netrc", files: []file{{
		paths:  []string{"$NETRC", "~/.netrc", "windows:~/_netrc"},
		format: extract.Netrc, lines: netrcEntries,
	}}}
}

// netrcEntries are the machines. heroku writes its token twice, once for git.
func netrcEntries(_ Machine, _ string, data []byte) (all []entry) {
	for _, machine := range extract.Machines(data) {
		if machine.Name == "" || machine.Password == "" || machine.Name == "git.heroku.com" {
			continue
		}
		e := hostEntry(machine.Name)
		if e.problem == "" {
			e.path = machine.Name
		}
		all = append(all, e)
	}
	return all
}
