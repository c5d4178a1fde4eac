package store_test

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// filler gives every field below a value another value than zero, each its own,
// as exact as the store keeps it.
type filler struct{ n int64 }

func (f *filler) fill(v reflect.Value, path string) {
	f.n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(lately.Add(time.Duration(f.n) * time.Second)))
		return
	case time.Duration:
		v.SetInt(int64(time.Duration(f.n) * time.Microsecond))
		return
	case account.CaveatKind:
		v.SetInt(1 + f.n%int64(account.CaveatFurther-1))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("%s <&> \x00 ü %d", path, f.n))
	case reflect.Int, reflect.Int64:
		v.SetInt(f.n)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i), path+"."+v.Type().Field(i).Name)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), path)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			f.fill(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	default:
		panic(path + " is of a kind that the test does not know")
	}
}

// full is a snapshot of which every field is set, and what the store is to give
// back of it. A field that is not kept is named here.
func full() (saved, want account.Snapshot) {
	new(filler).fill(reflect.ValueOf(&saved).Elem(), "Snapshot")
	saved.Stated = nil // There is an account; TestStatedIsKept has none.
	saved.Health.CheckedAt = lately.Add(time.Hour)
	for i := range saved.History {
		saved.History[i].At = lately.Add(time.Hour + time.Duration(i-1)*time.Minute)
	}
	for i := range saved.Changes {
		saved.Changes[i].At = lately.Add(time.Hour)
	}
	want = saved
	want.Service, want.Origin = "", "" // The configuration knows them.
	want.Snooze = account.Snooze{}     // It is a decision, and has its own table.
	want.History = nil                 // It is the past, and read where it is looked at.
	want.Busy, want.Details.Busy, want.NextAt, want.Longer = false, false, time.Time{}, 0
	want.Named = "" // It is a place.
	want.Restored = true
	return saved, want.Harmless() // Others may have written it.
}

// kept saves a snapshot, and returns what the next run has of it.
func kept(t *testing.T, dir string, s account.Snapshot) account.Snapshot {
	t.Helper()
	state := opened(t, dir)
	state.Save(s)
	closed(t, state)
	state = opened(t, dir)
	defer closed(t, state)
	got, ok := state.Snapshot(s.Profile, s.Endpoint)
	if !ok {
		t.Fatalf("%s is not known", s.Profile)
	}
	if all := state.Snapshots(); len(all) != 1 || !reflect.DeepEqual(all[0], got) {
		t.Errorf("all together are\n%+v\nnot\n%+v", all, got)
	}
	return got
}

// A field that the schema forgets makes this test fail.
func TestEveryFieldIsKept(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state", "rollcall")
	saved, want := full()
	if got := kept(t, dir, saved); !reflect.DeepEqual(got, want) {
		t.Errorf("it came back with %s", differences(reflect.ValueOf(got), reflect.ValueOf(want), "Snapshot"))
	}
	s := opened(t, dir)
	last := saved.History[len(saved.History)-1]
	last.Exchange = nil
	if past := s.Past(saved.Profile, saved.Endpoint); !reflect.DeepEqual(past.Checks, []account.Check{last}) || !reflect.DeepEqual(past.Changes, saved.Changes) {
		t.Errorf("its past came back as\n%+v\nnot\n%+v\n%+v", past, last, saved.Changes)
	}
}

// differences names the fields that differ.
func differences(got, want reflect.Value, path string) string {
	if reflect.DeepEqual(got.Interface(), want.Interface()) {
		return ""
	}
	switch {
	case got.Kind() == reflect.Pointer && !got.IsNil() && !want.IsNil():
		return differences(got.Elem(), want.Elem(), path)
	case got.Kind() == reflect.Struct && got.Type() != reflect.TypeFor[time.Time]():
		var all []string
		for i := range got.NumField() {
			if d := differences(got.Field(i), want.Field(i), path+"."+got.Type().Field(i).Name); d != "" {
				all = append(all, d)
			}
		}
		return strings.Join(all, "\n")
	}
	return fmt.Sprintf("%s %+v, want %+v", path, got, want)
}

