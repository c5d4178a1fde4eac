package discover

import "rollcall/config"

// source is a tool, or a family of tools, that keeps the tokens of a service.
type source struct {
	// tool is its name on a command line.
	tool string
	// provider is the service, as a profile names it.
	provider  string
	variables []variable
	files     []file
}

// look finds the tokens in each variable that is set and each file that is there.
func (s source) look(m Machine) (all []Find) {
	// In a shell where rollcall has set the variables, they are those of a
	// profile that exists already.
	if m.Getenv(config.ProfileVariable) == "" {
		for _, v := range s.variables {
			if f, ok := v.find(m, s.provider); ok {
				all = append(all, f)
			}
		}
	}
	for _, f := range s.files {
		all = append(all, f.finds(m, s)...)
	}
	return all
}

// places are the paths of the files that it looks into, as [Machine.expand] reads them.
func (s source) places() (all []string) {
	for _, f := range s.files {
		all = append(all, f.paths...)
	}
	return all
}

// read are the variables that a source reads; none for a tool that is no source.
func read(t tool) []variable {
	s, _ := t.(source)
	return s.variables
}
