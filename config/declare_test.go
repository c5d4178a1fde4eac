package config

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// describing is the services of the tests with a reader of descriptions that finds
// fault with a key wrong, and counts who is read.
func describing(read *[]string) Services {
	s := testProviders()
	s.Known = append(s.Known, Provider{Name: "shipped", Shipped: true, Late: func() Provider {
		return Provider{Name: "shipped", DefaultURL: "https://shipped.example", UserToken: true, SecondToken: true}
	}})
	s.Describe = func(name string, values map[string]any) (Provider, []Fault) {
		if read != nil {
			*read = append(*read, name)
		}
		var faults []Fault
		if _, ok := values["wrong"]; ok {
			faults = append(faults, Fault{Path: []string{"wrong"}, Message: "unknown key", Written: "wrong", Known: []string{"wrung"}})
		}
		if list, ok := values["states"].([]map[string]any); ok && len(list) > 1 {
			faults = append(faults, Fault{Path: []string{"states", "1", "when", "$.a"}, Message: "must be a text"})
		}
		if list, ok := values["more"].([]any); ok && len(list) > 1 {
			faults = append(faults, Fault{Path: []string{"more", "1", "url"}, Message: "is wrong"}, Fault{Path: []string{"more", "1", "missing"}, Message: "is missing"})
		}
		return Provider{Name: name, DefaultURL: "https://{site}.example", Anonymous: values["anonymous"] == true, Parts: []AddressPart{
			{Name: "site", Allowed: []string{"eu", "us"}, Host: true}, {Name: "team"},
		}}, faults
	}
	return s
}

