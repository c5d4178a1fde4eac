//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestRecipes runs the recipes of the reference as they stand there, with an account that
// is fine and then with one whose token is refused.
func TestRecipes(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	s.knows("user_a", "Sam", "Roe")
	path := w.write("config.toml", "[profiles.acme]\nprovider = \"katapult\"\nbase_url = \""+s.URL+"\"\ntoken = \"kt-some-token\"\n")
	bin := t.TempDir()
	if err := os.Symlink(program, filepath.Join(bin, "rollcall")); err != nil {
		t.Fatal(err)
	}
	w = w.with("ROLLCALL_CONFIG="+path, "PATH="+bin+":"+os.Getenv("PATH"))
	recipes := recipesIn(t, "../../.github/docs/recipes.md")
	does := func(shell, script, want string) {
		t.Helper()
		if _, err := exec.LookPath(shell); err == nil {
			w.reads(t, []string{shell, "-c", script}, want)
		}
	}
	prompt := recipes["In the prompt"] + "\nprintf %s \"${PS1@P}\""
	folder := "set -e\n" + recipes["A folder with direnv"] + "\necho \"$KATAPULT_API_KEY\""
	_, daily, _ := strings.Cut(recipes["Once a day"], "* * * ")
	does("bash", "cd; "+prompt, "acme ~ "+sign())
	does("bash", folder, "kt-some-token\n")
	does("sh", daily, "")
	s.refuses()
	does("sh", "{ "+daily+"; } | grep -c 'acme.*invalid token'", "1\n")
	if _, err := exec.LookPath("jq"); err == nil {
		does("sh", recipes["In the status line of tmux"], "1 now\n")
		try := recipesIn(t, "../../.github/docs/hooks.md")["Try a hook"]
		does("sh", strings.Replace(try, "./page.sh", `jq -r '.events[0] + " " + .profile.name'`, 1), "now acme\n")
	}
	does("bash", strings.Replace(folder, "acme", "nobody", 1), "")
}

// sign is how bash ends a prompt.
func sign() string {
	if os.Geteuid() == 0 {
		return "# "
	}
	return "$ "
}

// recipesIn are the first blocks of code of a document, by their headings.
func recipesIn(t *testing.T, path string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	recipes := map[string]string{}
	for part := range strings.SplitSeq(string(data), "\n## ") {
		heading, rest, _ := strings.Cut(part, "\n")
		_, block, _ := strings.Cut(rest, "\n```")
		_, block, _ = strings.Cut(block, "\n")
		recipes[heading], _, _ = strings.Cut(block, "\n```")
	}
	return recipes
}
