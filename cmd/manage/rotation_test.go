package manage

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/plainfile"
)

// bureau is a manager with profiles in files, at a service that takes some secrets.
type bureau struct {
	*Manager
	dir   string
	clock time.Time
	// takes are the secrets that the service takes, asked those that it was asked about.
	takes, asked []string
}

// newBureau is a bureau with a configuration.
func newBureau(t *testing.T, file string) *bureau {
	t.Helper()
	m, _, _ := newTestManager(t)
	b := &bureau{Manager: m, dir: filepath.Dir(m.Path), clock: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}
	m.Now = func() time.Time { return b.clock }
	m.Check = func(_ context.Context, asked Trial, _ *store.Store) account.Snapshot {
		b.asked = append(b.asked, asked.Secret)
		s := account.Snapshot{Profile: asked.Profile.Name, Health: account.Health{State: account.InvalidToken}}
		if slices.Contains(b.takes, asked.Secret) {
			s.Health.State = account.Healthy
		}
		return s
	}
	b.write(t, m.Path, file)
	return b
}

func (b *bureau) path(name string) string { return filepath.Join(b.dir, name) }

func (b *bureau) write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// holds checks what is in a file; an empty text stands for no file.
func (b *bureau) holds(t *testing.T, name, want string) {
	t.Helper()
	data, err := os.ReadFile(b.path(name))
	if string(data) != want || (err != nil) != (want == "") || err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s has %q, %v, want %q", name, data, err, want)
	}
}

// stands are the rotations in a few words.
func (b *bureau) stands(t *testing.T, want string) {
	t.Helper()
	all, err := b.Rotations()
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, r := range all {
		word := r.Profile + ":" + string(r.Step)
		if !r.Until.IsZero() {
			word += "+kept"
		}
		words = append(words, word)
	}
	if got := strings.Join(words, " "); got != want {
		t.Errorf("the rotations are %q, want %q", got, want)
	}
}

const threeFiles = `[profiles.a]
provider = 'katapult'
token = { file = 'a' }

[profiles.b]
provider = 'katapult'
token = { file = 'hosts.yml', format = 'yaml', path = "$.b.token" }

[profiles.c]
provider = 'katapult'
token = { file = 'hosts.yml', format = 'yaml', path = "$.c.token" }

[profiles.off]
provider = 'katapult'
token = { file = 'a' }
disabled = true

[profiles.wrong]
provider = 'nowhere'
token = { file = 'a' }
`

