package cmd

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"rollcall/config"
	"rollcall/plainfile/documenttest"
)

// dataOf is a text of TOML as data of JSON. Dates become texts.
func dataOf(t testing.TB, text string) any {
	t.Helper()
	values := map[string]any{}
	if _, err := toml.Decode(strings.TrimPrefix(text, "\ufeff"), &values); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	data, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	return decoded(t, string(data))
}

// refusal is why the program does not take a configuration; nil where it does.
func refusal(t testing.TB, text string) error {
	t.Helper()
	c, err := config.Parse("config.toml", []byte(text), builtIn().known())
	if err != nil {
		return err
	}
	var all []error
	for _, p := range c.Problems {
		all = append(all, p)
	}
	return errors.Join(all...)
}

// TestSchemaOfConfigurations has every configuration that the program takes fit, of those
// that are written as people write them.
func TestSchemaOfConfigurations(t *testing.T) {
	s := compiled(t, "config")
	texts := map[string]string{}
	files, err := filepath.Glob("../config/testdata/corpus/*.toml")
	if err != nil || len(files) < 30 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		texts[file] = readText(t, file)
	}
	taken, refused := 0, 0
	for name, text := range texts {
		err := s.Validate(dataOf(t, text))
		switch why := refusal(t, text); {
		case why != nil:
			refused++
		case err != nil:
			t.Errorf("%s: %v", name, err)
		default:
			taken++
		}
	}
	if taken < 35 {
		t.Errorf("%d of %d configurations are taken", taken, taken+refused)
	}
	if err := s.Validate(dataOf(t, texts["../config/testdata/corpus/mistakes.toml"])); err == nil {
		t.Error("a file full of mistakes fits")
	}
}