// What is not known stays unknown, and is told from what is known to be nothing.
func TestNothingIsKeptAsNothing(t *testing.T) {
	t.Parallel()
	bare := account.Snapshot{Profile: "a", Health: account.Health{State: account.Unreachable}}
	want := bare
	want.Restored = true
	if got := kept(t, t.TempDir(), bare); !reflect.DeepEqual(got, want) {
		t.Errorf("it came back as %+v", got)
	}
	for _, a := range []account.Account{
		{User: account.User{ID: "u"}},
		{Organizations: []account.Organization{}, Token: account.Token{Scopes: []string{}, Networks: []string{}}},
	} {
		s := sample("a", lately)
		s.Account = &a
		if got := kept(t, t.TempDir(), s); !reflect.DeepEqual(*got.Account, a) {
			t.Errorf("it came back as %+v, want %+v", *got.Account, a)
		}
	}
}

// leaves are the fields below a value that hold no others.
func leaves(v reflect.Value, path string, each func(reflect.Value, string)) {
	switch {
	case v.Kind() == reflect.Pointer:
		leaves(v.Elem(), path, each)
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			leaves(v.Index(i), fmt.Sprintf("%s[%d]", path, i), each)
		}
	case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]():
		for i := range v.NumField() {
			leaves(v.Field(i), path+"."+v.Type().Field(i).Name, each)
		}
	default:
		each(v, path)
	}
}

// A later check that tells one thing otherwise is kept, whatever it is: rows
// that are the same are left alone.
func TestEveryFieldIsWrittenAgain(t *testing.T) {
	t.Parallel()
	alone(t)
	s := opened(t, t.TempDir())
	changedFields := 0
	saved, _ := full()
	leaves(reflect.ValueOf(&saved).Elem(), "", func(v reflect.Value, path string) {
		switch {
		// They are the key, not kept, or joined with what was known before.
		case path == ".Profile" || path == ".Endpoint" || path == ".Service" || path == ".Origin" || path == ".Named" || path == ".Busy" || path == ".NextAt" || path == ".Longer" ||
			path == ".Restored" || path == ".Stated" || path == ".Details.Busy" || path == ".Since",
			strings.HasPrefix(path, ".History"), strings.HasPrefix(path, ".Changes"), strings.HasPrefix(path, ".Snooze"):
			return
		}
		changedFields++
		(&filler{n: 1000 + int64(changedFields)}).fill(v, path)
		if v.Kind() == reflect.Bool {
			v.SetBool(false)
		}
		if path == ".Health.CheckedAt" {
			v.Set(reflect.ValueOf(lately.Add(2 * time.Hour)))
		}
		s.Save(saved)
		s.Flush()
		got, _ := s.Snapshot(saved.Profile, saved.Endpoint)
		want := reflect.ValueOf(saved.Harmless())
		var gotAt, wantAt any
		leaves(reflect.ValueOf(&got).Elem(), "", func(v reflect.Value, p string) {
			if p == path {
				gotAt = v.Interface()
			}
		})
		leaves(want, "", func(v reflect.Value, p string) {
			if p == path {
				wantAt = v.Interface()
			}
		})
		if !reflect.DeepEqual(gotAt, wantAt) {
			t.Errorf("%s is %v, want %v", path, gotAt, wantAt)
		}
	})
	if changedFields < 80 {
		t.Errorf("only %d fields were changed", changedFields)
	}
}

