package cmd

import (
	"os"
	"runtime"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
)

// screen is what a stream can show.
type screen struct {
	// terminal is set where a person reads along; width is then its columns.
	terminal bool
	width    int
	// tooLarge is set where the terminal claims more cells than are drawn on.
	tooLarge bool
	profile  colorprofile.Profile
	// ascii is set where the locale has no Unicode, or the font hardly any;
	// linux where that font is the one of the Linux console, which has lines
	// and blocks.
	ascii, linux bool
}

// screenOf looks at a stream and the environment. It asks the terminal
// nothing, and starts no program to find out.
func (c *console) screenOf(f *os.File) screen {
	s := screen{terminal: term.IsTerminal(f.Fd()), ascii: asciiOnly(c.getenv)}
	if s.terminal && c.getenv("TERM") == "linux" {
		s.ascii, s.linux = true, !s.ascii
	}
	if s.terminal {
		if w, h, err := term.GetSize(f.Fd()); err == nil {
			s.width, _ = drawn(w, h)
			s.tooLarge = (w > mostColumns || h > mostLines) && runtime.GOOS != "windows"
		}
	}
	s.profile = colorProfile(s.terminal, c.environ, c.getenv)
	return s
}

// dumb reports whether the terminal cannot move its cursor, or does not say that
// it can. On Windows there is no name to say so with.
func dumb(getenv func(string) string) bool {
	kind := getenv("TERM")
	return kind == "dumb" || kind == "" && runtime.GOOS != "windows"
}

func (s screen) colored() bool { return s.profile > colorprofile.ASCII }

// fewColors reports whether there are colours, but no more than 16.
func (s screen) fewColors() bool { return s.profile == colorprofile.ANSI }

// colorProfile decides on colours. NO_COLOR wins over all, whatever it holds
// (the libraries' own reading takes booleans only); then CLICOLOR_FORCE, a
// pipe, CLICOLOR=0 and a dumb terminal.
func colorProfile(terminal bool, environ []string, getenv func(string) string) colorprofile.Profile {
	if getenv("NO_COLOR") != "" {
		return colorprofile.ASCII
	}
	if force := getenv("CLICOLOR_FORCE"); force != "" && force != "0" {
		return max(colorprofile.Env(environ), colorprofile.ANSI)
	}
	if !terminal || getenv("CLICOLOR") == "0" || dumb(getenv) {
		return colorprofile.ASCII
	}
	return colorprofile.Env(environ)
}

// asciiOnly reports whether the locale has a character set other than UTF-8. No
// locale at all is that of POSIX, as in the jobs of cron and systemd; Windows has
// no such variables.
func asciiOnly(getenv func(string) string) bool { return asciiOnlyOn(runtime.GOOS, getenv) }

func asciiOnlyOn(goos string, getenv func(string) string) bool {
	l := strings.ToLower(locale(getenv))
	if l == "" {
		return goos != "windows"
	}
	return !strings.Contains(l, "utf-8") && !strings.Contains(l, "utf8")
}

// locale is the variable that decides on the character set, with its value;
// empty where none does.
func locale(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := getenv(name); v != "" {
			return name + "=" + v
		}
	}
	return ""
}
