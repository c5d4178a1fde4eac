package discover

import (
	"slices"
	"strings"

	"rollcall/config"
	"rollcall/config/credential/extract"
)

// terraform is that of HashiCorp, whose tokens are by host: in variables that have it
// in their names, and in a file.
type terraform struct{ source }

func newTerraform() terraform {
	return terraform{source{tool: "terraform", provider: "terraform", files: []file{{
		paths:  []string{"windows:$AppData/terraform.d/credentials.tfrc.json", "~/.terraform.d/credentials.tfrc.json"},
		format: extract.JSON, kept: []kept{{at: "$.credentials[*].token", hosted: true, public: "app.terraform.io"}},
	}}}}
}

// terraformVariable begins the name of such a variable.
const terraformVariable = "TF_TOKEN_"

func (t terraform) look(m Machine) []Find {
	var all []Find
	if m.Getenv(config.ProfileVariable) == "" {
		for _, pair := range slices.Sorted(slices.Values(m.Environ)) {
			name, _, _ := strings.Cut(pair, "=")
			encoded, is := strings.CutPrefix(name, terraformVariable)
			if f, ok := (variable{name: name}).find(m, t.provider); is && ok {
				host := terraformHost(encoded)
				if f.Draft.BaseURL = withScheme(host); host == "app.terraform.io" {
					f.Draft.BaseURL = ""
				} else {
					f.Draft.Name = draftName(t.provider, host)
				}
				all = append(all, f)
			}
		}
	}
	return append(all, t.source.look(m)...)
}

// terraformHost is the host in the name of a variable, in which two signs _ stand for
// a hyphen and one for a dot.
func terraformHost(encoded string) string {
	const hyphen = "\x00"
	host := strings.ReplaceAll(strings.ReplaceAll(encoded, "__", hyphen), "_", ".")
	return strings.ToLower(strings.ReplaceAll(host, hyphen, "-"))
}