func TestServicesOfTheConfiguration(t *testing.T) {
	t.Parallel()
	const profile = "token = { env = 'A' }\nsite = 'eu'\nteam = 'x'\n"
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"good", "[services.own]\nurl = 'x'\n[profiles.a]\nprovider = 'own'\n" + profile, nil},
		{"wrong", "[services.own]\nurl = 'x'\nwrong = 1\n[profiles.a]\nprovider = 'own'\n" + profile, []string{
			`c.toml:3: wrong: unknown key; did you mean "wrung"?`, `c.toml:5: own is described wrongly: wrong: unknown key`}},
		{"lists of tables", "[services.own]\n[[services.own.states]]\nstatus = 1\n[[services.own.states]]\nstatus = 2\n[services.own.states.when]\n'$.a' = []\n[profiles.a]\nprovider = 'own'\n" + profile, []string{
			`c.toml:7: states[1].when."$.a": must be a text`, `c.toml:9: own is described wrongly: states[1].when."$.a": must be a text`}},
		{"inline tables", "[services.own]\nmore = [\n  # first\n  { url = 'a' },\n  { name = 'n',\n    url = 'b' },\n]\n[profiles.a]\nprovider = 'own'\n" + profile, []string{
			`c.toml:2: more[1].missing: is missing`, `c.toml:6: more[1].url: is wrong`, `c.toml:9: own is described wrongly: more[1].url: is wrong`}},
		{"nobody uses it", "[services.own]\nwrong = 1\n", nil},
		{"built in", "[services.katapult]\nurl = 'x'\n", []string{`c.toml:1: "katapult" is a service that rollcall has built in; give yours another name`}},
		{"a name", "[services.'My Tracker']\nurl = 'x'\n", []string{`c.toml:1: a service's name has small letters, digits and hyphens; rename "My Tracker"`}},
		{"no table", "services.own = 1\n", []string{`c.toml:1: services.own must be a table: [services.own]`}},
		{"in place of a shipped one", "[services.shipped]\nurl = 'x'\n[profiles.a]\nprovider = 'shipped'\n" + profile, nil},
		{"parts", "[services.own]\n[profiles.a]\nprovider = 'own'\ntoken = { env = 'A' }\nsite = 'ue'\nteam = 'a/b'\n", []string{
			`c.toml:5: site must be eu or us, not "ue"; did you mean "us"?`,
			`c.toml:6: team must have letters, digits, dots and hyphens only, such as "example"`}},
		{"parts that are missing", "[services.own]\n[profiles.a]\nprovider = 'own'\ntoken = { env = 'A' }\n", []string{
			`c.toml:2: site is missing, a part of the address of own; write site = "eu"`,
			`c.toml:2: team is missing, a part of the address of own; write team = "example"`}},
		{"a base_url", "[services.own]\n[profiles.a]\nprovider = 'own'\ntoken = { env = 'A' }\nbase_url = 'https://x.example'\nteam = 'x'\n", nil},
		{"a base_url and a part", "[services.own]\n[profiles.a]\nprovider = 'own'\nbase_url = 'https://x.example'\n" + profile, []string{
			`c.toml:6: base_url says where the service is already; delete it, or site`}},
		{"an identity of nobody", "[services.own]\nanonymous = true\n[profiles.a]\nprovider = 'own'\nidentity = 'u'\n" + profile, []string{
			`c.toml:5: own names no user that could be compared; delete identity`}},
		{"two secrets and a name", "[profiles.a]\nprovider = 'shipped'\ntoken = { env = 'A' }\nsecond_token = { env = 'B' }\nusername = 'sam'\n", nil},
		{"neither", "[profiles.a]\nprovider = 'shipped'\ntoken = { env = 'A' }\n", []string{
			`c.toml:1: shipped wants a user name beside the token; write username = "sam@example.org"`,
			`c.toml:1: shipped wants a second token; write second_token = { env = "NAME_OF_A_VARIABLE" }`}},
		{"a password", "[profiles.a]\nprovider = 'shipped'\nsecond_token = { env = 'B' }\nusername = 'sam'\npassword = { env = 'C' }\n", []string{
			"c.toml:5: shipped does not take a password; write a token, such as token = { env = \"NAME_OF_A_VARIABLE\" }"}},
		{"a second token for nothing", "[profiles.a]\nprovider = 'katapult'\ntoken = { env = 'A' }\nsecond_token = { env = 'B' }\n", []string{
			`c.toml:4: katapult takes no second token; delete it`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := Parse("c.toml", []byte(tt.text), describing(nil))
			if err != nil {
				t.Fatal(err)
			}
			if got := messages(c.Problems); !slices.Equal(got, tt.want) {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

// TestDescriptionsAreReadLate reads what a profile names, once, and nothing else.
func TestDescriptionsAreReadLate(t *testing.T) {
	t.Parallel()
	var read []string
	const text = "[services.used]\n[services.idle]\n[profiles.a]\nprovider = 'used'\ntoken = { env = 'A' }\nsite = 'eu'\nteam = 'x'\n"
	c, err := Parse("c.toml", []byte(text), describing(&read))
	if err != nil || !slices.Equal(read, []string{"used"}) || len(c.Declarations) != 2 {
		t.Fatalf("%v read %v, %v", err, read, c)
	}
	p := c.Profiles[0]
	if want := map[string]string{"site": "eu", "team": "x"}; !reflect.DeepEqual(p.Parts, want) {
		t.Errorf("%v", p.Parts)
	}
	// What the form writes is checked by the same services.
	d := DraftOf(p)
	d.Label = "mine"
	if wrong := d.Check(c); len(wrong) > 0 {
		t.Errorf("%v", wrong)
	}
	if p, err := d.Profile(c); err != nil || p.Parts["team"] != "x" {
		t.Errorf("%v %v", p, err)
	}
}

// folderOf writes a configuration, and descriptions beside it.
func folderOf(t *testing.T, text string, files map[string]string) (path string) {
	t.Helper()
	dir := t.TempDir()
	path = filepath.Join(dir, "config.toml")
	for name, text := range files {
		name = filepath.Join(dir, "services.d", name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const ownProfile = "[profiles.a]\nprovider = 'own'\ntoken = { env = 'A' }\nsite = 'eu'\nteam = 'x'\n"

func TestServicesInFiles(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		files      map[string]string
		want       []string
		services   int
	}{
		{"good", ownProfile, map[string]string{"own.toml": "url = 'x'\n", "README": "no"}, nil, 1},
		{"wrong", ownProfile, map[string]string{"own.toml": "url = 'x'\n\nwrong = 1\n"}, []string{
			`services.d/own.toml:3: wrong: unknown key; did you mean "wrung"?`, `config.toml:2: own is described wrongly: wrong: unknown key`}, 1},
		{"with the heading of a configuration", ownProfile, map[string]string{"own.toml": "\n[services.own]\nurl = 'x'\n"}, []string{
			"services.d/own.toml:2: services: a file of services.d has the keys of one service, without the heading [services.own]; delete that line",
			"config.toml:2: own is described wrongly: a file of services.d has the keys of one service, without the heading [services.own]; delete that line"}, 1},
		{"no TOML", ownProfile, map[string]string{"own.toml": "url = x\n"}, nil, -1},
		{"twice", "[services.own]\n" + ownProfile, map[string]string{"own.toml": "url = 'x'\n"}, []string{
			`services.d/own.toml:1: the service own is described in config.toml, too; keep one of the two`}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.services < 0 {
				tt.text, tt.services = ownProfile+"[profiles.b]\nprovider = 'katapult'\ntoken = { env = 'A' }\n", 1
				tt.want = []string{
					`services.d/own.toml:1: a value is missing here, or is text without quotes; write key = "text"`,
					`config.toml:2: own is described wrongly: a value is missing here, or is text without quotes; write key = "text"`}
			}
			path := folderOf(t, tt.text, tt.files)
			c, err := Load(path, describing(nil))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, m := range messages(c.Problems) {
				got = append(got, strings.ReplaceAll(m, filepath.Dir(path)+string(filepath.Separator), ""))
			}
			if !slices.Equal(got, tt.want) || len(c.Declarations) != tt.services {
				t.Errorf("%d services, and:\n%s\nwant:\n%s", len(c.Declarations), strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

// TestPassedOver tells of what lies beside the descriptions and describes nothing, but not
// of what a person has not put there.
func TestPassedOver(t *testing.T) {
	t.Parallel()
	const ends, folders = "not read, since a file of a service ends with .toml: ", "not read, since a service is a file and no folder: "
	for name, tt := range map[string]struct {
		files []string
		want  []string
	}{
		"nothing":     {[]string{"own.toml"}, nil},
		"editors'":    {[]string{"own.toml", "own.toml~", ".own.toml.swp", ".#own.toml", "#own.toml#", ".git/config"}, nil},
		"one":         {[]string{"own.toml", "own.toml.off"}, []string{ends + "own.toml.off"}},
		"two, folder": {[]string{"a.TOML", "b", "team/own.toml"}, []string{ends + "a.TOML, b", folders + "team"}},
		"many":        {[]string{"a", "b", "c", "d", "e\x1b", "f", "g"}, []string{ends + `a, b, c, d, "e\x1b", and 2 more`}},
	} {
		files := map[string]string{}
		for _, file := range tt.files {
			files[file] = "url = 'x'\n"
		}
		path := folderOf(t, "", files)
		c, err := Load(path, describing(nil))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range c.PassedOver {
			got = append(got, p.Message)
			if p.File != filepath.Join(filepath.Dir(path), "services.d") || p.Remedy == "" {
				t.Errorf("%s: %+v", name, p)
			}
		}
		if !slices.Equal(got, tt.want) || len(c.Problems) > 0 {
			t.Errorf("%s: %q, want %q, and what is wrong is %v", name, got, tt.want, c.Problems)
		}
	}
}

// TestDescriptionsOfOthers uses none that somebody else could have written, since it
// says where a credential goes.
func TestDescriptionsOfOthers(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	files := map[string]string{"own.toml": "url = 'x'\n"}
	for name, open := range map[string]func(path string) error{
		"the file": func(path string) error {
			return os.Chmod(filepath.Join(filepath.Dir(path), "services.d", "own.toml"), 0o620)
		},
		"its folder": func(path string) error { return os.Chmod(filepath.Join(filepath.Dir(path), "services.d"), 0o770) },
	} {
		path := folderOf(t, ownProfile, files)
		if err := open(path); err != nil {
			t.Fatal(err)
		}
		c, err := Load(path, describing(nil))
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(messages(c.Problems), "\n")
		if !strings.Contains(got, "the service own is not used, since others can write") || !strings.Contains(c.Problems[0].Command, "chmod go-w") ||
			c.Declarations[0].Refused == "" || len(c.Profiles[0].Problems) == 0 {
			t.Errorf("%s: %s", name, got)
		}
	}
	path := folderOf(t, "[services.own]\nurl = 'x'\n"+ownProfile, nil)
	if err := os.Chmod(path, 0o666); err != nil {
		t.Fatal(err)
	}
	c, err := Load(path, describing(nil))
	if err != nil || !strings.Contains(strings.Join(messages(c.Problems), "\n"), "others can write "+path) || len(c.Profiles[0].Problems) == 0 {
		t.Errorf("%v %v", c, err)
	}
}

// TestWatchDescriptions sees a description that changes, and one that is new.
func TestWatchDescriptions(t *testing.T) {
	t.Parallel()
	path := folderOf(t, ownProfile, map[string]string{"own.toml": "url = 'x'\n"})
	c, err := Load(path, describing(nil))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var seen []int
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), "services.d", name), []byte(text), 0o600); err != nil {
			t.Error(err)
		}
	}
	write("own.toml", "url = 'x'\nwrong = 1\n")
	Watch(ctx, c, func() *Config {
		now, err := Load(path, describing(nil))
		if err != nil {
			t.Error(err)
		}
		seen = append(seen, len(now.Problems))
		switch len(seen) {
		case 1:
			write("other.toml", "url = 'y'\n")
		case 2:
			seen = append(seen, len(now.Declarations))
			cancel()
		}
		return now
	})
	if !slices.Equal(seen, []int{2, 2, 2}) {
		t.Errorf("seen %v", seen)
	}
}

func TestReadDescription(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, tt := range map[string]struct{ text, service, problem string }{
		"tracker.toml": {"url = 'x'\nwrong = 1\n", "tracker", "tracker.toml:2: wrong: is wrong"},
		"config.toml":  {"[services.own]\nurl = 'x'\n\nwrong = 1\n", "own", "config.toml:4: wrong: is wrong"},
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := ReadDescription(path)
		if err != nil || d.Name != tt.service || d.Values["url"] != "x" {
			t.Errorf("%s: %+v %v", name, d, err)
		}
		got := d.Problems([]Fault{{Path: []string{"wrong"}, Message: "is wrong"}})
		if len(got) != 1 || got[0].Error() != filepath.Join(dir, tt.problem) {
			t.Errorf("%s: %v", name, got)
		}
	}
	for name, text := range map[string]string{"two": "[services.a]\n[services.b]\n", "none": "url = x\n"} {
		path := filepath.Join(dir, name+".toml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadDescription(path); err == nil {
			t.Errorf("%s is read", name)
		}
	}
}

// TestDraftOfDemandingService writes, changes and keeps what few services want.
func TestDraftOfDemandingService(t *testing.T) {
	t.Parallel()
	c, err := Parse("c.toml", []byte("[services.own]\n"+strings.Replace(ownProfile, "provider = 'own'", "provider = 'own' # mine", 1)), describing(nil))
	if err != nil {
		t.Fatal(err)
	}
	d := DraftOf(c.Profiles[0])
	d.Parts = map[string]string{"site": "us", "team": "x"}
	text, err := Edit{Kind: EditUpdate, Profile: "a", Draft: d}.Apply([]byte("[services.own]\n" + ownProfile))
	if err != nil || string(text) != "[services.own]\n"+strings.Replace(ownProfile, "'eu'", "'us'", 1) {
		t.Errorf("%s %v", text, err)
	}
	d.Parts = map[string]string{"site": "ue"}
	if wrong := d.Check(c); wrong["site"] == "" || wrong["team"] == "" {
		t.Errorf("%v", wrong)
	}
	const both = "[profiles.a]\nprovider = 'shipped'\nusername = 'sam'\ntoken = 'first-s3cret'\nsecond_token = 'second-s3cret'\n"
	if c, err = Parse("c.toml", []byte(both), describing(nil)); err != nil || len(c.Problems) > 0 {
		t.Fatalf("%v %v", c, err)
	}
	d = DraftOf(c.Profiles[0])
	d.Label = "mine"
	if text, err = (Edit{Kind: EditUpdate, Profile: "a", Draft: d}).Apply([]byte(both)); err != nil || string(text) != both+"label = \"mine\"\n" {
		t.Errorf("%s %v", text, err)
	}
	p, err := d.Profile(c)
	if err != nil || p.Token.IsZero() || p.SecondToken.IsZero() || !p.Password.IsZero() {
		t.Errorf("%v %v", p, err)
	}
}
