package ui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/config/credential"
)

// keeper is a manager that keeps the file in memory.
type keeper struct {
	data   []byte
	before []byte
	// foreign is the number of a step of another run, if that was the last.
	foreign int64
	answer  account.Snapshot
	fail    error
	tried   []config.Draft
	secrets []string
	used    []string
	// nearer is a profile that wins over the one that is used.
	nearer   string
	rotated  []string
	applied  int
	opened   []string
	pinned   []string
	snoozed  []string
	canceled bool
	// rotations are those that were begun; old is what the service says of an old secret,
	// refused whether it takes it no more.
	rotations []account.Rotation
	old       account.Snapshot
	refused   bool
	asked     []string
	// missing says that the person has not stored the new secret.
	missing bool
}

const keptFile = `# mine
[profiles.work]
provider = "katapult"
token = { env = "WORK" }

[profiles.lab]
provider = "onezone"
base_url = "https://lab.example.org"
token = { env = "LAB" } # from the lab
`

func (k *keeper) Try(ctx context.Context, d config.Draft, secret string) account.Snapshot {
	k.tried, k.secrets = append(k.tried, d), append(k.secrets, secret)
	k.canceled = ctx.Err() != nil
	return k.answer
}

func (k *keeper) Apply(_ context.Context, c config.Edit, secret string) (string, error) {
	if k.fail != nil {
		return "", k.fail
	}
	data, err := c.Apply(k.data)
	if err != nil {
		return "", err
	}
	k.applied++
	k.before, k.data = k.data, data
	k.secrets = append(k.secrets, secret)
	return c.Done(), nil
}

func (k *keeper) ApplyAll(_ context.Context, changes []config.Edit) (string, error) {
	if k.fail != nil {
		return "", k.fail
	}
	data, made, err := config.ApplyAll(k.data, changes)
	if err != nil {
		return "", err
	}
	k.applied++
	k.before, k.data = k.data, data
	var said []string
	for _, c := range made {
		said = append(said, c.Done())
	}
	return strings.Join(said, ", "), nil
}

func (k *keeper) Undo(_ context.Context, agreed int64) (string, error) {
	if k.foreign != agreed {
		return "", &DoubtError{k.foreign, "Another run of rollcall has done this: tagged work, 2m ago. Take it back?"}
	}
	k.data, k.before = k.before, k.data
	return "undid it", nil
}

func (k *keeper) Redo(context.Context, int64) (string, error) {
	k.data, k.before = k.before, k.data
	return "did it again", nil
}

func (k *keeper) Rotate(_ context.Context, d config.Draft, secret string, lose bool) (string, error) {
	if k.fail != nil && !lose {
		return "", k.fail
	}
	if k.missing {
		for i, r := range k.rotations {
			if r.Profile == d.Name && d.Source == credential.SourceEnv {
				k.rotations[i].Step = account.RotationRestart
			}
		}
		return "", fmt.Errorf("%w: it gives another", ErrNotStored)
	}
	k.rotated = append(k.rotated, d.Name+" "+d.Reference+" "+secret)
	step := account.RotationDone
	if d.Replacement().Kept && !lose {
		step = account.RotationOld
	}
	for i, r := range k.rotations {
		if r.Profile == d.Name {
			k.rotations[i].Step, k.rotations[i].Written = step, noon
		}
	}
	return "replaced the secret of " + d.Name, nil
}

func (k *keeper) Rotations(context.Context) ([]account.Rotation, error) {
	return slices.Clone(k.rotations), nil
}

func (k *keeper) BeginRotation(_ context.Context, names []string) ([]account.Rotation, error) {
	for _, name := range names {
		k.rotations = append(k.rotations, account.Rotation{Profile: name, Step: account.RotationPage, Begun: noon})
	}
	return slices.Clone(k.rotations), nil
}

func (k *keeper) StepRotation(_ context.Context, name string, step account.RotationStep) error {
	for i, r := range k.rotations {
		if r.Profile == name {
			k.rotations[i].Step = step
		}
	}
	return nil
}

func (k *keeper) EndRotation(_ context.Context, names []string) error {
	k.rotations = slices.DeleteFunc(k.rotations, func(r account.Rotation) bool { return len(names) == 0 || slices.Contains(names, r.Profile) })
	return nil
}

func (k *keeper) HasSecret(_ context.Context, d config.Draft, secret string) bool {
	return secret == "kt-of-"+d.Name
}

