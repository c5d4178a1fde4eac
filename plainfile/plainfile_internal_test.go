package plainfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A disk that does not answer is waited for only for so long.
func TestDiskThatHangs(t *testing.T) {
	t.Parallel()
	answer := make(chan struct{})
	defer close(answer)
	hangs := func(context.Context, *turn) (int, error) { <-answer; return 1, nil }
	_, err := bounded(t.Context(), time.Millisecond, "/disk/file", hangs, nil)
	if !errors.Is(err, ErrHangs) || err.Error() != "/disk/file could not be read within 10s; check the disk or the network that it is on" {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := bounded(ctx, time.Hour, "/disk/other", hangs, nil); err != context.Canceled {
		t.Error(err)
	}
}

// Whoever asks for the same again while a disk does not answer is told so soon, without
// asking it, and another path or a disk that has answered meanwhile is none the worse.
func TestDiskThatIsAskedAgain(t *testing.T) {
	t.Parallel()
	path, answer := filepath.Join(t.TempDir(), "file"), make(chan struct{})
	var asked, answered sync.WaitGroup
	answered.Add(1)
	_, err := bounded(t.Context(), time.Millisecond, path, func(context.Context, *turn) (int, error) {
		defer answered.Done()
		<-answer
		return 1, nil
	}, nil)
	if !errors.Is(err, ErrHangs) {
		t.Fatal(err)
	}
	answers := func(context.Context, *turn) (int, error) { return 2, nil }
	begun := time.Now()
	for range 10 {
		asked.Go(func() {
			if n, err := bounded(t.Context(), time.Hour, path, answers, nil); !errors.Is(err, ErrHangs) {
				t.Errorf("it was asked again: %d, %v", n, err)
			}
		})
	}
	asked.Wait()
	if took := time.Since(begun); took > time.Minute {
		t.Errorf("it took %s", took)
	}
	if n, err := bounded(t.Context(), time.Hour, path+".other", answers, nil); n != 2 || err != nil {
		t.Errorf("another path: %d, %v", n, err)
	}
	close(answer)
	answered.Wait()
	if n, err := bounded(t.Context(), time.Hour, path, answers, nil); n != 2 || err != nil {
		t.Errorf("after its answer: %d, %v", n, err)
	}
}

// What comes just as the wait for it ends is had by whoever waits or is undone: one of the
// two. What comes later is undone.
func TestLate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	for n := range 1000 {
		ctx, cancel := context.WithCancel(t.Context())
		answer := make(chan struct{})
		var had, undone atomic.Int64
		do := func(context.Context, *turn) (int, error) {
			go cancel()
			if n > 0 {
				go close(answer)
			}
			<-answer
			return 1, nil
		}
		if _, err := bounded(ctx, time.Hour, path, do, func(one int) { undone.Add(int64(one)) }); err == nil {
			had.Add(1)
		} else if err != context.Canceled {
			t.Fatal(err)
		}
		if n == 0 {
			close(answer)
		}
		// The next has its turn after that.
		if _, err := bounded(t.Context(), time.Hour, path, func(context.Context, *turn) (int, error) { return 1, nil }, nil); err != nil {
			t.Fatal(err)
		}
		if had.Load()+undone.Load() != 1 || n == 0 && undone.Load() != 1 {
			t.Fatalf("%d: had %d times, undone %d times", n, had.Load(), undone.Load())
		}
	}
}

// What waits for those who write the file of a path is done after the one for whom nobody
// waits any more, and at once where nobody writes.
func TestAfterwards(t *testing.T) {
	t.Parallel()
	path, answer, done := filepath.Join(t.TempDir(), "file"), make(chan struct{}), make(chan bool, 1)
	var written atomic.Bool
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Written(ctx, path, func(context.Context) (int, error) {
		cancel()
		<-answer
		written.Store(true)
		return 1, nil
	}, nil)
	if err != context.Canceled {
		t.Fatal(err)
	}
	Afterwards(path, func() { done <- written.Load() })
	select {
	case <-done:
		t.Fatal("it was done before")
	case <-time.After(50 * time.Millisecond): // Long enough for what does not wait.
	}
	close(answer)
	if !<-done {
		t.Error("it was done before")
	}
	Afterwards(path, func() { done <- true })
	select {
	case <-done:
	default:
		t.Error("it was not done at once")
	}
}

