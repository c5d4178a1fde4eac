//go:build unix

package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// place is a folder of the test's own with a file in it.
func place(t *testing.T, folder, file os.FileMode) (path string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "own")
	must(t, os.Mkdir(dir, 0o700))
	path = filepath.Join(dir, "config.toml")
	must(t, os.WriteFile(path, []byte(commandProfile), 0o600))
	must(t, os.Chmod(path, file))
	must(t, os.Chmod(dir, folder))
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	return path
}

const commandProfile = `
[[commands]]
name = "plan"
run  = ["true"]

[[hooks]]
on  = ["now"]
run = ["true"]

[profiles.a]
provider = "katapult"
token    = { command = ["sh", "-c", "echo s3cret"] }
`

// TestUntrusted tries every way in which somebody else could have written what is run.
func TestUntrusted(t *testing.T) {
	t.Parallel()
	linked := func(to string, folder os.FileMode) string {
		dir := filepath.Join(t.TempDir(), "links")
		must(t, os.Mkdir(dir, 0o700))
		link := filepath.Join(dir, "config.toml")
		must(t, os.Symlink(to, link))
		must(t, os.Chmod(dir, folder))
		return link
	}
	for name, tt := range map[string]struct{ path, why string }{
		"a file of one's own":             {place(t, 0o755, 0o644), ""},
		"a file for others to write":      {place(t, 0o755, 0o602), "others can write "},
		"a file for the group to write":   {place(t, 0o755, 0o620), "others can write "},
		"a folder for others to write":    {place(t, 0o703, 0o600), "others can write into its folder "},
		"a folder for the group to write": {place(t, 0o770, 0o600), "others can write into its folder "},
		"a folder such as /tmp":           {place(t, 0o777|os.ModeSticky, 0o600), ""},
		"a file for others in /tmp":       {place(t, 0o777|os.ModeSticky, 0o666), "others can write "},
		"a link of one's own":             {linked(place(t, 0o700, 0o600), 0o700), ""},
		"a link to a file for others":     {linked(place(t, 0o700, 0o666), 0o700), "others can write "},
		"a link into a folder for others": {linked(place(t, 0o777, 0o600), 0o700), "others can write into its folder "},
		"a link in a folder for others":   {linked(place(t, 0o700, 0o600), 0o777), "others can write into its folder "},
		"a link to such a link":           {linked(linked(place(t, 0o700, 0o600), 0o777), 0o700), "others can write into its folder "},
		"a link in a folder such as /tmp": {linked(place(t, 0o700, 0o600), 0o777|os.ModeSticky), ""},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := Load(tt.path, testProviders())
			if err != nil {
				t.Fatal(err)
			}
			why, command := untrusted(tt.path, c.versions[tt.path])
			if tt.why == "" && why != "" || !strings.HasPrefix(why, tt.why) || (why == "") != (command == "") {
				t.Errorf("%q, %q; want %q", why, command, tt.why)
			}
			trusted := tt.why == ""
			if (len(c.Commands) == 1) != trusted || (len(c.Hooks) == 1) != trusted {
				t.Errorf("%d commands and %d hooks of it are run", len(c.Commands), len(c.Hooks))
			}
			if said := strings.Join(messages(c.Problems), "\n"); strings.Contains(said, ": the hooks are not run, since "+why+" and could have them run anything") == trusted {
				t.Errorf("it says %q", said)
			}
			secret, _, err := c.Profiles[0].Token.Resolve(t.Context())
			if (secret == "s3cret") != trusted || (err == nil) != trusted || (len(c.Profiles[0].Problems) == 0) != trusted {
				t.Errorf("%q, %v, %q", secret, err, messages(c.Profiles[0].Problems))
			}
			if !trusted && (!strings.Contains(err.Error(), "is not run, since "+why) || c.Profiles[0].Problems[0].Command != command) {
				t.Errorf("%v\n%+v", err, c.Profiles[0].Problems[0])
			}
			// A form that is filled from the file is no way around that.
			draft := DraftOf(c.Profiles[0])
			if p, err := draft.Profile(c); err == nil {
				if secret, _, _ := p.Token.Resolve(t.Context()); (secret != "") != trusted {
					t.Errorf("the draft gave %q", secret)
				}
			}
		})
	}
}

// TestUntrustedDescription tells a profile whose service is not used how to mend that,
// since the description is not what is wrong.
func TestUntrustedDescription(t *testing.T) {
	t.Parallel()
	path := place(t, 0o700, 0o600)
	must(t, os.WriteFile(path, []byte("[services.own]\n[profiles.a]\nprovider = 'own'\ntoken = { env = 'A' }\n"), 0o600))
	must(t, os.Chmod(path, 0o666))
	c, err := Load(path, testProviders())
	if err != nil {
		t.Fatal(err)
	}
	want, command := path+":3: the service own is not used, since others can write "+path, "chmod go-w "+path
	if all := c.Profiles[0].Problems; len(all) != 1 || all[0].Error() != want || all[0].Remedy != "Run: "+command || all[0].Command != command {
		t.Errorf("%+v", all)
	}
}

// TestUntrustedOwner trusts no file of another user, who can write it whatever its mode
// says.
func TestUntrustedOwner(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only the administrator can give files away")
	}
	const somebody = 4711
	file, folder, link := place(t, 0o755, 0o644), place(t, 0o755, 0o644), filepath.Join(t.TempDir(), "link")
	must(t, os.Chown(file, somebody, -1))
	must(t, os.Chown(filepath.Dir(folder), somebody, -1))
	must(t, os.Symlink(place(t, 0o755, 0o644), link))
	must(t, os.Lchown(link, somebody, -1))
	for path, want := range map[string]string{file: file + " belongs", folder: "its folder ", link: "the link "} {
		c, err := Load(path, testProviders())
		if err != nil {
			t.Fatal(err)
		}
		if why, command := untrusted(path, c.versions[path]); !strings.HasPrefix(why, want) || !strings.HasPrefix(command, "sudo chown") || len(c.Commands)+len(c.Hooks) > 0 {
			t.Errorf("%q, %q", why, command)
		}
	}
}

// TestProjectFileRunsNothing has a folder's own file name a profile, and nothing else.
func TestProjectFileRunsNothing(t *testing.T) {
	t.Parallel()
	for key, text := range map[string]string{
		"commands": "profile = 'a'\n[[commands]]\nname = 'x'\nkey = 'r'\nrun = ['touch', 'ran']\n",
		"hooks":    "profile = 'a'\n[[hooks]]\nrun = ['touch', 'ran']\n",
		"services": "profile = 'a'\n[services.own]\nurl = 'https://example.org'\n",
		"profiles": "profile = 'a'\n[profiles.a]\ntoken = { command = ['touch', 'ran'] }\n",
	} {
		dir := t.TempDir()
		must(t, os.WriteFile(filepath.Join(dir, projectFile), []byte(text), 0o600))
		name, _, err := findProject(dir)
		if name != "" || err == nil || !strings.Contains(err.Error(), `"`+key+`" has no place here: this file names a profile, and nothing else`) {
			t.Errorf("%s: %q, %v", key, name, err)
		}
	}
}
