package config

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Every way in which a file becomes another is seen within a second, once; and
// what an editor does in between is not.
func TestWatch(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "dotfiles", "config.toml")
	link := filepath.Join(dir, "config.toml")
	must(t, os.Mkdir(filepath.Dir(path), 0o700))
	if err := os.Symlink(path, link); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	replace := func(text string) {
		must(t, os.WriteFile(path+".new", []byte(text), 0o600))
		must(t, os.Rename(path+".new", path))
	}
	type step struct {
		name  string
		do    func()
		ticks int
		want  int64
	}
	steps := []step{
		{"nothing", func() {}, 3, 0},
		{"made", func() { writeFile(t, path, "a = 1\n") }, 1, 1},
		{"the same again", func() { writeFile(t, path, "a = 1\n") }, 2, 0},
		{"written in place", func() { writeFile(t, path, "a = 2\n") }, 1, 1},
		{"as long, and as old", func() {
			info, err := os.Stat(path)
			must(t, err)
			writeFile(t, path, "a = 3\n")
			must(t, os.Chtimes(path, info.ModTime(), info.ModTime()))
		}, 1, 1},
		{"renamed over", func() { replace("a = 4\n") }, 1, 1},
		{"saved by rollcall", func() { must(t, Save(link, put("a = 5\n"))) }, 1, 1},
		{"truncated", func() { writeFile(t, path, "") }, 1, 0},
		{"and written", func() { writeFile(t, path, "a = 6\n") }, 1, 1},
		{"away", func() { must(t, os.Rename(path, path+"~")) }, 1, 0},
		{"and back", func() { must(t, os.Rename(path+"~", path)) }, 2, 0},
		{"removed", func() { must(t, os.Remove(path)) }, 2, 1},
		{"still gone", func() {}, 3, 0},
		{"a folder", func() { must(t, os.Mkdir(path, 0o700)) }, 2, 1},
		{"a file again", func() { must(t, os.Remove(path)); writeFile(t, path, "a = 7\n") }, 1, 1},
		{"linked to another", func() {
			writeFile(t, path+"2", "a = 8\n")
			must(t, os.Remove(link))
			must(t, os.Symlink(path+"2", link))
		}, 1, 1},
		{"emptied", func() { writeFile(t, path+"2", "") }, 2, 1},
	}
	if runtime.GOOS != "windows" {
		steps = append(steps, step{"opened to others", func() { must(t, os.Chmod(path+"2", 0o644)) }, 2, 1})
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var seen atomic.Int64
		go Watch(ctx, link, func() { seen.Add(1) })
		for _, step := range steps {
			synctest.Wait()
			seen.Store(0)
			step.do()
			time.Sleep(time.Duration(step.ticks) * watchInterval)
			synctest.Wait()
			if got := seen.Load(); got != step.want {
				t.Errorf("%s: %d changes, want %d", step.name, got, step.want)
			}
		}
	})
}