// TestRotationIsTakenUp goes on after another start of rollcall where the person has
// left it, and ends when the services refuse the old secrets.
func TestRotationIsTakenUp(t *testing.T) {
	t.Parallel()
	b := newBureau(t, threeFiles)
	b.write(t, b.path("a"), "old-a\n")
	const hosts = "# tools\nb:\n  token: %b # mine\nc: {token: %c}\n"
	b.write(t, b.path("hosts.yml"), strings.NewReplacer("%b", "old-b", "%c", "old-c").Replace(hosts))
	c, err := b.Load()
	if err != nil {
		t.Fatal(err)
	}
	can, left := c.Rotatable([]string{"a", "off", "b", "gone", "c", "wrong", "a"})
	if !slices.Equal(can, []string{"a", "b", "c"}) || len(left) != 3 {
		t.Errorf("%v; %v", can, left)
	}
	if _, err := b.BeginRotation(can); err != nil {
		t.Fatal(err)
	}
	if err := b.StepRotation("b", account.RotationPaste); err != nil {
		t.Fatal(err)
	}
	b.takes = []string{"old-a", "old-b", "old-c", "new-a", "new-b"}
	for _, name := range []string{"a", "b"} {
		if said, err := b.Rotate(t.Context(), b.draft(t, name), "new-"+name, false); err != nil || said != "replaced the secret of "+name {
			t.Errorf("%q, %v", said, err)
		}
	}
	b.holds(t, "a", "new-a\n")
	b.holds(t, "a.previous", "old-a\n")
	b.holds(t, "hosts.yml", strings.NewReplacer("%b", "new-b", "%c", "old-c").Replace(hosts))

	// Another start, which knows nothing but what is kept.
	again := *b
	again.Manager = New(b.Options)
	again.stands(t, "a:old+kept b:old+kept c:page")
	if a, err := again.AskOld(t.Context(), "a"); err != nil || a.Refused || a.Health.State != account.Healthy {
		t.Errorf("it takes the old one still, and said %+v, %v", a, err)
	}
	b.takes = []string{"old-b", "new-a", "new-b"} // That of a was deleted at the service.
	if a, err := b.AskOld(t.Context(), "a"); err != nil || !a.Refused {
		t.Errorf("%+v, %v", a, err)
	}
	b.stands(t, "a:done b:old+kept c:page")
	b.holds(t, "a.previous", "")
	b.holds(t, "a", "new-a\n")
	if _, err := b.AskOld(t.Context(), "a"); err == nil || !strings.Contains(err.Error(), "not kept any more") {
		t.Errorf("once more: %v", err)
	}
	if err := b.PutBack(t.Context(), b.draft(t, "a")); err == nil {
		t.Error("what is gone came back")
	}

	// By itself it asks once an hour, and after a week the kept one goes in any case.
	b.asked = nil
	b.clock = b.clock.Add(59 * time.Minute)
	b.Tend(t.Context())
	if len(b.asked) > 0 {
		t.Errorf("asked about %v within the hour", b.asked)
	}
	b.clock = b.clock.Add(time.Minute)
	b.Tend(t.Context())
	b.Tend(t.Context())
	if !slices.Equal(b.asked, []string{"old-b"}) {
		t.Errorf("asked about %v", b.asked)
	}
	if gone := b.Sweep(t.Context()); len(gone) > 0 {
		t.Errorf("%v went before its time", gone)
	}
	b.clock = b.clock.Add(FormerLife)
	if gone := b.Sweep(t.Context()); !slices.Equal(gone, []string{"b"}) {
		t.Errorf("%v went", gone)
	}
	b.stands(t, "a:done b:done c:page")
	if kept, _ := filepath.Glob(b.path("*.previous")); len(kept) > 0 {
		t.Errorf("there are %v", kept)
	}
	if err := b.EndRotation(); err != nil {
		t.Error(err)
	}
	b.stands(t, "")
	b.lacks(t, "old-", "new-")
}

// lacks checks that no file of the state has a secret in it.
func (b *bureau) lacks(t *testing.T, secrets ...string) {
	t.Helper()
	state, err := config.StateDir(testEnv{"HOME": b.dir, "USERPROFILE": b.dir, "LocalAppData": b.path("state")}.get)
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	_ = filepath.WalkDir(state, func(path string, d fs.DirEntry, _ error) error {
		data, err := os.ReadFile(path)
		if err == nil {
			read++
		}
		for _, s := range secrets {
			if strings.Contains(string(data), s) {
				t.Errorf("%s has %s", path, s)
			}
		}
		return nil
	})
	if read == 0 {
		t.Errorf("there is no state in %s", state)
	}
}

