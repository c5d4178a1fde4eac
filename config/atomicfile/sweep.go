package atomicfile

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"rollcall/plainfile"
)

// unlockedAge is how old a new file is at least that its writer has left, where it is
// not locked while it is written.
const unlockedAge = time.Hour

// leftover is the name of a new file that has not got its own, of one of the files of
// these names.
func leftover(bases []string) *regexp.Regexp {
	quoted := make([]string, len(bases))
	for n, base := range bases {
		quoted[n] = regexp.QuoteMeta(base)
	}
	return regexp.MustCompile(`^\.(` + strings.Join(quoted, "|") + `)` + regexp.QuoteMeta(pendingMark) + `[0-9]{1,10}` + regexp.QuoteMeta(pendingEnd) + `$`)
}

// Sweep removes from a folder the new files of a person that never got their names,
// since the rollcall that wrote them was killed. There can be secrets in them. What
// one writes that is at work stays, and so does what was to replace other files than
// those of the names.
func Sweep(dir string, bases ...string) {
	left := leftover(bases)
	entries, _ := plainfile.Folder(dir) // Without one, there is nothing of ours in it.
	for _, e := range entries {
		if left.MatchString(e.Name()) {
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
		held.Remove()
	}
}
