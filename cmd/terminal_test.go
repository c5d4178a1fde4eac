package cmd

import (
	"runtime"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/creack/pty"
)

func TestColorProfile(t *testing.T) {
	const none = colorprofile.ASCII
	for _, tt := range []struct {
		name     string
		terminal bool
		env      map[string]string
		want     colorprofile.Profile
	}{
		{"a modern terminal", true, map[string]string{"TERM": "xterm-256color", "COLORTERM": "truecolor"}, colorprofile.TrueColor},
		{"256 colors", true, map[string]string{"TERM": "xterm-256color"}, colorprofile.ANSI256},
		{"16 colors", true, map[string]string{"TERM": "xterm-color"}, colorprofile.ANSI},
		{"a pipe", false, map[string]string{"TERM": "xterm-256color"}, none},
		{"dumb", true, map[string]string{"TERM": "dumb"}, none},
		{"NO_COLOR", true, map[string]string{"TERM": "xterm-256color", "NO_COLOR": "1"}, none},
		{"NO_COLOR is no boolean", true, map[string]string{"TERM": "xterm-256color", "NO_COLOR": "please"}, none},
		{"NO_COLOR=0 is set too", true, map[string]string{"TERM": "xterm-256color", "NO_COLOR": "0"}, none},
		{"an empty NO_COLOR is none", true, map[string]string{"TERM": "xterm-256color", "NO_COLOR": ""}, colorprofile.ANSI256},
		{"CLICOLOR=0", true, map[string]string{"TERM": "xterm-256color", "CLICOLOR": "0"}, none},
		{"forced in a pipe", false, map[string]string{"TERM": "xterm-256color", "CLICOLOR_FORCE": "1"}, colorprofile.ANSI256},
		{"forced without a terminal type", false, map[string]string{"CLICOLOR_FORCE": "1"}, colorprofile.ANSI},
		{"forced by any word", false, map[string]string{"TERM": "dumb", "CLICOLOR_FORCE": "always"}, colorprofile.ANSI},
		{"CLICOLOR_FORCE=0 forces nothing", false, map[string]string{"TERM": "xterm-256color", "CLICOLOR_FORCE": "0"}, none},
		{"NO_COLOR wins", true, map[string]string{"TERM": "xterm-256color", "CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, none},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var environ []string
			for k, v := range tt.env {
				environ = append(environ, k+"="+v)
			}
			got := colorProfile(tt.terminal, environ, func(k string) string { return tt.env[k] })
			if got != tt.want {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

func TestASCIIOnly(t *testing.T) {
	for _, tt := range []struct {
		env  map[string]string
		want bool
	}{
		{nil, true},
		{map[string]string{"LANG": ""}, true},
		{map[string]string{"TERM": "xterm-256color"}, true},
		{map[string]string{"LANG": "en_GB.UTF-8"}, false},
		{map[string]string{"LANG": "de_DE.utf8"}, false},
		{map[string]string{"LANG": "C"}, true},
		{map[string]string{"LANG": "en_GB.UTF-8", "LC_ALL": "POSIX"}, true},
		{map[string]string{"LANG": "C", "LC_CTYPE": "C.UTF-8"}, false},
		{map[string]string{"LANG": "de_DE.ISO-8859-1"}, true},
	} {
		if got := asciiOnlyOn("linux", func(k string) string { return tt.env[k] }); got != tt.want {
			t.Errorf("%v: ascii only %v, want %v", tt.env, got, tt.want)
		}
	}
}

// Windows has no variables for a locale.
func TestASCIIOnlyOnWindows(t *testing.T) {
	for lang, want := range map[string]bool{"": false, "C": true, "C.UTF-8": false} {
		if got := asciiOnlyOn("windows", func(k string) string { return map[string]string{"LANG": lang}[k] }); got != want {
			t.Errorf("%q: ascii only %v, want %v", lang, got, want)
		}
	}
}

// TestLinuxConsole has no Unicode marks there, and lines only where the locale
// has them.
func TestLinuxConsole(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no pseudo-terminals of this kind")
	}
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	defer tty.Close()
	for _, tt := range []struct {
		term, lang     string
		ascii, console bool
	}{
		{"linux", "C.UTF-8", true, true},
		{"linux", "C", true, false},
		{"xterm", "C.UTF-8", false, false},
	} {
		env := map[string]string{"TERM": tt.term, "LANG": tt.lang}
		c := &console{services: builtIn(), getenv: func(k string) string { return env[k] }, environ: []string{"TERM=" + tt.term}}
		s := c.screenOf(tty)
		if s.ascii != tt.ascii || s.linux != tt.console {
			t.Errorf("%s in %s: ascii %v, console %v", tt.term, tt.lang, s.ascii, s.linux)
		}
		if !s.fewColors() {
			t.Errorf("%s: %v is not 16 colours", tt.term, s.profile)
		}
	}
}
