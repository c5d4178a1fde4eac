package cmd

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// script runs one of the scripts of the repository in a folder.
func script(t *testing.T, dir, path string, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("the scripts want the tools of Linux")
	}
	path, absErr := filepath.Abs(path)
	if absErr != nil {
		t.Fatal(absErr)
	}
	var out, complaints bytes.Buffer
	c := exec.Command(path, args...)
	c.Dir, c.Stdout, c.Stderr = dir, &out, &complaints
	err = c.Run()
	return out.String(), complaints.String(), err
}

// writeTree writes files below a folder.
func writeTree(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestNotices collects the licences of a program with one module: it fails where there is
// none, and has those of the folders that are used and of no other.
func TestNotices(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeTree(t, dir, map[string]string{
		"go.mod":               "module rollcall\n\ngo 1.26\n\nrequire example.org/lent v1.2.3\n\nreplace example.org/lent => \"./a folder/lent\"\n",
		"cmd/rollcall/main.go": "package main\n\nimport _ \"example.org/lent/used\"\n\nfunc main() {}\n",

		"a folder/lent/go.mod":          "module example.org/lent\n\ngo 1.26\n",
		"a folder/lent/license.go":      "package lent\n",
		"a folder/lent/used/used.go":    "package used\n",
		"a folder/lent/used/NOTICE":     "Used by leave.\r\n",
		"a folder/lent/other/other.go":  "package other\n",
		"a folder/lent/other/LICENSE":   "Of another folder.\n",
		"a folder/lent/used/LICENSE.go": "package used\n",
	})
	const notices = "../.github/packaging/notices"
	_, complaint, err := script(t, dir, notices)
	if err == nil || !strings.Contains(complaint, "example.org/lent v1.2.3 has no file that states its licence") {
		t.Errorf("a module without a licence: %v, %q", err, complaint)
	}

	writeTree(t, dir, map[string]string{"a folder/lent/Licence.txt": "Lent to all.\n"})
	out, complaint, err := script(t, dir, notices)
	if err != nil {
		t.Fatalf("%v: %s", err, complaint)
	}
	rule := strings.Repeat("=", 80)
	want := rule + "\nexample.org/lent v1.2.3\n\n----- Licence.txt\n\nLent to all.\n\n----- used/NOTICE\n\nUsed by leave.\n\n"
	if !strings.HasSuffix(out, want) {
		t.Errorf("it ends with %q, want %q", out[max(0, len(out)-len(want)-20):], want)
	}
	if !strings.Contains(out, rule+"\nGo go1.") {
		t.Error("the licence of Go is missing")
	}
}

// TestRenameModule gives a small module a public home: its imports follow, other texts that
// look alike stay.
func TestRenameModule(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	command, err := os.ReadFile("../.github/rename-module")
	if err != nil {
		t.Fatal(err)
	}
	const source = "package main\n\nimport (\n\t\"fmt\"\n\n\tlent \"rollcall/client\"\n)\n\nfunc main() { fmt.Println(lent.Name, \"rollcall/admin\", \"rollcall/client/text\") }\n"
	writeTree(t, dir, map[string]string{
		".github/rename-module": string(command),
		"go.mod":                "module rollcall\n\ngo 1.26\n",
		"client/client.go":      "package client\n\nconst Name = \"rollcall\"\n",
		"cmd/rollcall/main.go":  source,
	})
	path := filepath.Join(dir, ".github", "rename-module")
	if err := os.Chmod(path, 0o755); err != nil {
		t.Fatal(err)
	}
	git := func(args ...string) {
		t.Helper()
		c := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"}, args...)...)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v: %s", args, err, out)
		}
	}
	git("init", "-q")
	if _, complaint, err := script(t, dir, path, "example.org/sam"); err == nil || !strings.Contains(complaint, "not committed") {
		t.Errorf("with changes: %v, %q", err, complaint)
	}
	git("add", ".")
	git("commit", "-q", "-m", "a")
	for _, wrong := range []string{"", "sam", "https://example.org/sam", "example.org/", "example.org/sam|x"} {
		if _, complaint, err := script(t, dir, path, wrong); err == nil || !strings.Contains(complaint, "usage:") {
			t.Errorf("%q: %v, %q", wrong, err, complaint)
		}
	}
	if _, complaint, err := script(t, dir, path, "example.org/sam"); err != nil {
		t.Fatalf("%v: %s", err, complaint)
	}
	got, err := os.ReadFile(filepath.Join(dir, "cmd/rollcall/main.go"))
	// The renaming of this repository must find none of its own imports in this.
	if want := strings.Replace(source, "lent \"rollcall", "lent \"example.org/sam/rollcall", 1); err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
	run := exec.Command("go", "run", "example.org/sam/rollcall/cmd/rollcall")
	run.Dir = dir
	if out, err := run.CombinedOutput(); err != nil || string(out) != "rollcall rollcall/admin rollcall/client/text\n" {
		t.Errorf("%v: %s", err, out)
	}
	err = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if strings.Contains(path, "before-rename") {
			t.Errorf("%s is left", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