// TestOldIsKeptWhereTheNewOneFails keeps the old secret while the service refuses both:
// then it may be the service that is wrong.
func TestOldIsKeptWhereTheNewOneFails(t *testing.T) {
	t.Parallel()
	b := newBureau(t, "[profiles.a]\nprovider = 'katapult'\ntoken = { file = 'a' }\n")
	b.write(t, b.path("a"), "old\n")
	if _, err := b.Rotate(t.Context(), b.draft(t, "a"), "new", false); err != nil {
		t.Fatal(err)
	}
	if err := b.lend(func(s *store.Store) error {
		s.Save(account.Snapshot{
			Profile: "a", Endpoint: b.Services.Endpoint("katapult", "", nil), Health: account.Health{State: account.InvalidToken, CheckedAt: b.clock},
			Verdict: account.Verdict{State: account.InvalidToken, At: b.clock},
		})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if a, err := b.AskOld(t.Context(), "a"); err != nil || a.Refused {
		t.Errorf("%+v, %v", a, err)
	}
	b.holds(t, "a.previous", "old\n")
	// The place of another profile's secret is never used for an old one.
	b.write(t, b.Path, "[profiles.a]\nprovider = 'katapult'\ntoken = { file = 'a' }\n[profiles.b]\nprovider = 'katapult'\ntoken = { file = 'a.previous' }\n")
	if _, err := b.Rotate(t.Context(), b.draft(t, "a"), "newer", false); !errors.Is(err, ErrNotKept) || !strings.Contains(err.Error(), "that of the secret of b") {
		t.Errorf("over the secret of another profile: %v", err)
	}
	b.clock = b.clock.Add(FormerLife)
	b.Sweep(t.Context())
	b.holds(t, "a.previous", "old\n")
	b.holds(t, "a", "new\n")
}

// TestSweepKnowsWhoseSecretsThereAre deletes no kept secret while the configuration, which
// may have it as the secret of a profile, cannot be read.
func TestSweepKnowsWhoseSecretsThereAre(t *testing.T) {
	t.Parallel()
	const file = "[profiles.a]\nprovider = 'katapult'\ntoken = { file = 'a' }\n"
	b := newBureau(t, file)
	b.write(t, b.path("a"), "old\n")
	if _, err := b.Rotate(t.Context(), b.draft(t, "a"), "new", false); err != nil {
		t.Fatal(err)
	}
	b.clock = b.clock.Add(FormerLife)
	b.write(t, b.Path, file+"[profiles.b]\ntoken = { file = 'a.previous' \n")
	if gone := b.Sweep(t.Context()); len(gone) > 0 {
		t.Errorf("%v went", gone)
	}
	b.holds(t, "a.previous", "old\n")
	b.write(t, b.Path, file)
	if gone := b.Sweep(t.Context()); !slices.Equal(gone, []string{"a"}) {
		t.Errorf("%v went", gone)
	}
	b.holds(t, "a.previous", "")
}

// TestUndoOfSecretsIsWhole exchanges no secret where one of a step has no profile any more.
func TestUndoOfSecretsIsWhole(t *testing.T) {
	t.Parallel()
	const file = "[profiles.a]\nprovider = 'katapult'\ntoken = { file = 'a' }\n"
	b := newBureau(t, file+"[profiles.b]\nprovider = 'katapult'\ntoken = { file = 'b' }\n")
	for _, name := range []string{"a", "b"} {
		b.write(t, b.path(name), "old\n")
		if _, err := b.Rotate(t.Context(), b.draft(t, name), "new", false); err != nil {
			t.Fatal(err)
		}
	}
	if but := b.note(nil, store.Part{Kind: store.PartSecret, Profile: "a"}, store.Part{Kind: store.PartSecret, Profile: "b"}); but != "" {
		t.Fatal(but)
	}
	b.write(t, b.Path, file)
	if said, err := b.Undo(t.Context()); err == nil || !strings.Contains(err.Error(), `no profile "b"`) {
		t.Errorf("%q, %v", said, err)
	}
	b.holds(t, "a", "new\n")
	b.holds(t, "a.previous", "old\n")
}

// TestNoBackupToBeHad says why there is nothing to take back: that the file is not there, or
// else what is wrong with its path.
func TestNoBackupToBeHad(t *testing.T) {
	t.Parallel()
	none := filepath.Join(t.TempDir(), "none")
	if _, err := fromBackup(none); err == nil || !strings.HasSuffix(err.Error(), none+" does not exist") {
		t.Error(err)
	}
	if err := os.WriteFile(none, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := fromBackup(filepath.Join(none, "config.toml")); runtime.GOOS != "windows" && !errors.Is(err, plainfile.ErrInNone) {
		t.Error(err)
	}
}

// TestRotateLiteral replaces a secret that stands in the configuration, and leaves
// nothing of the old one: the backup stays that of the change before.
func TestRotateLiteral(t *testing.T) {
	t.Parallel()
	const file = "# mine\n[profiles.a]\nprovider = 'katapult'\ntoken = 'kt-old' # from the desk\nlabel = \"A\"\n\n[profiles.b]\nprovider = 'katapult'\ntoken = \"\"\"kt-other\"\"\"\n"
	b := newBureau(t, file)
	if _, err := b.Change(config.Edit{Kind: config.EditDisable, Profile: "b"}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.BeginRotation([]string{"a"}); err != nil {
		t.Fatal(err)
	}
	d := b.draft(t, "a")
	if _, err := b.Rotate(t.Context(), d, "kt-old", false); err == nil {
		t.Error("the same secret was taken")
	}
	if said, err := b.Rotate(t.Context(), d, `kt'new"`, false); err != nil || said != "replaced the secret of a" {
		t.Errorf("%q, %v", said, err)
	}
	b.stands(t, "a:done")
	now := strings.Replace(file, "'kt-old'", `"kt'new\""`, 1)
	b.holds(t, "config.toml", strings.Replace(now, "kt-other\"\"\"\n", "kt-other\"\"\"\ndisabled = true\n", 1))
	b.holds(t, "config.toml~", now)
	if info, err := os.Stat(b.Path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	b.lacks(t, "kt-old", "kt'new")
	// The secret cannot be taken back; the change before it can, by another run, too.
	for _, m := range []*Manager{b.Manager, New(b.Options)} {
		if _, err := m.Undo(t.Context()); !errors.Is(err, ErrNotLast) {
			t.Errorf("undo: %v", err)
		}
	}
	if _, err := New(b.Options).UndoEarlier(t.Context()); err != nil {
		t.Error(err)
	}
	b.holds(t, "config.toml", now)
}

// TestRotateWhatOthersStore waits for a person who stores the secret, and takes it as
// written when it is what the credential gives.
func TestRotateWhatOthersStore(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the command is one of Unix")
	}
	b := newBureau(t, "[profiles.c]\nprovider = 'katapult'\ntoken = { command = ['sh', '-c', 'cat \"$BUREAU\"'] }\n"+
		"[profiles.e]\nprovider = 'katapult'\ntoken = { env = 'BUREAU_TOKEN' }\n")
	t.Setenv("BUREAU", b.path("store"))
	t.Setenv("BUREAU_TOKEN", "kt-old")
	b.write(t, b.path("store"), "kt-old\n")
	if _, err := b.BeginRotation([]string{"c", "e"}); err != nil {
		t.Fatal(err)
	}
	_, err := b.Rotate(t.Context(), b.draft(t, "e"), "kt-old", false)
	if err == nil || !strings.Contains(err.Error(), "BUREAU_TOKEN gives this secret already, so that nothing changed") {
		t.Errorf("a variable that has the secret: %v", err)
	}
	b.stands(t, "c:page e:page")
	for _, tt := range []struct{ name, todo string }{{"c", "store the new secret in the program"}, {"e", "set BUREAU_TOKEN to the new secret"}} {
		_, err := b.Rotate(t.Context(), b.draft(t, tt.name), "kt-new", false)
		if !errors.Is(err, ErrNotStored) || errors.Is(err, ErrRestart) != (tt.name == "e") || !strings.Contains(err.Error(), tt.todo) || strings.Contains(err.Error(), "kt-") {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	b.stands(t, "c:page e:restart")
	b.write(t, b.path("store"), "kt-new\n")
	t.Setenv("BUREAU_TOKEN", "kt-new")
	for _, name := range []string{"c", "e"} {
		if said, err := b.Rotate(t.Context(), b.draft(t, name), "kt-new", false); err != nil || said != "the secret of "+name+" is the one that you gave" {
			t.Errorf("%q, %v", said, err)
		}
	}
	b.stands(t, "c:done e:done")
	b.lacks(t, "kt-old", "kt-new")
}

// TestPutBackOfARotation leaves the profile out, and asks nobody about the secret
// that a person has put aside.
func TestPutBackOfARotation(t *testing.T) {
	t.Parallel()
	b := newBureau(t, "[profiles.a]\nprovider = 'katapult'\ntoken = { file = 'a' }\n")
	b.write(t, b.path("a"), "old\n")
	d := b.draft(t, "a")
	if _, err := b.BeginRotation([]string{"a"}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Rotate(t.Context(), d, "new", false); err != nil {
		t.Fatal(err)
	}
	if err := b.PutBack(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	b.stands(t, "a:skipped")
	b.holds(t, "a", "old\n")
	b.holds(t, "a.previous", "new\n")
	b.clock = b.clock.Add(2 * time.Hour)
	b.Tend(t.Context())
	if len(b.asked) > 0 {
		t.Errorf("asked about %v", b.asked)
	}
	// Nothing but a kept secret is ever deleted by what the state says.
	c, ok := credential.FormerAt(credential.SourceFile, b.path("a.previous"))
	if !ok || c.Kind() != credential.SourceFile {
		t.Errorf("%v, %v", c, ok)
	}
	for _, path := range []string{b.path("a"), ".previous", ""} {
		if _, ok := credential.FormerAt(credential.SourceFile, path); ok {
			t.Errorf("%q is a place for an old secret", path)
		}
	}
}
