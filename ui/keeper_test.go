package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

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
		if d.Source != credential.SourceEnv {
			return "", fmt.Errorf("%w: it gives another", ErrNotStored)
		}
		for i, r := range k.rotations {
			if r.Profile == d.Name {
				k.rotations[i].Step = account.RotationRestart
			}
		}
		return "", fmt.Errorf("%w: it gives another", ErrRestart)
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
