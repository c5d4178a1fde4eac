package discover

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/kballard/go-shellquote"
	"go.yaml.in/yaml/v4"

	"rollcall/config"
	"rollcall/config/credential"
)

// katapultVariables are those of the provider for Terraform, and of katapult-cli,
// which reads none for the address. KATAPULT_API_URL is one of scripts.
func katapultVariables() tokenVariables {
	return tokenVariables{provider: "katapult", tokens: []tokenVariable{
		{name: "KATAPULT_API_KEY", addresses: []string{"KATAPULT_TF_DEBUG_API_URL", "KATAPULT_API_URL"}},
		{name: "KATAPULT_API_TOKEN", addresses: []string{"KATAPULT_API_URL"}, file: katapultCLI{}.address},
	}}
}

// katapultCLI is the file in which katapult-cli keeps a token, in YAML.
type katapultCLI struct{}

var (
	// katapultToken is the key with what follows it on its line. The tool reads keys in
	// any case, and Windows puts a byte order mark before the first.
	katapultToken = regexp.MustCompile(`(?im)^\x{feff}?["']?api_token["']?[ \t]*:[ \t]+(\S.*?)[ \t\r]*$`)
	// plainYAML is a scalar that means in YAML what it looks like, in quotes or
	// without, and perhaps a comment behind it.
	plainYAML = regexp.MustCompile(`^(?:[\w.~+/=-]+|"[\w.~+/=-]+"|'[\w.~+/=-]+')(?:[ \t]+#.*)?$`)
)

// printKatapultToken is what sed prints the token with: what follows the key,
// without quotes and without a comment. A line that is indented or a comment
// itself has another key.
const printKatapultToken = `s/^[^[:alnum:][:space:]"'#-]*["']*[Aa][Pp][Ii]_[Tt][Oo][Kk][Ee][Nn]["']*[[:space:]]*:[[:space:]"']*\([^[:space:]"']*\).*/\1/p`

// look reads the files that katapult-cli reads, in the same order, up to the first
// with a token. That is in the middle of the file; a profile can refer to it by a
// command that prints it. A file that gives nothing is told of.
func (k katapultCLI) look(m Machine) (all []Find) {
	for path, data := range k.files(m) {
		f, found := katapultFile(m, path, data.text, data.err)
		if all = append(all, f); found {
			break
		}
	}
	return all
}

// address is what the tool takes for the address of the service where its token
// comes from the environment: that of the first file, whether or not this has a
// token. It is empty for the public one.
func (k katapultCLI) address(m Machine) string {
	for _, data := range k.files(m) {
		return setting(data.text, "api_url")
	}
	return ""
}

// setting is a text at the top of a file in YAML, whose keys may be in any case;
// empty where there is none.
func setting(data []byte, key string) string {
	var all map[string]any
	if yaml.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &all) != nil {
		return ""
	}
	for name, value := range all {
		if strings.EqualFold(name, key) && value != nil {
			return fmt.Sprint(value)
		}
	}
	return ""
}

// contents are those of a file, or why they cannot be had.
type contents struct {
	text []byte
	err  error
}

// files are the files of the tool that are there, in the order in which it looks
// for them.
func (katapultCLI) files(m Machine) iter.Seq2[string, contents] {
	return func(yield func(string, contents) bool) {
		dirs := []string{"/etc/katapult"}
		// Without a home, the path would start from the working folder.
		if m.Home != "" {
			dirs = append(dirs, filepath.Join(m.Home, ".katapult"))
		}
		for _, dir := range dirs {
			for _, name := range []string{"katapult.yaml", "katapult.yml"} {
				path := filepath.Join(dir, name)
				data, err := os.ReadFile(path)
				if !errors.Is(err, fs.ErrNotExist) && !yield(path, contents{data, err}) {
					return
				}
			}
		}
	}
}

// katapultFile is what a file of the tool gives, and whether there is a token in
// it. err says why the file could not be read.
func katapultFile(m Machine, path string, data []byte, err error) (f Find, found bool) {
	f = Find{Where: path, Draft: config.Draft{
		Name: "katapult-cli", Provider: "katapult", Source: credential.SourceCommand,
		Reference: shellquote.Join("sed", "-n", printKatapultToken, path),
	}}
	if err != nil {
		f.Problem = "it cannot be read: " + withoutPath(err).Error() + "; let its owner give you the right to read it"
		return f, true
	}
	if setting(data, "api_token") == "" {
		f.Problem = "it holds no api_token; sign in with katapult-cli, or make a profile with 'rollcall add'"
		return f, false
	}
	f.Draft.BaseURL = setting(data, "api_url")
	if line := katapultToken.FindSubmatch(data); m.GOOS == "windows" || line == nil || !plainYAML.Match(line[1]) {
		f.Problem = "a profile cannot refer to the token in it; make a profile with 'rollcall add', " +
			"and keep the token in the keyring with 'rollcall login'"
	}
	return f, true
}

// withoutPath is an error without the path that is named beside it already.
func withoutPath(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
