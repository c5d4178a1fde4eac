package discover

import (
	"strings"

	"rollcall/config/credential/extract"
)

// katapultFiles are those of katapult-cli, in the order in which it reads them.
func katapultFiles() []string {
	return []string{
		"/etc/katapult/katapult.yaml", "/etc/katapult/katapult.yml", "~/.katapult/katapult.yaml", "~/.katapult/katapult.yml",
	}
}

// katapult are the provider for Terraform, and katapult-cli, which reads no variable
// for the address. KATAPULT_API_URL is one of scripts.
func katapult() source {
	s := source{tool: "katapult-cli", provider: "katapult", variables: []variable{
		{name: "KATAPULT_API_KEY", addresses: []string{"KATAPULT_TF_DEBUG_API_URL", "KATAPULT_API_URL"}},
		{name: "KATAPULT_API_TOKEN", addresses: []string{"KATAPULT_API_URL"}, file: katapultAddress},
	}}
	for _, path := range katapultFiles() {
		s.files = append(s.files, file{paths: []string{path}, format: extract.YAML, tree: katapultEntries})
	}
	return s
}

// katapultEntries is the token of a file of katapult-cli, which reads keys in any
// case.
func katapultEntries(_ Machine, tree any) []entry {
	var e entry
	for key, value := range keysOf(tree) {
		switch text, _ := value.(string); {
		case text == "":
		case strings.EqualFold(key, "api_token"):
			e.path = "$" + keyStep(key)
		case strings.EqualFold(key, "api_url"):
			e.address = withScheme(text)
		}
	}
	if e.path == "" {
		e.problem = "it holds no api_token; sign in with katapult-cli, or make a profile with 'rollcall add'"
	}
	return []entry{e}
}

// keysOf are the keys at the top of a tree.
func keysOf(tree any) map[string]any {
	all, _ := tree.(map[string]any)
	return all
}

// katapultAddress is what the tool takes for the address of the service where its
// token comes from the environment: that of the first file, whether or not this has a
// token. It is empty for the public one.
func katapultAddress(m Machine) string {
	for _, path := range katapultFiles() {
		data, err := readFile(m.expand(path))
		if err != nil {
			continue
		}
		tree, err := extract.Document(extract.YAML, data)
		if err != nil {
			return ""
		}
		for key, value := range keysOf(tree) {
			if text, is := value.(string); is && strings.EqualFold(key, "api_url") {
				return text
			}
		}
		return ""
	}
	return ""
}