func readText(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestSchemasOfDocuments has the examples of the documents fit, configurations and
// descriptions.
func TestSchemasOfDocuments(t *testing.T) {
	whole, service := compiled(t, "config"), compiled(t, "service")
	seen := 0
	for _, m := range markdowns(t) {
		for _, b := range m.blocks {
			kind, is := strings.CutPrefix(b.kind, "toml")
			if !is {
				continue
			}
			for _, files := range configurations(t, m, strings.TrimSpace(kind), b.text) {
				for name, text := range files {
					s := whole
					switch filepath.Dir(name) {
					case "services.d":
						s = service
					case "themes":
						continue
					}
					seen++
					if err := s.Validate(dataOf(t, text)); err != nil {
						t.Errorf("%s:%d: %v", m.path, b.line, err)
					}
				}
			}
		}
	}
	if seen < 8 {
		t.Errorf("%d examples", seen)
	}
}

// minimal is a configuration with one of everything, to which a key is added.
const minimal = `$top
[ui]
$ui
[ui.keys]
$keys
[services.tracker]
url = "https://{site}.example.org/me"
auth = "Bearer {token}"
id = "$.id"
[profiles.plain]
provider = "katapult"
$plain
[profiles.kept]
provider = "katapult"
token = { $kept }
[profiles.zone]
provider = "onezone"
base_url = "https://onezone.example.org"
$zone
[profiles.other]
$other
[views.one]
$view
[[commands]]
$command
[[hooks]]
$hook
`

// filled is such a configuration with the lines at their places.
func filled(lines map[string]string) string {
	usual := map[string]string{"$plain": `token = "x"`, "$zone": `token = "x"`, "$kept": `env = "X"`, "$other": "provider = \"tracker\"\ntoken = \"x\"\nsite = \"eu\"", "$command": "name = \"n\"\nrun = [\"r\"]", "$hook": "on = [\"now\"]\nrun = [\"r\"]"}
	return regexp.MustCompile(`\$(top|ui|keys|plain|kept|zone|other|view|command|hook)\b`).ReplaceAllStringFunc(minimal, func(place string) string {
		if line, ok := lines[place]; ok {
			return line
		}
		return usual[place]
	})
}

// TestSchemaOfMistakes has what is right fit, and what is wrong not, as the program has it.
func TestSchemaOfMistakes(t *testing.T) {
	s := compiled(t, "config")
	for _, tt := range []struct {
		place, line string
		fits        bool
	}{
		{"$top", `"$schema" = "./schema.json"`, true},
		{"$top", `"$schema" = 1`, false},
		{"$top", `default_profile = "plain"`, true},
		{"$top", `default_profil = "plain"`, false},
		{"$top", `refresh_interval = "1m30s"`, true},
		{"$top", `refresh_interval = 60`, false},
		{"$top", `refresh_interval = "60"`, false},
		{"$top", `expiry_warning = "1w2d"`, true},
		{"$top", `expiry_warning = "1 week"`, false},
		{"$ui", `theme = "mono"`, true},
		{"$ui", `theme = ["mono"]`, false},
		{"$ui", `mouse = "yes"`, false},
		{"$ui", `colour = true`, false},
		{"$keys", `refresh = ["r", "f5"]`, true},
		{"$keys", `refresh = "r"`, true},
		{"$keys", `refresh = 1`, false},
		{"$keys", `refersh = "r"`, false},
		{"$plain", `token = { env = "X" }`, true},
		{"$plain", "token = { file = \"a\", format = \"json\", path = \"$.token\" }\nlabel = \"\"\ntags = [\"a\"]\ndisabled = true\nproxy = \"socks5h://localhost:1\"", true},
		{"$plain", `token = ""`, false},
		{"$plain", `token = 1`, false},
		{"$plain", `tokn = "x"`, false},
		{"$plain", "token = \"x\"\nlable = \"x\"", false},
		{"$plain", "token = \"x\"\nusername = \"sam\"", false},
		{"$plain", "token = \"x\"\nsecond_token = \"x\"", false},
		{"$plain", "username = \"sam\"\npassword = \"x\"", false},
		{"$plain", "token = \"x\"\ntags = \"prod\"", false},
		{"$plain", "token = \"x\"\nbase_url = \"onezone.example.org\"", false},
		{"$plain", "token = \"x\"\nclient_cert = \"c.pem\"", false},
		{"$plain", "token = \"x\"\nclient_cert = \"c.pem\"\nclient_key = \"k.pem\"", true},
		{"$plain", "token = \"x\"\ndisabled = \"yes\"", false},
		{"$plain", "", false},
		{"$kept", `env = "X", file = "y"`, false},
		{"$kept", ``, false},
		{"$kept", `enw = "X"`, false},
		{"$kept", `env = "$X"`, false},
		{"$kept", `command = "pass show x"`, false},
		{"$kept", `command = ["pass", "show", "x"]`, true},
		{"$kept", `keyring = "rollcall/"`, false},
		{"$kept", `keyring = "rollcall/work"`, true},
		{"$kept", `env = "X", format = "json", path = "$.a"`, false},
		{"$kept", `file = "a", format = "json"`, false},
		{"$kept", `file = "a", path = "$.a"`, false},
		{"$kept", `file = "a", format = "xml", path = "$.a"`, false},
		{"$zone", "username = \"sam\"\npassword = { keyring = \"a/b\" }", true},
		{"$zone", `username = "sam"`, false},
		{"$zone", `password = "x"`, false},
		{"$zone", "token = \"x\"\nusername = \"sam\"\npassword = \"x\"", false},
		{"$other", "provider = \"tracker\"\ntoken = \"x\"\nsite = \"../x\"", false},
		{"$other", "provider = \"tracker\"\ntoken = \"x\"\nsite = 1", false},
		{"$view", "query = \"tag:prod !ok\"\nsort = \"-due\"\ncolumns = [\"profile\", \"note\"]", true},
		{"$view", `sort = "--due"`, false},
		{"$view", `columns = ["colour"]`, false},
		{"$view", `columns = ["note", "note"]`, false},
		{"$view", `columns = []`, false},
		{"$view", `filter = "x"`, false},
		{"$command", "name = \"n\"\nrun = [\"a\", \"{profile}\"]\nkey = \"ctrl+t\"\nscreen = \"keep\"\ncredential = true", true},
		{"$command", "name = \"n\"\nrun = \"a\"", false},
		{"$command", "name = \"n\"\nrun = []", false},
		{"$command", "run = [\"a\"]", false},
		{"$command", "name = \"refresh\"\nrun = [\"a\"]", false},
		{"$command", "name = \"n\"\nrun = [\"a\"]\nscreen = \"full\"", false},
		{"$command", "name = \"n\"\nrun = [\"a\"]\nshell = true", false},
		{"$hook", "on = [\"now\", \"changed\"]\nrun = [\"a\"]", true},
		{"$hook", "on = [\"later\"]\nrun = [\"a\"]", false},
		{"$hook", "on = [\"now\", \"now\"]\nrun = [\"a\"]", false},
		{"$hook", "on = \"now\"\nrun = [\"a\"]", false},
		{"$hook", "on = [\"now\"]", false},
		{"$hook", "run = [\"a\"]", false},
		{"$hook", "on = [\"now\"]\nrun = [\"a\"]\nname = \"n\"", false},
	} {
		text := filled(map[string]string{tt.place: tt.line})
		if err := s.Validate(dataOf(t, text)); (err == nil) != tt.fits {
			t.Errorf("%s at %s: %v", tt.line, tt.place, err)
		}
		if err := refusal(t, text); (err == nil) != tt.fits {
			t.Errorf("the program says of %s at %s: %v", tt.line, tt.place, err)
		}
	}
}

// TestSchemaOfProfiles has a profile of each service with and without each of the keys that
// services differ in: schema and program take the same.
func TestSchemaOfProfiles(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long, in one goroutine")
	}
	t.Parallel()
	s := compiled(t, "config")
	taken := 0
	for name, p := range providersByName() {
		lines := []string{
			`base_url = "https://own.example.org"`, `token = "x"`, `username = "sam"`, `password = "x"`, `second_token = "x"`, `identity = "sam"`, `other = "x"`,
		}
		for _, one := range p.Parts {
			lines = append(lines, one.Name+` = "`+slices.Concat(one.Allowed, []string{"eu"})[0]+`"`)
		}
		for some := range 1 << len(lines) {
			text := "[profiles.one]\nprovider = \"" + name + "\"\n"
			for i, line := range lines {
				if some&(1<<i) != 0 {
					text += line + "\n"
				}
			}
			schema, program := s.Validate(dataOf(t, text)), refusal(t, text)
			if (schema == nil) != (program == nil) {
				t.Errorf("%sthe schema: %v\nthe program: %v", text, schema, program)
			}
			if program == nil {
				taken++
			}
		}
	}
	t.Logf("%d profiles are taken", taken)
}

