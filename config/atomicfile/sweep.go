package atomicfile

import (
	"os"
	"path/filepath"
	"regexp"
	"time"

	"rollcall/plainfile"
)

// leftover is the name of a new file that has not got its own.
var leftover = regexp.MustCompile(`^\..+` + regexp.QuoteMeta(pendingMark) + `[0-9]+$`)

// unlockedAge is how old a new file is at least that its writer has left, where it is
// not locked while it is written.
const unlockedAge = time.Hour

// Sweep removes from a folder the new files of a person that never got their names,
// since the rollcall that wrote them was killed. There can be secrets in them. What
// one writes that is at work stays.
func Sweep(dir string) {
	entries, _ := plainfile.Folder(dir) // Without one, there is nothing of ours in it.
	for _, e := range entries {
		if leftover.MatchString(e.Name()) {
			sweep(filepath.Join(dir, e.Name()))
		}
	}
}

// SweepLock removes the lock of a file that a rollcall has left which was killed.
func SweepLock(target string) { plainfile.SweepLock(target + lockEnd) }

func sweep(path string) {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || !plainfile.Own(info) {
		return
	}
	if !locksPending {
		if time.Since(info.ModTime()) > unlockedAge {
			_ = os.Remove(path)
		}
		return
	}
	if held, err := plainfile.Claim(path); err == nil {
		_ = os.Remove(path)
		held.Release()
	}
}
