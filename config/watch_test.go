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
	steps := []watchStep{
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
		steps = append(steps, watchStep{"opened to others", func() { must(t, os.Chmod(path+"2", 0o644)) }, 2, 1})
	}
	c, err := Parse(link, nil, Services{})
	must(t, err)
	checkWatch(t, c, steps)
}

// watchStep is what happens to files, and how often that is to be told in how
// many looks.
type watchStep struct {
	name  string
	do    func()
	ticks int
	want  int64
}

// checkWatch watches as the dashboard does: it reads the file again when it is
// told to.
func checkWatch(t *testing.T, c *Config, steps []watchStep) {
	t.Helper()
	checkTold(t, steps, func(ctx context.Context, tell func()) {
		Watch(ctx, c, func() *Config {
			tell()
			now, _ := Load(c.Path, Services{})
			return now
		})
	})
}

// checkTold counts what a watch tells.
func checkTold(t *testing.T, steps []watchStep, watch func(ctx context.Context, tell func())) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var told atomic.Int64
		go watch(ctx, func() { told.Add(1) })
		for _, step := range steps {
			synctest.Wait()
			told.Store(0)
			step.do()
			time.Sleep(time.Duration(step.ticks) * watchInterval)
			synctest.Wait()
			if got := told.Load(); got != step.want {
				t.Errorf("%s: told %d times, want %d", step.name, got, step.want)
			}
		}
	})
}

// What changed before anybody watched is told, too, and once.
func TestWatchSinceItWasRead(t *testing.T) {
	t.Parallel()
	path := savedFile(t, "expiry_warning = '1d'\n")
	c, err := Load(path, Services{})
	must(t, err)
	writeFile(t, path, "expiry_warning = '2d'\n")
	checkWatch(t, c, []watchStep{{"already changed", func() {}, 3, 1}})
}

// It is told when a project file comes, changes or goes in the folder or above it.
func TestWatchProjects(t *testing.T) {
	t.Parallel()
	q := question(t)
	project := filepath.Join(filepath.Dir(q.Dir), ".rollcall.toml")
	nearer := filepath.Join(q.Dir, ".rollcall.toml")
	steps := []watchStep{
		{"nothing", func() {}, 3, 0},
		{"made above", func() { writeFile(t, project, "profile = 'd'\n") }, 2, 1},
		{"made", func() { writeFile(t, nearer, "profile = 'e'\n") }, 2, 1},
		{"changed", func() { writeFile(t, nearer, "profile = 'f'\n") }, 2, 1},
		{"removed", func() { must(t, os.Remove(nearer)) }, 3, 1},
		{"elsewhere", func() { writeFile(t, filepath.Join(t.TempDir(), ".rollcall.toml"), "profile = 'a'\n") }, 3, 0},
	}
	checkTold(t, steps, func(ctx context.Context, tell func()) { WatchProjects(ctx, q.Dir, tell) })
}

// The file of a theme is a part of the configuration that names it, whether it
// is there or not.
func TestWatchTheme(t *testing.T) {
	t.Parallel()
	path := savedFile(t, "ui.theme = 'dusk'\n")
	themes := filepath.Join(filepath.Dir(path), "themes")
	theme := func(name string) string { return filepath.Join(themes, name+".toml") }
	must(t, os.Mkdir(themes, 0o700))
	c, err := Load(path, Services{})
	must(t, err)
	checkWatch(t, c, []watchStep{
		{"nothing", func() {}, 3, 0},
		{"made", func() { writeFile(t, theme("dusk"), "ok = 1\n") }, 1, 1},
		{"changed", func() { writeFile(t, theme("dusk"), "ok = 2\n") }, 2, 1},
		{"broken", func() { writeFile(t, theme("dusk"), "ok =\n") }, 2, 1},
		{"another", func() { writeFile(t, theme("dawn"), "ok = 1\n") }, 2, 0},
		{"another named", func() { writeFile(t, path, "ui.theme = 'dawn'\n") }, 2, 1},
		{"another changed", func() { writeFile(t, theme("dawn"), "ok = 3\n") }, 2, 1},
		{"not named any more", func() { writeFile(t, theme("dusk"), "ok = 3\n") }, 2, 0},
		{"a file that is not TOML", func() { writeFile(t, path, "ui = dawn\n") }, 2, 1},
		{"still the last that was", func() { writeFile(t, theme("dawn"), "ok = 4\n") }, 2, 1},
		{"removed", func() { must(t, os.Remove(theme("dawn"))) }, 3, 1},
	})
}

// A volume of Kubernetes, and a store that other software manages, change where
// a link leads: of all files at once, which are as old as before.
func TestWatchLinkedFolders(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	version := func(name, text string) {
		must(t, os.MkdirAll(filepath.Join(dir, name, "themes"), 0o700))
		writeFile(t, filepath.Join(dir, name, "config.toml"), "ui.theme = 'dusk'\n"+text)
		writeFile(t, filepath.Join(dir, name, "themes", "dusk.toml"), "ok = 1\n")
		for _, file := range []string{"config.toml", "themes/dusk.toml"} {
			must(t, os.Chtimes(filepath.Join(dir, name, file), time.Unix(1, 0), time.Unix(1, 0)))
		}
	}
	swap := func(name string) {
		must(t, os.Symlink(name, filepath.Join(dir, "..data_tmp")))
		must(t, os.Rename(filepath.Join(dir, "..data_tmp"), filepath.Join(dir, "..data")))
	}
	version("..1", "")
	if err := os.Symlink("..1", filepath.Join(dir, "..data")); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	path := filepath.Join(dir, "config.toml")
	must(t, os.Symlink(filepath.Join("..data", "config.toml"), path))
	must(t, os.Symlink(filepath.Join("..data", "themes"), filepath.Join(dir, "themes")))
	c, err := Load(path, Services{})
	must(t, err)
	if len(c.Problems) > 0 {
		t.Fatal(c.Problems)
	}
	checkWatch(t, c, []watchStep{
		{"a new version", func() { version("..2", "# 2\n"); swap("..2") }, 2, 1},
		{"the old one goes", func() { must(t, os.RemoveAll(filepath.Join(dir, "..1"))) }, 2, 0},
		{"the same in another place", func() { version("..3", "# 2\n"); swap("..3") }, 2, 0},
	})
}
