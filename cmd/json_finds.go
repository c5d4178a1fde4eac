package cmd

import "cmp"

type findsJSON struct {
	Schema int         `json:"schema"`
	Finds  []foundJSON `json:"finds"`
}

// foundJSON is an account that this machine has.
type foundJSON struct {
	Find     string `json:"find"`
	Tool     string `json:"tool"`
	Provider string `json:"provider"`
	BaseURL  string `json:"base_url"`
	Source   string `json:"source"`
	// Profile is the one that has it already; empty where it could become one, which
	// then is called Proposed.
	Profile  string `json:"profile"`
	Proposed string `json:"proposed"`
	// Where names the variable or file, Also the other finds with the same secret.
	Where string   `json:"where"`
	Also  []string `json:"also"`
	// Problem says why no profile can refer to it; empty where one can.
	Problem string `json:"problem"`
	// Who is what the service said, where it was asked.
	Who string `json:"who"`
}

// writeFinds prints what was found as JSON.
func (a *app) writeFinds(all []find) error {
	out := findsJSON{Schema: schema, Finds: []foundJSON{}}
	for _, f := range all {
		one := foundJSON{
			Find: f.Name, Tool: f.Tool, Provider: f.Draft.Provider, BaseURL: a.told(f.Draft.BaseURL), Profile: f.known,
			Where: a.told(f.Where), Also: list(f.Also), Problem: a.told(f.Problem), Who: a.told(f.who),
		}
		if f.usable() {
			one.Proposed = f.Draft.Name
		}
		if c, err := f.Draft.Credential(); err == nil {
			one.Source = a.told(c.Source())
		}
		one.Source = cmp.Or(one.Source, one.Where)
		out.Finds = append(out.Finds, one)
	}
	return writeJSON(a.stdout, out)
}