// A panic is had by whoever waits, and by nobody who asks for the same later.
func TestFault(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	func() {
		defer func() {
			if fault := recover(); fault != "a fault" {
				t.Errorf("told is %v", fault)
			}
		}()
		_, err := bounded(t.Context(), time.Hour, path, func(context.Context, *turn) (int, error) { panic("a fault") }, nil)
		t.Errorf("it went on with %v", err)
	}()
	if n, err := bounded(t.Context(), time.Hour, path, func(context.Context, *turn) (int, error) { return 1, nil }, nil); n != 1 || err != nil {
		t.Errorf("then it is %d, %v", n, err)
	}
}

// Those who ask for the same at once all get it, one after the other; one who is called
// off keeps nobody from it.
func TestTurns(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	var at, most atomic.Int64
	var all sync.WaitGroup
	for n := range 50 {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		if n%5 == 0 {
			cancel()
		}
		all.Go(func() {
			_, err := bounded(ctx, time.Hour, path, func(context.Context, *turn) (int, error) {
				most.Store(max(most.Load(), at.Add(1)))
				time.Sleep(time.Millisecond)
				at.Add(-1)
				return 1, nil
			}, nil)
			if err != ctx.Err() {
				t.Errorf("%v, want %v", err, ctx.Err())
			}
		})
	}
	all.Wait()
	if most.Load() != 1 {
		t.Errorf("%d at once", most.Load())
	}
}

// A name cannot be taken for a line of ours.
func TestNamed(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/home/søren/a b.toml":         "/home/søren/a b.toml",
		"a\nrollcall: all is well":     `"a\nrollcall: all is well"`,
		"a\x1b[2J":                     `"a\x1b[2J"`,
		"a\u202eb":                     `"a\u202eb"`,
		"a\u2028rollcall: all is well": `"a\u2028rollcall: all is well"`,
	} {
		if got := Named(path); got != want {
			t.Errorf("%q is named %s, want %s", path, got, want)
		}
	}
}

// A lock that was left is removed, and one that is held or that holds something stays.
func TestSweepLock(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "lock")
	there := func() bool { _, err := os.Lstat(path); return err == nil }
	unlock, err := Lock(path)
	if err != nil {
		t.Fatal(err)
	}
	if SweepLock(path); !there() {
		t.Error("a lock that is held was swept")
	}
	if _, err := Claim(path); !errors.Is(err, ErrLocked) {
		t.Errorf("a lock that is held was claimed: %v", err)
	}
	if unlock(); there() {
		t.Error("the lock is there after its end")
	}
	for text, stays := range map[string]bool{"": false, "a file of somebody else": true} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if SweepLock(path); there() != stays {
			t.Errorf("a file with %q: there %v", text, there())
		}
	}
}

// A folder that is missing is no lock that somebody holds: nobody is waited for.
func TestLockWithoutFolder(t *testing.T) {
	t.Parallel()
	begun := time.Now()
	unlock, err := Lock(filepath.Join(t.TempDir(), "none", "lock"))
	unlock()
	if !errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrLocked) || time.Since(begun) >= LockWait {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
}

// A file that has lost its name is not locked, and whoever waits in vain for one that
// keeps its name is told so.
func TestLockOfLostFile(t *testing.T) {
	t.Parallel()
	for name, lose := range map[string]func(path string) error{
		"removed": os.Remove,
		"replaced": func(path string) error {
			return errors.Join(os.Rename(path, path+".old"), os.WriteFile(path, nil, 0o600))
		},
	} {
		f, err := os.CreateTemp(t.TempDir(), "lock")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := lose(f.Name()); err != nil {
			t.Skip(err)
		}
		err = LockOpen(f)
		if !errors.Is(err, ErrLost) || !Taken(err) || Lockless(err) {
			t.Errorf("%s: %v", name, err)
		}
		if err := late("l", err); errors.Is(err, ErrLocked) || !errors.Is(err, ErrLost) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
