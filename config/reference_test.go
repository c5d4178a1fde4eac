//go:build unix

package config

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// A path in the profile starts from the folder of the file, or from home.
func TestCommandPath(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(sh, filepath.Join(home, "shell")); err != nil {
		t.Fatal(err)
	}
	for _, program := range []string{"~/shell", "../shell", "sh"} {
		c, err := Parse(filepath.Join(home, "dir", "c.toml"), []byte(
			"[profiles.a]\nprovider = 'katapult'\ntoken.command = ['"+program+"', '-c', 'echo $HOME~/']\n"), testProviders())
		if err != nil {
			t.Fatal(err)
		}
		secret, _, err := c.Profiles[0].Token.Resolve(t.Context())
		if secret != home+"~/" || err != nil {
			t.Errorf("%s: %q, %v", program, secret, err)
		}
	}
}
