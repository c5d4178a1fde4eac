package config

import (
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
)

// WithHome is an environment in which HOME, where it is not set, is the folder
// that the system's list of users names: a job of cron or systemd often has no
// HOME. One that is no whole path counts as not set, since otherwise the folder that
// rollcall is started in would have the configuration, and with it what is run.
func WithHome(getenv func(string) string) func(string) string {
	return withHome(runtime.GOOS, getenv, sync.OnceValue(listedHome))
}

func withHome(goos string, getenv func(string) string, listed func() string) func(string) string {
	return func(name string) string {
		value := getenv(name)
		switch {
		case name == "HOME" && goos != "windows" && !filepath.IsAbs(value):
			return listed()
		case name == "USERPROFILE" && goos == "windows" && !filepath.IsAbs(value):
			return ""
		}
		return value
	}
}

// homeDir is the home folder that a path begins in; empty where there is none.
func homeDir() string {
	if runtime.GOOS == "windows" {
		return WithHome(os.Getenv)("USERPROFILE")
	}
	return WithHome(os.Getenv)("HOME")
}

// listedHome is the home folder in the system's list of users; empty where there
// is none that the user can write in. Those of services are often no folder at
// all, or the root.
func listedHome() string {
	u, err := user.Current()
	if err != nil || !filepath.IsAbs(u.HomeDir) || !isOwnFolder(u.HomeDir) {
		return ""
	}
	return u.HomeDir
}

// resolveIn makes a path of a file in dir one that can be opened: "~/" is the home folder,
// and other paths start from dir.
func resolveIn(dir, path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		// Without a home folder it is one beside the file, and opening it says that it
		// does not exist.
		if home := homeDir(); home != "" {
			return filepath.Join(home, rest)
		}
	}
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}
