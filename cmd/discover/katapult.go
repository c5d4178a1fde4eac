package discover

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/kballard/go-shellquote"

	"rollcall/config"
	"rollcall/config/credential"
)

// katapultVariables are those of the provider for Terraform, and of katapult-cli,
// which reads none for the address. KATAPULT_API_URL is one of scripts.
func katapultVariables() tokenVariables {
	return tokenVariables{provider: "katapult", tokens: []tokenVariable{
		{"KATAPULT_API_KEY", []string{"KATAPULT_TF_DEBUG_API_URL", "KATAPULT_API_URL"}},
		{"KATAPULT_API_TOKEN", []string{"KATAPULT_API_URL"}},
	}}
}

// katapultCLI is the file in which katapult-cli keeps a token, in YAML.
type katapultCLI struct{}

var (
	katapultToken = regexp.MustCompile(`(?m)^api_token:[ \t]*(\S.*?)[ \t\r]*$`)
	katapultURL   = regexp.MustCompile(`(?m)^api_url:[ \t]*["']?([^\s"'#]+)`)
	// plainYAML is a scalar that means in YAML what it looks like, in quotes or
	// without.
	plainYAML = regexp.MustCompile(`^(?:[\w.~+/=-]+|"[\w.~+/=-]+"|'[\w.~+/=-]+')$`)
	// emptyYAML is a scalar that holds no text.
	emptyYAML = regexp.MustCompile(`^(?:""|''|~|null)$`)
)

// printKatapultToken is what sed prints the token with: what follows the key,
// without quotes.
const printKatapultToken = `s/^api_token:[ "']*\([^ "']*\).*/\1/p`

// look reads the files that katapult-cli reads, in the same order. The token is
// in the middle of the file; a profile can refer to it by a command that prints
// it.
func (katapultCLI) look(m Machine) []Find {
	dirs := []string{"/etc/katapult"}
	// Without a home, the path would start from the working folder.
	if m.Home != "" {
		dirs = append(dirs, filepath.Join(m.Home, ".katapult"))
	}
	for _, dir := range dirs {
		path := filepath.Join(dir, "katapult.yaml")
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		f := Find{Where: path, Draft: config.Draft{
			Name: "katapult-cli", Provider: "katapult", Source: credential.SourceCommand,
			Reference: shellquote.Join("sed", "-n", printKatapultToken, path),
		}}
		if err != nil {
			f.Problem = "it cannot be read: " + withoutPath(err).Error() + "; let its owner give you the right to read it"
			return []Find{f}
		}
		token := katapultToken.FindSubmatch(data)
		if token == nil || emptyYAML.Match(token[1]) {
			return nil
		}
		if address := katapultURL.FindSubmatch(data); address != nil {
			f.Draft.BaseURL = string(address[1])
		}
		if m.GOOS == "windows" || !plainYAML.Match(token[1]) {
			f.Problem = "a profile cannot refer to the token in it; make a profile with 'rollcall add', " +
				"and keep the token in the keyring with 'rollcall login'"
		}
		return []Find{f}
	}
	return nil
}

// withoutPath is an error without the path that is named beside it already.
func withoutPath(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
