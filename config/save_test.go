package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"rollcall/plainfile"
)

// savedFile is a configuration in a folder of its own.
func savedFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// put is an edit that does not look at what was there.
func put(text string) func([]byte) ([]byte, error) {
	return func([]byte) ([]byte, error) { return []byte(text), nil }
}

func wantFile(t *testing.T, path, want string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if string(data) != want || err != nil {
		t.Errorf("%s: %q, %v, want %q", filepath.Base(path), data, err, want)
	}
	if info, err := os.Stat(path); err == nil && runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%s has mode %o", filepath.Base(path), info.Mode().Perm())
	}
}

// wantOnly checks that nothing else was left in the folder.
func wantOnly(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if !slices.Equal(got, names) {
		t.Errorf("%q in the folder, want %q", got, names)
	}
}

func TestSave(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "config.toml")
	dir := filepath.Dir(path)
	if err := Save(path, put("a = 1\n")); err != nil {
		t.Fatal(err)
	}
	wantFile(t, path, "a = 1\n")
	wantOnly(t, dir, "config.toml")
	if info, err := os.Stat(dir); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info, err)
	}
	// Nothing to change is no reason to write.
	if err := Save(path, put("a = 1\n")); err != nil {
		t.Fatal(err)
	}
	wantOnly(t, dir, "config.toml")
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"a = 2\n", "a = 3\n"} {
		if err := Save(path, put(text)); err != nil {
			t.Fatal(err)
		}
	}
	wantFile(t, path, "a = 3\n")
	wantFile(t, path+"~", "a = 2\n")
	wantOnly(t, dir, "config.toml", "config.toml~")
}

// Where anything fails, everything stays.
func TestSaveFails(t *testing.T) {
	t.Parallel()
	refused := errors.New("refused")
	for want, edit := range map[string]func([]byte) ([]byte, error){
		"refused": func([]byte) ([]byte, error) { return nil, refused },
		": it would not be TOML any more (line 1: a value is missing here, or is text without quotes; " +
			"write key = \"text\"; mend that first)": put("a = b"),
		": it would be larger than 8 MiB": put("# " + strings.Repeat("x", maxConfig)),
	} {
		path := savedFile(t, "a = 1\n")
		if err := Save(path, edit); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
		wantFile(t, path, "a = 1\n")
		wantOnly(t, filepath.Dir(path), "config.toml")
	}
	dir := t.TempDir()
	if err := Save(dir, put("")); err == nil {
		t.Error("a folder was saved")
	}
}

// Links stay what they are, and the file that they lead to is saved.
func TestSaveThroughLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	real := filepath.Join(dir, "dotfiles", "rollcall")
	if err := os.MkdirAll(filepath.Join(real, "etc"), 0o700); err != nil {
		t.Fatal(err)
	}
	link := func(to, at string) {
		if err := os.Symlink(to, at); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	// The folder is a link, too: "../" starts from where it leads.
	link(filepath.Join("dotfiles", "rollcall", "etc"), filepath.Join(dir, "config"))
	link(filepath.Join("..", "second.toml"), filepath.Join(real, "etc", "first.toml"))
	link("third.toml", filepath.Join(real, "second.toml"))
	for _, text := range []string{"a = 1\n", "a = 2\n"} { // The last does not exist at first.
		if err := Save(filepath.Join(dir, "config", "first.toml"), put(text)); err != nil {
			t.Fatal(err)
		}
	}
	wantFile(t, filepath.Join(real, "third.toml"), "a = 2\n")
	wantFile(t, filepath.Join(real, "third.toml~"), "a = 1\n")
	wantOnly(t, real, "etc", "second.toml", "third.toml", "third.toml~")
	wantOnly(t, filepath.Join(real, "etc"), "first.toml")
	link("circle.toml", filepath.Join(dir, "circle.toml"))
	if err := Save(filepath.Join(dir, "circle.toml"), put("")); err == nil ||
		!strings.HasSuffix(err.Error(), "circle.toml was not saved: it is a symbolic link that leads nowhere") {
		t.Error(err)
	}
}

// Who changes the file without a lock, as editors do, loses nothing either.
func TestSaveChangedMeanwhile(t *testing.T) {
	t.Parallel()
	path := savedFile(t, "a = 1\n")
	calls := 0
	err := Save(path, func(data []byte) ([]byte, error) {
		if calls++; calls == 1 {
			if err := os.WriteFile(path, []byte("a = 1\nb = 2\n"), 0o600); err != nil {
				t.Error(err)
			}
		}
		return append(data, "c = 3\n"...), nil
	})
	if err != nil || calls != 2 {
		t.Errorf("%v after %d", err, calls)
	}
	wantFile(t, path, "a = 1\nb = 2\nc = 3\n")
	wantFile(t, path+"~", "a = 1\nb = 2\n")

	err = Save(path, func(data []byte) ([]byte, error) {
		calls++
		text := fmt.Appendf(nil, "a = %d\n", calls)
		return append(data, 'x', '=', '1'), os.WriteFile(path, text, 0o600)
	})
	if err == nil || err.Error() != path+" was not saved: it changed again each time it was to be saved" {
		t.Error(err)
	}
	wantFile(t, path, fmt.Sprintf("a = %d\n", calls))
}