// TestSchemaKeys holds the keys of the schema to those of the reference, which are those
// that the program asks for, and the types of their values to those that it takes.
func TestSchemaKeys(t *testing.T) {
	whole := decoded(t, output(t, "schema", "config")).(map[string]any)
	for _, one := range []struct {
		document, table, place string
		at                     place
		// besides are the lines that must be there.
		besides []string
	}{
		{"configuration.md", "file", "$top", nil, nil},
		{"configuration.md", "ui", "$ui", place{"properties", "ui"}, nil},
		{"", "", "$keys", place{"properties", "ui", "properties", "keys"}, nil},
		{"configuration.md", "profile", "$other", place{"$defs", "profile"}, []string{`provider = "tracker"`, `token = "x"`, `site = "eu"`}},
		{"configuration.md", "credential", "$kept", place{"$defs", "credential"}, nil},
		{"configuration.md", "view", "$view", place{"properties", "views", "additionalProperties"}, nil},
		{"configuration.md", "command", "$command", place{"properties", "commands", "items"}, []string{`name = "n"`, `run = ["r"]`}},
		{"hooks.md", "hook", "$hook", place{"properties", "hooks", "items"}, []string{`on = ["now"]`, `run = ["r"]`}},
	} {
		properties := one.at.of(whole).(map[string]any)["properties"].(map[string]any)
		for key := range properties {
			agree(t, one.place, key, one.besides)
		}
		if one.document != "" {
			documenttest.Table(t, documents+one.document, one.table, slices.Collect(maps.Keys(properties)))
		}
	}
}

// agree has a key be of every type that TOML and JSON have: program and schema refuse the
// same. A text can be wrong in more ways than a schema can tell.
func agree(t *testing.T, at, key string, besides []string) {
	t.Helper()
	s := compiled(t, "config")
	besides = slices.DeleteFunc(slices.Clone(besides), func(line string) bool { return strings.HasPrefix(line, key+" ") })
	for _, value := range []string{`"zz"`, `7`, `1.5`, `true`, `[]`, `["zz"]`, `[7]`, `[{ zz = 1 }]`, `{ zz = 1 }`} {
		text := strings.Join(append(besides, `"`+key+`" = `+value), "\n")
		switch at {
		case "$top":
		case "$ui":
			text = "[ui]\n" + text
		default:
			text = filled(map[string]string{at: text})
		}
		schema, program := s.Validate(dataOf(t, text)), refusal(t, text)
		switch {
		case schema != nil && program == nil:
			t.Errorf("%s = %s at %s: the schema refuses what the program takes: %v", key, value, at, schema)
		case program != nil && schema == nil && value != `"zz"`:
			t.Errorf("%s = %s at %s: the schema takes what the program refuses: %v", key, value, at, program)
		}
	}
}

// TestSchemaDefaults holds what the schema says that is taken where nothing is said.
func TestSchemaDefaults(t *testing.T) {
	properties := decoded(t, output(t, "schema", "config")).(map[string]any)["properties"].(map[string]any)
	ui := properties["ui"].(map[string]any)["properties"].(map[string]any)
	nothing, err := config.Parse("config.toml", nil, builtIn().known())
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for table, keys := range map[string]map[string]any{"": properties, "[ui]\n": ui} {
		for key, of := range keys {
			value, ok := of.(map[string]any)["default"]
			if !ok {
				continue
			}
			found++
			text, err := json.Marshal(value)
			if err != nil {
				t.Fatal(err)
			}
			c, err := config.Parse("config.toml", []byte(table+key+" = "+string(text)+"\n"), builtIn().known())
			if err != nil || len(c.Problems) > 0 {
				t.Fatal(key, err, c.Problems)
			}
			if c.RefreshInterval != nothing.RefreshInterval || c.RequestTimeout != nothing.RequestTimeout || c.ExpiryWarning != nothing.ExpiryWarning ||
				c.UI.Theme != nothing.UI.Theme || c.UI.Mouse != nothing.UI.Mouse || c.UI.Avatars != nothing.UI.Avatars ||
				c.UI.Remember != nothing.UI.Remember || c.UI.Notify != nothing.UI.Notify {
				t.Errorf("%s is not %v where nothing is said", key, value)
			}
		}
	}
	if found < 8 {
		t.Errorf("%d keys have a default", found)
	}
}