// What a token says of itself is kept where nobody is known, and goes where somebody
// is.
func TestStatedIsKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := sample("refused", lately)
	known := s.Account
	s.Health.State, s.Account, s.AccountAt = account.NetworkDenied, nil, time.Time{}
	s.Stated = new(account.Token)
	new(filler).fill(reflect.ValueOf(s.Stated).Elem(), "Stated")
	s = s.Harmless()
	if got := kept(t, dir, s); got.Account != nil || !reflect.DeepEqual(got.Stated, s.Stated) {
		t.Errorf("it came back with %s, account %+v", differences(reflect.ValueOf(got.Stated), reflect.ValueOf(s.Stated), ""), got.Account)
	}
	again := s
	again.Stated = &account.Token{ID: "another", Networks: []string{}}
	again.Health.CheckedAt = s.Health.CheckedAt.Add(time.Minute)
	if got := kept(t, dir, again); !reflect.DeepEqual(got.Stated, again.Stated) {
		t.Errorf("another token is %+v", got.Stated)
	}
	again.Stated, again.Account, again.AccountAt = nil, known, s.Health.CheckedAt.Add(2*time.Minute)
	again.Health.CheckedAt = again.AccountAt
	if got := kept(t, dir, again); got.Stated != nil || !reflect.DeepEqual(got.Account, known) {
		t.Errorf("of an answer came back %+v, %+v", got.Stated, got.Account)
	}
}

// An answer of megabytes is shown, but not kept.
func TestLargeAccountIsNotKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	large, small := sample("large", lately), sample("small", lately)
	s.Save(large)
	s.Flush()
	if got, _ := stored(s, "large"); got.Account == nil {
		t.Fatal("a small account is not kept")
	}
	large.Account = &account.Account{User: account.User{ID: "u1"}}
	for i := range 20_000 {
		large.Account.Organizations = append(large.Account.Organizations, account.Organization{ID: fmt.Sprintf("org_%016d", i), Name: "Acme"})
	}
	s.Save(large)
	s.Save(small)
	closed(t, s)
	s = opened(t, dir)
	got, ok := stored(s, "large")
	if !ok || got.Account != nil || !got.AccountAt.IsZero() || got.Health != large.Health || len(s.Past("large", large.Endpoint).Checks) != 1 {
		t.Errorf("of the large one is left %+v", got)
	}
	if got, _ := stored(s, "small"); got.Account == nil {
		t.Error("the small one was cut, too")
	}
	if info := s.Info(); info.Size > 200<<10 {
		t.Errorf("the database has %d bytes", info.Size)
	}
}

// In memory everything is known, and nothing is written.
func TestInMemory(t *testing.T) {
	t.Parallel()
	s := opened(t, "")
	saved, want := full()
	s.Save(saved)
	s.PinOnce(saved.Profile, saved.Endpoint, "u1")
	if got, _ := s.Snapshot(saved.Profile, saved.Endpoint); !reflect.DeepEqual(got, want) {
		t.Errorf("it came back with %s", differences(reflect.ValueOf(got), reflect.ValueOf(want), ""))
	}
	if id, _ := s.Pin(saved.Profile, saved.Endpoint); id != "u1" || s.Path() != "" || s.Info().Path != "" {
		t.Errorf("it is pinned to %q, %+v", id, s.Info())
	}
	closed(t, s)
}

// A folder is made when there is something to keep, not before.
func TestLookingWritesNothing(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state", "rollcall")
	s := opened(t, dir)
	s.Retain([][2]string{{"a", "b"}})
	if _, ok := stored(s, "work"); ok || len(s.Snapshots()) != 0 || len(s.Journal(5)) != 0 || len(s.ChangesSince(lately)) != 0 {
		t.Error("something is known")
	}
	if _, ok := s.Pin("work", "https://a.example"); ok || !s.Snoozed("work", "").Until.IsZero() {
		t.Error("something was decided")
	}
	if _, held := s.Cooldown("https://a.example", "x"); held {
		t.Error("a credential waits")
	}
	if c, err := s.Choices(); err != nil || c.Active != "" || len(c.Folders) != 0 {
		t.Errorf("chosen are %+v, %v", c, err)
	}
	if err := s.Rename("a", "c", "b"); err != nil {
		t.Error(err)
	}
	if err := s.RenameChoices("a", "c"); err != nil {
		t.Error(err)
	}
	closed(t, s)
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(filepath.Dir(dir)), "*")); len(left) != 0 {
		t.Errorf("there is %v", left)
	}
}

func TestRelativeFolder(t *testing.T) {
	t.Parallel()
	if _, _, err := store.Open("rollcall", config); err == nil {
		t.Error("a relative folder was taken")
	}
}
