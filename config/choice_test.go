package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// question is one in a folder tree of its own: DIR/project/src.
func question(t *testing.T) ChooseOptions {
	t.Helper()
	dir := Canonical(t.TempDir())
	src := filepath.Join(dir, "project", "src")
	if err := os.MkdirAll(src, 0o700); err != nil {
		t.Fatal(err)
	}
	const file = "default_profile = 'b'\n[profiles.a]\n[profiles.b]\n[profiles.c]\n[profiles.d]\n[profiles.e]\n[profiles.f]\n"
	return ChooseOptions{
		Getenv: func(string) string { return "" }, Dir: src, Kept: Kept{Folders: map[string]string{}, Where: filepath.Join(dir, "kept")}, Config: parsed(t, file),
	}
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func wantChoice(t *testing.T, q ChooseOptions, want Chosen) {
	t.Helper()
	if got, err := Choose(q); got != want || err != nil {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Each in turn wins over all before it.
func TestChoose(t *testing.T) {
	t.Parallel()
	q := question(t)
	project := filepath.Dir(q.Dir)
	q.Config.DefaultProfile = ""
	wantChoice(t, q, Chosen{})
	one := q
	one.Config = parsed(t, "[profiles.z]\n")
	wantChoice(t, one, Chosen{"z", "only", one.Config.Path})
	none := q
	none.Config = parsed(t, "")
	wantChoice(t, none, Chosen{})
	q.Config.DefaultProfile = "b"
	wantChoice(t, q, Chosen{"b", "default", q.Config.Path})
	q.Kept.Active = "c"
	wantChoice(t, q, Chosen{"c", "use", q.Kept.Where})

	file := filepath.Join(project, ".rollcall.toml")
	writeFile(t, file, "\ufeff# ours\nprofile = \"d\"\n")
	wantChoice(t, q, Chosen{"d", "project file", file})
	q.Kept.Folders[project] = "e"
	wantChoice(t, q, Chosen{"e", "folder", project})
	nearer := filepath.Join(q.Dir, ".rollcall.toml")
	writeFile(t, nearer, "profile = 'd'\n")
	wantChoice(t, q, Chosen{"d", "project file", nearer})

	q.Getenv = func(name string) string { return map[string]string{"ROLLCALL_PROFILE": "f"}[name] }
	wantChoice(t, q, Chosen{"f", "environment", "ROLLCALL_PROFILE"})
}

// What names a profile that is not there is told; nothing else takes its place.
func TestChooseRefuses(t *testing.T) {
	t.Parallel()
	q := question(t)
	wantError := func(q ChooseOptions, want string) {
		t.Helper()
		if got, err := Choose(q); got != (Chosen{}) || err == nil || err.Error() != want {
			t.Errorf("%+v, %v\nwant %s", got, err, want)
		}
	}
	named := q
	named.Config = parsed(t, "[profiles.wrok]\n")
	named.Getenv = func(string) string { return "work" }
	wantError(named, `ROLLCALL_PROFILE: there is no profile "work"; set the variable to another, or unset it; did you mean "wrok"?`)

	wrong := q
	for text, want := range map[string]string{
		"default_profile = 'wrok'\n[profiles.work]\n": q.Config.Path + `:1: default_profile: there is no profile "wrok"; did you mean "work"?`,
		"default_profile = 3\n[profiles.work]\n":      q.Config.Path + `:1: default_profile must be text in quotes, such as "work"`,
	} {
		wrong.Config = parsed(t, text)
		wantError(wrong, want)
	}

	q.Kept.Active = "gone"
	wantError(q, q.Kept.Where+`: there is no profile "gone"; choose another with rollcall use`)
	q.Kept.Folders[q.Dir] = "lost"
	wantError(q, q.Dir+`: there is no profile "lost"; tie the folder to another with rollcall bind, or untie it with rollcall bind --remove `+q.Dir)
	q.Kept.Active = ""
	delete(q.Kept.Folders, q.Dir)

	file := filepath.Join(q.Dir, ".rollcall.toml")
	for text, want := range map[string]string{
		"":                                `: profile is missing; write profile = "NAME"`,
		"profile = work":                  ":1: a value is missing here, or is text without quotes; write key = \"text\"",
		"profile = 3":                     `:1: profile must be text in quotes, such as "work"`,
		"profile = ''":                    `:1: profile must not be empty; write a value such as "work"`,
		"profile = 'gone'":                `: there is no profile "gone"; correct the file`,
		"profile = 'a'\ntoken='s3cret'\n": `:2: "token" has no place here: this file names a profile, and nothing else; delete the line`,
		"profile = 'a'\n[profiles.a]\nbase_url = 'https://evil.example.org'\n": `:2: "profiles" has no place here: ` +
			"this file names a profile, and nothing else; delete the line",
		"profile = 'a' # " + strings.Repeat("x", maxProject): `: this is not a file that names a profile; write profile = "NAME" into it, or delete it`,
	} {
		writeFile(t, file, text)
		wantError(q, file+want)
		// What is wrong with the file is told although another choice spares it from
		// being asked.
		below := filepath.Join(q.Dir, "below")
		must(t, os.MkdirAll(below, 0o700))
		if err := ProjectProblem(below); (err == nil) != (text == "profile = 'gone'") || err != nil && err.Error() != file+want {
			t.Errorf("%q: %v", text, err)
		}
	}
	must(t, os.Remove(file))
	must(t, os.Mkdir(file, 0o700))
	wantError(q, file+`: this is not a file that names a profile; write profile = "NAME" into it, or delete it`)
}

// A project file that may not be read could name another account, so that none
// is chosen; one that cannot be there is none.
func TestProjectFileOfOthers(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("this user may read everything")
	}
	q := question(t)
	file := filepath.Join(filepath.Dir(q.Dir), ".rollcall.toml")
	writeFile(t, file, "profile = 'c'\n")
	must(t, os.Chmod(file, 0))
	if got, err := Choose(q); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("%+v, %v", got, err)
	}
	if name, path, err := findProject(filepath.Join(file, "x")); err == nil {
		t.Errorf("%q, %q", name, path)
	}
	must(t, os.Chmod(filepath.Dir(file), 0))
	defer os.Chmod(filepath.Dir(file), 0o700)
	if name, path, err := findProject(filepath.Dir(file)); name+path != "" || err != nil {
		t.Errorf("%q, %q, %v", name, path, err)
	}
}

// A folder is the same by whatever name it is reached, and also when it is gone.
func TestFolderBehindALink(t *testing.T) {
	t.Parallel()
	q := question(t)
	link := filepath.Join(filepath.Dir(filepath.Dir(q.Dir)), "link")
	if err := os.Symlink(q.Dir, link); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	gone := filepath.Join(q.Dir, "gone")
	q.Kept.Folders[Canonical(link)], q.Kept.Folders[Canonical(gone)] = "a", "c"
	wantChoice(t, q, Chosen{"a", "folder", q.Dir})
	q.Dir = filepath.Join(link, "gone")
	must(t, os.Mkdir(gone, 0o700))
	wantChoice(t, q, Chosen{"c", "folder", gone})
}
