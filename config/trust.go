package config

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/kballard/go-shellquote"
)

// untrusted says why nothing is taken from a file that could send a credential
// elsewhere or run something, and the command that mends it; both are empty where
// only its owner can write the file and its folder. mode is that of the file; 0 for
// a text that is in none.
func untrusted(path string, mode fs.FileMode) (why, command string) {
	if runtime.GOOS == "windows" || mode == 0 {
		return "", ""
	}
	if othersCanWrite(mode) {
		return "others can write " + path, "chmod go-w " + shellquote.Join(path)
	}
	dir := filepath.Dir(path)
	// In a folder such as /tmp nobody can replace the file of another.
	if info, err := os.Stat(dir); err == nil && othersCanWrite(info.Mode()) && info.Mode()&fs.ModeSticky == 0 {
		return fmt.Sprintf("others can write into its folder %s", dir), "chmod go-w " + shellquote.Join(dir)
	}
	return "", ""
}

func othersCanWrite(mode fs.FileMode) bool { return mode.Perm()&0o022 != 0 }