func (k *keeper) AskOld(_ context.Context, name string) (account.Snapshot, bool, error) {
	k.asked = append(k.asked, name)
	if k.refused {
		_ = k.StepRotation(context.Background(), name, account.RotationDone)
	}
	for i, r := range k.rotations {
		if r.Profile == name {
			k.rotations[i].Refused = k.refused
		}
	}
	return k.old, k.refused, nil
}

func (k *keeper) Use(_ context.Context, name string) (active, said string, err error) {
	k.used = append(k.used, name)
	return cmp.Or(k.nearer, name), "using " + name, nil
}

func (k *keeper) Pin(_ context.Context, name string) (said string, err error) {
	k.pinned = append(k.pinned, name)
	return "pinned " + name, k.fail
}

func (k *keeper) Snooze(_ context.Context, names []string, until, note string) (said string, err error) {
	all := strings.Join(names, ",")
	k.snoozed = append(k.snoozed, all+" "+until+" "+note)
	return "snoozed " + all, k.fail
}

func (k *keeper) OpenURL(_ context.Context, url string) error {
	k.opened = append(k.opened, url)
	return nil
}

func (k *keeper) config(t *testing.T) *config.Config {
	t.Helper()
	c, err := config.Parse("config.toml", k.data, knownProviders())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// kept is a dashboard of a file that a keeper keeps.
func kept(t *testing.T, w, h int) (*bench, *keeper) {
	t.Helper()
	k := &keeper{data: []byte(keptFile), answer: sampleSnapshots()[0]}
	b := newBench(Options{Config: k.config(t), Manage: k})
	b.send(tea.WindowSizeMsg{Width: w, Height: h})
	b.pending = nil
	return b, k
}

// settleAll runs what is to be run, and what follows from it, and reloads the
// file.
func (b *bench) settleAll(t *testing.T, k *keeper) {
	t.Helper()
	for range 3 {
		if len(b.pending) == 0 {
			break
		}
		for _, m := range b.run(t) {
			b.send(m)
		}
	}
	b.send(ConfigMsg{Config: k.config(t)})
}

func names(b *bench) string {
	var all []string
	for _, r := range b.roster.rows {
		all = append(all, r.name)
	}
	return strings.Join(all, " ")
}

func TestAddingAProfile(t *testing.T) { synctest.Test(t, testAddingAProfile) }

func testAddingAProfile(t *testing.T) {
	b, k := kept(t, 100, 30)
	b.press("a")
	b.wants(t, "Add a profile", "[ Test ]", "[ Cancel ]")
	// q is a letter here, and a name that is taken is told when it is left.
	b.write("work")
	b.lacks(t, "already")
	b.press("tab")
	b.wants(t, `there is a profile "work" already`)
	b.press("shift+tab", "ctrl+u")
	b.write("qq")
	b.press("tab", "tab", "tab")
	b.wants(t, "keyring of the system")
	b.press("tab", "tab")
	b.wants(t, "rollcall/qq")
	b.send(tea.PasteMsg{Content: "s3cret-token\n"})
	b.lacks(t, "s3cret")
	b.wants(t, "************")
	b.press("tab")
	b.write("My own")
	b.press("tab")
	b.write("prod, eu")
	b.press("enter")
	b.wants(t, "Asking Katapult who you would be")
	if len(k.tried) != 0 {
		t.Fatal("Update asks itself")
	}
	for _, m := range b.run(t) {
		b.send(m)
	}
	d := k.tried[0]
	if d.Name != "qq" || d.Provider != "katapult" || d.Source != credential.SourceKeyring || d.Reference != "rollcall/qq" ||
		d.Label != "My own" || !slices.Equal(d.Tags, []string{"prod", "eu"}) || k.secrets[0] != "s3cret-token" {
		t.Errorf("tried %+v with %q", d, k.secrets[0])
	}
	b.wants(t, "You would be Sam Roe (user_8bXgZk3QpL)", "healthy", "[ Save ]", "[ Change ]")
	b.press("enter")
	b.settleAll(t, k)
	b.wants(t, "added qq; U undoes")
	if names(b) != "work lab qq" || b.selection.current().name != "qq" || !strings.Contains(string(k.data), "# from the lab") {
		t.Errorf("profiles %s, %s selected:\n%s", names(b), b.selection.current().name, k.data)
	}
	if strings.Contains(string(k.data), "s3cret") {
		t.Error("the secret is in the file")
	}
	b.press("U")
	b.settleAll(t, k)
	b.wants(t, "undid it; ctrl+y does it again")
	b.press("ctrl+y")
	b.settleAll(t, k)
	b.wants(t, "did it again; U undoes")
	if names(b) != "work lab qq" {
		t.Errorf("done again: %s", names(b))
	}
	b.press("U")
	b.settleAll(t, k)
	if names(b) != "work lab" {
		t.Errorf("after undo: %s", names(b))
	}
}

func TestAFailedTestCanBeSavedOnPurpose(t *testing.T) {
	synctest.Test(t, testAFailedTestCanBeSavedOnPurpose)
}

func testAFailedTestCanBeSavedOnPurpose(t *testing.T) {
	b, k := kept(t, 100, 30)
	k.answer = sampleSnapshots()[8]
	b.press("E", "up", "up")
	b.wants(t, "Edit work", "environment variable", "WORK")
	b.press("enter")
	for _, m := range b.run(t) {
		b.send(m)
	}
	b.wants(t, "invalid token", "to do", "[ Save anyway ]")
	// What enter does at first is to go back and mend it.
	b.press("enter")
	b.wants(t, "[ Test ]")
	b.press("up", "up", "enter")
	for _, m := range b.run(t) {
		b.send(m)
	}
	b.press("left", "enter")
	b.settleAll(t, k)
	b.wants(t, "changed work")
}

func TestEscapeDuringTheTestCancelsIt(t *testing.T) {
	synctest.Test(t, testEscapeDuringTheTestCancelsIt)
}

func testEscapeDuringTheTestCancelsIt(t *testing.T) {
	b, k := kept(t, 100, 30)
	b.press("E", "up", "up", "enter")
	asking := b.pending[len(b.pending)-1]
	b.press("esc")
	b.wants(t, "[ Test ]")
	for _, m := range collect(asking) {
		b.send(m)
	}
	if !k.canceled {
		t.Error("the asking goes on")
	}
	b.lacks(t, "You would be")
	b.press("esc")
	if b.overlays.top() != nil {
		t.Error("a form in which nothing was written does not close")
	}
}

func TestRenamingDuplicatingAndMoving(t *testing.T) {
	synctest.Test(t, testRenamingDuplicatingAndMoving)
}

func testRenamingDuplicatingAndMoving(t *testing.T) {
	b, k := kept(t, 100, 30)
	b.press("J")
	b.wants(t, "profiles move where the list is in the order of the file: s and then f sorts it so")
	b.press("s", "f", "n", "enter")
	b.wants(t, "this is its name already")
	b.press("ctrl+u")
	b.write("job")
	b.press("enter")
	b.settleAll(t, k)
	if names(b) != "job lab" || b.selection.current().name != "job" {
		t.Errorf("renamed: %s, %s selected", names(b), b.selection.current().name)
	}
	b.press("D", "enter")
	b.settleAll(t, k)
	if names(b) != "job job-copy lab" || b.selection.current().name != "job-copy" {
		t.Errorf("duplicated: %s, %s selected", names(b), b.selection.current().name)
	}
	b.press("J")
	b.settleAll(t, k)
	if names(b) != "job lab job-copy" || b.selection.current().name != "job-copy" {
		t.Errorf("moved: %s, %s selected", names(b), b.selection.current().name)
	}
	b.press("K")
	b.settleAll(t, k)
	b.press("X")
	b.settleAll(t, k)
	b.wants(t, "switched off job-copy")
	if b.selection.current().snap.Health.State != account.Disabled {
		t.Errorf("job-copy is %s", b.selection.current().snap.Health.State)
	}
	b.press("X")
	b.settleAll(t, k)
	if b.selection.current().snap.Health.State != account.Checking {
		t.Errorf("job-copy is %s", b.selection.current().snap.Health.State)
	}
	b.press("delete")
	b.wants(t, "Remove job-copy from the configuration?", "[ Remove ]", "[ Keep ]")
	b.press("esc", "delete", "enter")
	b.settleAll(t, k)
	b.lacks(t, "removed job-copy", "[ Keep ]")
	if names(b) != "job job-copy lab" {
		t.Errorf("a key too many has removed one: %s", names(b))
	}
	b.press("delete", "tab", "enter")
	b.settleAll(t, k)
	b.wants(t, "removed job-copy; U undoes")
	if names(b) != "job lab" {
		t.Errorf("removed: %s", names(b))
	}
}

func TestUsingAProfile(t *testing.T) { synctest.Test(t, testUsingAProfile) }

func testUsingAProfile(t *testing.T) {
	b, k := kept(t, 120, 30)
	b.lacks(t, "★")
	b.press("down", "u")
	b.settleAll(t, k)
	b.wants(t, "lab ★")
	if !slices.Equal(k.used, []string{"lab"}) {
		t.Errorf("used %v", k.used)
	}
}

func TestWhatIsNotSavedIsShownWithItsLines(t *testing.T) {
	synctest.Test(t, testWhatIsNotSavedIsShownWithItsLines)
}

func testWhatIsNotSavedIsShownWithItsLines(t *testing.T) {
	b, k := kept(t, 100, 30)
	path := t.TempDir() + "/config.toml"
	k.fail = config.Save(path+"/none/config.toml", func([]byte) ([]byte, error) { return nil, errors.New("no luck\x1b[31m") })
	if k.fail == nil {
		t.Skip("it was saved")
	}
	b.press("X")
	for _, m := range b.run(t) {
		b.send(m)
	}
	b.wants(t, "That did not work")
	if strings.Contains(b.View().Content, "\x1b[31mno") {
		t.Error("an escape sequence gets through")
	}
	b.press("esc")
	if b.overlays.top() != nil {
		t.Error("escape does not close it")
	}

	// The palette makes way for what there is to write by hand.
	blocked := t.TempDir() + "/file"
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	k.fail = config.Save(blocked+"/config.toml", func([]byte) ([]byte, error) { return []byte("tags = 1\n"), nil })
	b.press(":")
	b.write("tag +x")
	b.press("enter")
	for _, m := range b.run(t) {
		b.send(m)
	}
	b.wants(t, "That did not work", "put a folder in place of the file")
	b.press("esc")
	if b.overlays.top() != nil {
		t.Error("the palette stays")
	}
}

// What another run has done is undone once the person has seen what that is.
func TestUndoOfAnotherRunAsks(t *testing.T) { synctest.Test(t, testUndoOfAnotherRunAsks) }

func testUndoOfAnotherRunAsks(t *testing.T) {
	b, k := kept(t, 100, 30)
	k.before, k.data, k.foreign = k.data, []byte("changed"), 7
	press := func(key string) {
		t.Helper()
		b.press(key)
		for _, m := range b.run(t) {
			b.send(m)
		}
	}
	press("U")
	b.wants(t, "Another run of rollcall has done this: tagged work, 2m ago.", "[ Take it back ]")
	press("enter")
	if b.overlays.top() != nil || string(k.data) != "changed" {
		t.Errorf("enter has undone it: %s", k.data)
	}
	press("U")
	b.press("left")
	press("enter")
	b.wants(t, "undid it")
	if string(k.data) == "changed" {
		t.Error("it was not undone")
	}
}

// Where there is nobody to change anything, the keys say so.
func TestNothingCanBeChanged(t *testing.T) {
	for _, key := range strings.Fields("a E n D X delete J K U u") {
		b := mixed(Options{}, 120, 36).filed()
		b.press(key)
		b.wants(t, "profiles cannot be changed here")
		if b.overlays.top() != nil {
			t.Errorf("%s opens something", key)
		}
	}
}

func TestOpeningPages(t *testing.T) { synctest.Test(t, testOpeningPages) }

func testOpeningPages(t *testing.T) {
	b, k := kept(t, 160, 45)
	s := sampleSnapshots()[0]
	a := *s.Account
	a.User.URL = "https://example.org/u/1"
	a.Organizations = slices.Clone(a.Organizations)
	a.Organizations[0].URL, a.Organizations[1].URL = "https://example.org/o/1", "file:///etc/passwd"
	s.Account = &a
	b.send(account.Event{Snapshots: []account.Snapshot{s}})
	b.press("O")
	b.run(t)
	b.press("tab", "tab", "O")
	b.run(t)
	b.press("down", "O")
	b.wants(t, "no page is known of this")
	if fmt.Sprint(k.opened) != "[https://example.org/u/1 https://example.org/o/1]" {
		t.Errorf("opened %v", k.opened)
	}
	if link := "\x1b]8;;https://example.org/u/1\x07"; !strings.Contains(b.View().Content, link) {
		t.Error("the page is no link")
	}
	checkSize(t, b, 160, 45)
}
