package cmd

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTaplo has taplo, which many editors ask about TOML, find the schemas by the first
// line of a file, and tell what is right from what is wrong.
func TestTaplo(t *testing.T) {
	taplo, err := exec.LookPath(cmp.Or(os.Getenv("ROLLCALL_REAL_TAPLO"), "taplo"))
	if err != nil {
		t.Skip("there is no taplo; .ci/run installs it")
	}
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("schema.json", output(t, "schema", "config"))
	write("service.json", output(t, "schema", "service"))
	const profile, service = "[profiles.work]\nprovider = \"katapult\"\n", "#:schema ./service.json\n"
	args := []string{"lint"}
	for name, text := range map[string]string{
		"good-filled":           filled(nil),
		"good-design":           readText(t, "../config/testdata/corpus/design.toml"),
		"good-services":         service + sixLines,
		"wrong-key":             "default_profil = \"work\"",
		"wrong-type":            "refresh_interval = 60",
		"wrong-action":          "[ui.keys]\nrefersh = \"r\"",
		"wrong-profile-key":     profile + "token = \"x\"\nlable = \"x\"",
		"wrong-credential":      profile + "token = { env = \"X\", file = \"y\" }",
		"wrong-without-token":   profile,
		"wrong-half-of-a-pair":  profile + "token = \"x\"\nclient_cert = \"c.pem\"",
		"wrong-view":            "[views.one]\ncolumns = [\"colour\"]",
		"wrong-services":        service + strings.Replace(sixLines, "$.id", "id", 1),
		"wrong-services-states": service + sixLines + "states = [{ status = 403, state = \"broken\" }]",
	} {
		if !strings.HasPrefix(text, "#:") {
			text = "#:schema ./schema.json\n" + text
		}
		write(name+".toml", text+"\n")
		args = append(args, name+".toml")
	}
	c := exec.CommandContext(t.Context(), taplo, args...)
	c.Dir = dir
	said, _ := c.CombinedOutput()
	for _, arg := range args[1:] {
		refused := strings.Contains(string(said), "invalid file error=schema validation failed path=\""+filepath.Join(dir, arg)+"\"")
		if refused != strings.HasPrefix(arg, "wrong-") {
			t.Errorf("%s is refused: %v", arg, refused)
		}
	}
	if t.Failed() {
		t.Logf("%s", said)
	}
}
