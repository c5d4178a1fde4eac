package store_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/ratelimit"
	"rollcall/client/store"
)

const origin = "https://a.example"

func TestCooldownsOfAnotherStoreAreObeyed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		a, b := openedFor(t, dir, "/a"), openedFor(t, dir, "/b")
		until := time.Now().Add(time.Hour)
		if _, held := b.Cooldown(origin, "x"); held {
			t.Fatal("it waits from the beginning")
		}
		a.StartCooldown(origin, "x", until)
		if got, held := b.Cooldown(origin, "x"); !held || !got.Equal(until) {
			t.Errorf("it waits: %v, until %v", held, got)
		}
		for _, other := range [][2]string{{"https://b.example", "x"}, {origin, "y"}, {origin + "x", ""}} {
			if _, held := b.Cooldown(other[0], other[1]); held {
				t.Errorf("%v waits, too", other)
			}
		}
		b.StartCooldown(origin, "x", until.Add(-time.Minute))
		if got, _ := a.Cooldown(origin, "x"); !got.Equal(until) {
			t.Errorf("an earlier time won: %v", got)
		}
		b.StartCooldown(origin, "x", until.Add(time.Minute))
		if got, _ := a.Cooldown(origin, "x"); !got.Equal(until.Add(time.Minute)) {
			t.Errorf("the later time lost: %v", got)
		}
		time.Sleep(time.Hour + time.Minute)
		if _, held := a.Cooldown(origin, "x"); held {
			t.Error("it never ends")
		}
	})
}

func TestCooldownsThatAreOverAreForgotten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s := opened(t, dir)
		s.StartCooldown(origin, "one", time.Now().Add(time.Minute))
		time.Sleep(time.Hour)
		opened(t, dir).StartCooldown(origin, "two", time.Now().Add(time.Minute))
		if n := ask(t, dir, "SELECT count(*) FROM cooldowns"); n != 1 {
			t.Errorf("%d are kept", n)
		}
		if n := ask(t, dir, "SELECT length(cooldown_key) FROM meta"); n != 32 {
			t.Errorf("the key has %d bytes", n)
		}
	})
}

func TestCooldownsOutliveTheDatabase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	until := now().Add(time.Hour)
	s.StartCooldown(origin, "x", until)
	for _, name := range entries(t, dir) {
		if err := os.Remove(dir + "/" + name); err != nil {
			t.Fatal(err)
		}
	}
	opened(t, dir).StartCooldown(origin, "y", until)
	if _, held := s.Cooldown(origin, "x"); !held {
		t.Error("this run forgot what it was told")
	}
	s.StartCooldown(origin, "z", until)
	for _, credential := range []string{"y", "z"} {
		if _, held := s.Cooldown(origin, credential); !held {
			t.Errorf("the new database does not count for %s", credential)
		}
	}
}

func TestManyCooldownsAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	until := now().Add(time.Hour)
	var running sync.WaitGroup
	for i := range 300 {
		running.Go(func() { s.StartCooldown(origin, fmt.Sprint(i), until) })
	}
	running.Wait()
	s.Flush()
	other := opened(t, dir)
	for i := range 300 {
		if _, held := other.Cooldown(origin, fmt.Sprint(i)); !held {
			t.Fatalf("cooldown %d was lost", i)
		}
	}
}

func TestCooldownsInMemory(t *testing.T) {
	t.Parallel()
	s := opened(t, "")
	s.StartCooldown(origin, "x", now().Add(time.Hour))
	if _, held := s.Cooldown(origin, "x"); !held {
		t.Error("it does not wait")
	}
	if _, held := s.Trial().Cooldown(origin, "x"); !held {
		t.Error("a trial does not wait")
	}
}

// What seems to last longer than any time that is believed was written while the
// clock was wrong.
func TestCooldownOfAWrongClock(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		a, b := opened(t, dir), opened(t, dir)
		a.StartCooldown(origin, "x", time.Now().AddDate(1, 0, 0))
		a.StartCooldown(origin, "longest", time.Now().Add(ratelimit.MaxWait+time.Minute))
		for _, s := range []*store.Store{a, b} {
			if until, held := s.Cooldown(origin, "x"); held {
				t.Errorf("it waits until %v", until)
			}
			if _, held := s.Cooldown(origin, "longest"); !held {
				t.Error("the longest wait does not count")
			}
		}
		want := time.Now().Add(time.Minute)
		b.StartCooldown(origin, "x", want)
		for _, s := range []*store.Store{a, b, opened(t, dir)} {
			if until, _ := s.Cooldown(origin, "x"); !until.Equal(want) {
				t.Errorf("then it waits until %v", until)
			}
		}
	})
}

// What an earlier version kept for longer than a day ends a day after the first look, for
// whoever looks later, too.
func TestCooldownOfAnEarlierVersion(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s := opened(t, dir)
		s.StartCooldown(origin, "x", time.Now().Add(time.Hour))
		s.StartCooldown(origin, "y", time.Now().Add(time.Hour))
		s.Flush()
		month := time.Now().AddDate(0, 0, 30)
		do(t, database(dir), fmt.Sprint("UPDATE cooldowns SET until = ", month.UnixMilli()))
		want := time.Now().Add(ratelimit.MaxWait)
		for range 2 {
			for _, s := range []*store.Store{opened(t, dir), s} {
				for _, credential := range []string{"x", "y"} {
					if until, held := s.Cooldown(origin, credential); !held || until.After(want) || until.Before(want.Add(-time.Second)) {
						t.Errorf("%s waits: %v, until %v, want %v", credential, held, until, want)
					}
				}
			}
			time.Sleep(time.Hour)
		}
		time.Sleep(ratelimit.MaxWait)
		if until, held := opened(t, dir).Cooldown(origin, "x"); held {
			t.Errorf("a day later it waits until %v", until)
		}
	})
}

func init() {
	children["cooldowns"] = func() error {
		s, _, err := store.Open(os.Getenv(folderVariable), "/another")
		if err != nil {
			return err
		}
		questions := bufio.NewScanner(os.Stdin)
		for questions.Scan() {
			_, held := s.Cooldown(origin, strings.TrimSpace(questions.Text()))
			fmt.Println(held)
		}
		return s.Close()
	}
}

// Another process knows of a cooldown as soon as it was started.
func TestCooldownsOfAnotherProcessAreObeyed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	other := child(t, "cooldowns", dir)
	questions, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	answers, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(answers)
	asked := func(credential string) string {
		if _, err := io.WriteString(questions, credential+"\n"); err != nil {
			t.Fatal(err)
		}
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(line)
	}
	s := opened(t, dir)
	for i := range 20 {
		credential := fmt.Sprint("token", i)
		if got := asked(credential); got != "false" {
			t.Fatalf("%s waits from the beginning: %s", credential, got)
		}
		s.StartCooldown(origin, credential, now().Add(time.Hour))
		if got := asked(credential); got != "true" {
			t.Fatalf("the other process says %s of %s", got, credential)
		}
	}
	questions.Close()
	if err := other.Wait(); err != nil {
		t.Error(err)
	}
}

// child is another process with a store in a folder, of which the errors end the
// test.
func child(t testing.TB, name, dir string, more ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(append(os.Environ(), childVariable+"="+name, folderVariable+"="+dir), more...)
	c.Stderr = t.Output()
	return c
}
