package discover

import (
	"cmp"

	"rollcall/config/credential/extract"
)

// argocd is the command line of Argo CD; its file has contexts, which name a server
// and a user each.
func argocd() source {
	return source{
		tool: "argocd", provider: "argocd", variables: []variable{{name: "ARGOCD_AUTH_TOKEN", addresses: []string{"ARGOCD_SERVER"}, needsAddress: true}},
		files: []file{{
			paths:  []string{"$ARGOCD_CONFIG_DIR/config", "$XDG_CONFIG_HOME/argocd/config", "~/.config/argocd/config", "~/.argocd/config"},
			format: extract.YAML, tree: argocdEntries,
		}},
	}
}

// argocdEntries are the users of the contexts.
func argocdEntries(_ Machine, tree any) (all []entry) {
	users, _ := keysOf(tree)["users"].([]any)
	contexts, _ := keysOf(tree)["contexts"].([]any)
	for _, u := range users {
		name := textAt(u, "name")
		if textAt(u, "auth-token") == "" {
			continue
		}
		e := entry{part: name, called: name, path: "$.users[?@.name == " + quoted(name) + "]['auth-token']"}
		for _, c := range contexts {
			if textAt(c, "user") == name {
				e.address = cmp.Or(e.address, withScheme(textAt(c, "server")))
			}
		}
		if e.address == "" {
			e.problem = "none of its contexts names it, so that its server is not known; make a profile with 'rollcall add'"
		}
		all = append(all, e)
	}
	return all
}
