package cmd

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// newExport is a desk with a profile that was checked, whose secret is in the
// configuration, and what exports its profiles.
func newExport(t *testing.T) (*desk, func(names, path string, private bool) (string, error)) {
	t.Helper()
	d := newDesk(t, time.Date(2026, 11, 21, 12, 0, 5, 0, time.UTC))
	text := "[profiles.otter]\nprovider = \"katapult\"\ntoken = \"kt-s3cret\"\n[profiles.home]\nprovider = \"katapult\"\ntoken = { env = \"X\" }\n"
	if err := os.WriteFile(d.path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	known := fullSnapshot()
	known.Profile = "otter"
	d.knows(known)
	export := func(names, path string, private bool) (string, error) {
		a := d.app(os.Stdout)
		a.configFlag = d.path
		l, err := a.load()
		if err != nil {
			t.Fatal(err)
		}
		defer l.close()
		return a.export(l, l.Config, strings.Fields(names), path, private)
	}
	return d, export
}

// TestExport writes what status prints, for its owner alone and without the secret.
func TestExport(t *testing.T) {
	t.Parallel()
	d, export := newExport(t)
	for i, tt := range []struct {
		names, path string
		private     bool
		file, said  string
	}{
		{"otter home", "all.json", false, "all.json", "wrote 2 profiles to "},
		{"otter", "~/one.json", false, "one.json", "wrote 1 profile to "},
		{"home otter", " " + filepath.Join(d.dir, "x", "..", "private.json"), true, "private.json", "wrote 2 profiles to "},
	} {
		file := filepath.Join(d.dir, tt.file)
		said, err := export(tt.names, tt.path, tt.private)
		if err != nil || said != tt.said+file {
			t.Fatalf("%d: %q, %v", i, said, err)
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		args := append([]string{"status", "-o", "json", "--offline"}, strings.Fields(tt.names)...)
		if tt.private {
			args = append(args, "--private")
		}
		if want, _ := d.run(args...); string(got) != want {
			t.Errorf("%s has\n%s\nwant\n%s", tt.file, got, want)
		}
		if strings.Contains(string(got), "kt-s3cret") || tt.private && strings.Contains(string(got), fullSnapshot().Account.User.FullName) {
			t.Errorf("%s has what it must not:\n%s", tt.file, got)
		}
		if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
	}
}

// TestExportRefused writes nothing, says why, and leaves what is there as it is.
func TestExportRefused(t *testing.T) {
	t.Parallel()
	d, export := newExport(t)
	there, folder := filepath.Join(d.dir, "there.json"), filepath.Join(d.dir, "folder")
	if err := os.WriteFile(there, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadDir(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ names, path, want string }{
		{"otter", "there.json", there + " is there already, so that nothing was written; name another file"},
		{"otter", folder, folder + " is a folder; name a file in it"},
		{"otter", "none/x.json", "there is no folder " + filepath.Join(d.dir, "none") + ", so that nothing was written"},
		{"otter", "  ", "name a file to write to, such as rollcall.json"},
		{"", "x.json", "no profile was named, so that nothing was written"},
		{"otter nobody", "x.json", `there is no profile "nobody"`},
	} {
		if said, err := export(tt.names, tt.path, false); said != "" || err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%q, %v, want %s", said, err, tt.want)
		}
	}
	if data, err := os.ReadFile(there); string(data) != "mine" || err != nil {
		t.Errorf("%q, %v", data, err)
	}
	if after, err := os.ReadDir(d.dir); err != nil || len(after) != len(before) {
		t.Errorf("%v, %v, before it were %v", after, err, before)
	}
}
