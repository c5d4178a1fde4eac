package config

import (
	"errors"
	"path/filepath"
	"runtime"
	"strings"
)

// Path is where the configuration is: flag, else $ROLLCALL_CONFIG, else in the
// user's folder. Chosen says whether the user named it.
func Path(flag string, getenv func(string) string) (path string, chosen bool, err error) {
	return configPath(runtime.GOOS, flag, getenv)
}

func configPath(goos, flag string, getenv func(string) string) (path string, chosen bool, err error) {
	if flag != "" {
		return flag, true, nil
	}
	if named := getenv("ROLLCALL_CONFIG"); named != "" {
		return named, true, nil
	}
	dir, err := userDir(goos, getenv, "AppData", "Roaming", "XDG_CONFIG_HOME", ".config")
	if err != nil {
		return "", false, errors.New("there is no folder for the configuration: " + err.Error() + ", or name the file with --config")
	}
	return filepath.Join(dir, "config.toml"), false, nil
}

// StateDir is the folder of the state: below the user's own, else the first that
// $STATE_DIRECTORY names.
func StateDir(getenv func(string) string) (string, error) {
	return stateDir(runtime.GOOS, getenv)
}

func stateDir(goos string, getenv func(string) string) (string, error) {
	dir, err := userDir(goos, getenv, "LocalAppData", "Local", "XDG_STATE_HOME", filepath.Join(".local", "state"))
	if err != nil {
		// systemd makes a folder for the state of a service, or several.
		for _, made := range strings.Split(getenv("STATE_DIRECTORY"), ":") {
			if goos != "windows" && filepath.IsAbs(made) {
				return filepath.Clean(made), nil
			}
		}
		return "", errors.New("there is no folder for the state: " + err.Error())
	}
	return dir, nil
}

// CacheDir is the folder for what can be fetched again.
func CacheDir(getenv func(string) string) (string, error) {
	return cacheDir(runtime.GOOS, getenv)
}

func cacheDir(goos string, getenv func(string) string) (string, error) {
	dir, err := userDir(goos, getenv, "LocalAppData", "Local", "XDG_CACHE_HOME", ".cache")
	if err != nil {
		return "", errors.New("there is no folder for the cache: " + err.Error())
	}
	if goos == "windows" {
		// The state has the folder itself.
		dir = filepath.Join(dir, "cache")
	}
	return dir, nil
}

// userDir is rollcall's folder below one that belongs to the user. On Windows
// that is the one which winVar names, else winDir of AppData; elsewhere the
// one which xdgVar names, else dir of the home folder.
func userDir(goos string, getenv func(string) string, winVar, winDir, xdgVar, dir string) (string, error) {
	named, homeVar := xdgVar, "HOME"
	if goos == "windows" {
		named, homeVar, dir = winVar, "USERPROFILE", filepath.Join("AppData", winDir)
	}
	// A relative path is to be ignored, says the XDG specification.
	if base := getenv(named); filepath.IsAbs(base) {
		return filepath.Join(base, "rollcall"), nil
	}
	home := getenv(homeVar)
	if !filepath.IsAbs(home) {
		return "", errors.New("set " + homeVar + " to its whole path")
	}
	return filepath.Join(home, dir, "rollcall"), nil
}
