package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPrivateProvenance asks for a secret that is not there: why not must not
// tell whose folder it would be in.
func TestPrivateProvenance(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	const text = "[profiles.lab]\nprovider = \"katapult\"\ntoken = { file = \"/home/sam/no/such/token\" }\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	got := output(t, "list", "--config", path, "--sources", "-o", "json", "--private")
	if !strings.Contains(got, "does not exist") || strings.Contains(got, "/home/sam") {
		t.Errorf("told:\n%s", got)
	}
}
