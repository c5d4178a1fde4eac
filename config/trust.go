package config

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"rollcall/plainfile"

	"github.com/kballard/go-shellquote"
)

// maxLinks is how far symbolic links are followed.
const maxLinks = 40

// untrusted says why nothing is run or taken from a file that somebody else could have
// written, since it could send a credential elsewhere or run something, and the command
// that mends it; both are empty where only its owner can write the file and the folders
// that it is found in. Links are followed: who can write where one lies, or where it
// leads, has the file. v is the version of the file that was read; one without a mode
// is of a text that is in no file.
//
// This is the one place for that rule: commands, hooks, credential commands and
// descriptions of services ask here.
func untrusted(path string, v fileVersion) (why, command string) {
	type said struct{ why, command string }
	is, err := plainfile.Within(context.Background(), path, func() (s said, _ error) {
		s.why, s.command = whyUntrusted(path, v)
		return s, nil
	})
	if err != nil {
		return reason("who can write it cannot be told: the file", err), ""
	}
	return is.why, is.command
}

func whyUntrusted(path string, v fileVersion) (why, command string) {
	switch {
	case runtime.GOOS == "windows" || v.mode == 0:
		return "", ""
	case othersCanWrite(v.mode):
		return "others can write " + path, "chmod go-w " + shellquote.Join(path)
	case isForeign(v.owner):
		return path + " belongs to somebody else", takeOver(path)
	}
	for range maxLinks {
		if why, command = untrustedFolder(filepath.Dir(path)); why != "" {
			return why, command
		}
		target, err := os.Readlink(path)
		if err != nil {
			break
		}
		if info, err := os.Lstat(path); err == nil && isForeign(ownerOf(info)) {
			return "the link " + path + " belongs to somebody else", takeOver(path)
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(realFolder(path), target)
		}
		path = target
	}
	return "", ""
}

// untrustedFolder is [untrusted] for the folder of a file. In one such as /tmp nobody
// can replace the file of another, so that the file counts.
func untrustedFolder(dir string) (why, command string) {
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return "", ""
	case othersCanWrite(info.Mode()) && info.Mode()&fs.ModeSticky == 0:
		return fmt.Sprintf("others can write into its folder %s", dir), "chmod go-w " + shellquote.Join(dir)
	case isForeign(ownerOf(info)):
		return fmt.Sprintf("its folder %s belongs to somebody else", dir), takeOver(dir)
	}
	return "", ""
}

// realFolder is the folder of a file without links, which a target that goes up starts
// from.
func realFolder(path string) string {
	dir := filepath.Dir(path)
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		return real
	}
	return dir
}

func othersCanWrite(mode fs.FileMode) bool { return mode.Perm()&0o022 != 0 }

// isForeign reports whether an owner is neither the person nor the administrator, who
// can write everything.
func isForeign(owner int) bool { return owner != 0 && owner != os.Geteuid() }

// takeOver is the command that makes a file the person's own.
func takeOver(path string) string {
	return "sudo chown -h " + strconv.Itoa(os.Geteuid()) + " " + shellquote.Join(path)
}