// A file that was made read-only stays so; what it would have got is told,
// without the secrets.
func TestSaveReadOnly(t *testing.T) {
	t.Parallel()
	const text = "[profiles.a]\ntoken = \"s3cret\"\n# token = \"s3cret-too\"\n"
	path := savedFile(t, text)
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	err := Save(path, put("\ufeff[ui]\n"+text+"proxy = 'http://u:s3cret@h'\nlabel = 'x'\n"))
	e, ok := errors.AsType[*SaveError](err)
	if !ok {
		t.Fatal(err)
	}
	if e.Error() != path+" was not saved: it is read-only" || e.Remedy() == "" ||
		e.Lines() != "[ui]\n[profiles.a]\ntoken = \"[redacted]\"\nproxy = \"[redacted]\"\nlabel = 'x'\n" {
		t.Errorf("%v, %q, %q", e, e.Remedy(), e.Lines())
	}
	wantOnly(t, filepath.Dir(path), "config.toml")
	if data, err := os.ReadFile(path); string(data) != text || err != nil {
		t.Errorf("%q, %v", data, err)
	}
}

func TestNewLines(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ old, text, want string }{
		{"", "a = 1\n", "a = 1\n"},
		{"a = 1\n\n[b]\nc = 1\n", "a = 1\n\n[b]\nc = 1\nd = 2\n", "[b]\nd = 2\n"},
		{"[b]\nc = 1", "[b]\nc = 1\n\n[d]\n# e\nf = 1\n\ng = 1", "[d]\nf = 1\n\ng = 1"},
		{"a = 1\na = 2\n", "a = 1\n", ""},
		{"[a]\n", "[profiles.a]\npassword = '''\ns3cret'''\n[a]\n", "[profiles.a]\npassword = \"[redacted]\"\n\n"},
		{"a = 1\n", "[profiles.'a#b'] # was s3cret\ntoken = 's3cret' # s3cret\r\nlabel = \"#1\"\ntags = [ # s3cret\n'#2' ]\t# s3cret",
			"[profiles.'a#b']\ntoken = \"[redacted]\"\r\nlabel = \"#1\"\ntags = [\n'#2' ]"},
		{"", "[profiles.a]\n# s3cret\ntoken = [ # s3cret\n's3cret' ]\nx = 1", "[profiles.a]\ntoken = \"[redacted]\"\n\nx = 1"},
		{"", "base_url = 'https://sam:s3cret@h'\n", "base_url = 'https://[redacted]@h'\n"},
		{"", "profiles = { a = { token = 's3cret' }, b = { token.env = 'B' } }",
			"profiles = { a = { token = \"[redacted]\" }, b = { token.env = 'B' } }"},
	} {
		if got := newLines([]byte(test.old), []byte(test.text)); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

func TestSaveLocked(t *testing.T) {
	t.Parallel()
	path := savedFile(t, "a = 1\n")
	unlock, err := plainfile.Lock(path + ".lock")
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	err = Save(path, put("a = 2\n"))
	if err == nil || err.Error() != path+" was not saved: another program has held its lock for 3s" {
		t.Error(err)
	}
	wantFile(t, path, "a = 1\n")
}

const savingChild = "ROLLCALL_TEST_SAVE"

// TestSaveChild is what TestSaveAtOnce runs several times at once.
func TestSaveChild(t *testing.T) {
	path, name, ok := strings.Cut(os.Getenv(savingChild), "|")
	if !ok {
		t.Skip("another test starts this one")
	}
	addProfiles(t, path, name)
}

func addProfiles(t *testing.T, path, name string) {
	for n := range 5 {
		if err := Save(path, func(data []byte) ([]byte, error) {
			return addProfile(data, fmt.Sprint(name, n), setting{"provider", "katapult"})
		}); err != nil {
			t.Error(err)
		}
	}
}

// Several that save at once, in one process and in others, lose nothing.
func TestSaveAtOnce(t *testing.T) {
	t.Parallel()
	path := savedFile(t, "# mine\n")
	var wg sync.WaitGroup
	for _, name := range []string{"a", "b", "c"} {
		wg.Go(func() {
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSaveChild$")
			cmd.Env = append(os.Environ(), savingChild+"="+path+"|"+name)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
		wg.Go(func() { addProfiles(t, path, strings.ToUpper(name)) })
	}
	wg.Wait()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(data, []byte("\n[profiles.")); n != 30 || !bytes.HasPrefix(data, []byte("# mine\n")) {
		t.Errorf("%d profiles\n%s", n, data)
	}
	wantOnly(t, filepath.Dir(path), "config.toml", "config.toml~")
}

func TestSaveErrorUnwraps(t *testing.T) {
	t.Parallel()
	err := newSaveError("c.toml", nil, nil, &fs.PathError{Op: "open", Path: "real/c.toml.lock", Err: fs.ErrPermission})
	if !errors.Is(err, fs.ErrPermission) || err.Error() != "c.toml was not saved: it or its folder real may not be written" {
		t.Error(err)
	}
}
