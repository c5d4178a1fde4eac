package cmd

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/kballard/go-shellquote"

	"rollcall/config"
)

// katapultCLI is the file in which katapult-cli keeps a token, in YAML.
type katapultCLI struct{}

var (
	katapultToken = regexp.MustCompile(`(?m)^api_token:[ \t]*(\S.*?)[ \t\r]*$`)
	katapultURL   = regexp.MustCompile(`(?m)^api_url:[ \t]*["']?([^\s"'#]+)`)
	// plainYAML is a text that YAML does not change, in quotes or without.
	plainYAML = regexp.MustCompile(`^(?:[\w.~+/=-]+|"[\w.~+/=-]+"|'[\w.~+/=-]+')$`)
	// emptyYAML is no text at all.
	emptyYAML = regexp.MustCompile(`^(?:""|''|~|null)$`)
)

// printKatapultToken is what sed prints the token with: what follows the key,
// without quotes.
const printKatapultToken = `s/^api_token:[ "']*\([^ "']*\).*/\1/p`

// find looks where katapult-cli does, in the same order. A profile can refer to
// the token in the middle of the file by a command that prints it.
func (katapultCLI) find(m machine) []found {
	dirs := []string{"/etc/katapult"}
	// Without a home it would be a folder of wherever we are.
	if m.home != "" {
		dirs = append(dirs, filepath.Join(m.home, ".katapult"))
	}
	for _, dir := range dirs {
		path := filepath.Join(dir, "katapult.yaml")
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		f := found{where: path, draft: config.Draft{
			Name: "katapult-cli", Provider: "katapult", Source: config.SourceCommand,
			Reference: shellquote.Join("sed", "-n", printKatapultToken, path),
		}}
		if err != nil {
			f.problem = "it cannot be read: " + cause(err) + "; let its owner give you the right to read it"
			return []found{f}
		}
		token := katapultToken.FindSubmatch(data)
		if token == nil || emptyYAML.Match(token[1]) {
			return nil
		}
		if address := katapultURL.FindSubmatch(data); address != nil {
			f.draft.BaseURL = string(address[1])
		}
		if m.goos == "windows" || !plainYAML.Match(token[1]) {
			f.problem = "a profile cannot refer to the token in it; make a profile with 'rollcall add', " +
				"and keep the token in the keyring with 'rollcall login'"
		}
		return []found{f}
	}
	return nil
}
