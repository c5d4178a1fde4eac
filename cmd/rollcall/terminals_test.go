//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// trueColor and palette are sequences for colours that not every terminal has.
var (
	trueColor = regexp.MustCompile(`\x1b\[(?:[\d;]*;)?[345]8[;:]2[;:]`)
	palette   = regexp.MustCompile(`\x1b\[(?:[\d;]*;)?[345]8[;:]5[;:]`)
)

// TestColorsOfTerminals looks at the bytes that each kind of terminal gets.
func TestColorsOfTerminals(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		term, colors string
		palette, all bool
	}{
		{"xterm-256color", "truecolor", true, true},
		{"xterm-256color", "", true, false},
		{"screen-256color", "", true, false},
		{"tmux-256color", "", true, false},
		{"linux", "", false, false},
		{"vt100", "", false, false},
	} {
		m := start(t, 120, 36, []string{"TERM=" + tt.term, "COLORTERM=" + tt.colors}, "--demo")
		m.shows("Sam Roe", "healthy")
		m.press("o")
		m.shows("Due       State")
		m.press("q")
		m.exit()
		out := m.written.String()
		if found := trueColor.MatchString(out); found && !tt.all || !found && tt.all {
			t.Errorf("TERM=%s COLORTERM=%s: 24-bit colours written: %v", tt.term, tt.colors, found)
		}
		if found := palette.FindString(out); found != "" && !tt.palette {
			t.Errorf("TERM=%s: one of 256 colours is written: %q", tt.term, found)
		}
		m.restored()
	}
}

// TestLinuxConsole draws with what every font of the console has: Latin-1,
// lines and blocks.
func TestLinuxConsole(t *testing.T) {
	t.Parallel()
	m := start(t, 120, 36, []string{"TERM=linux", "COLORTERM="}, "--demo")
	screens := m.shows("Sam Roe", "healthy", "Otter Labs")
	for _, v := range views() {
		m.press(v.key)
		screens += m.shows(" " + v.name + " ")
	}
	m.press("?")
	screens += m.shows(" Help ")
	m.press("?")
	m.until("no help", func(s string) bool { return !strings.Contains(s, " Help ") })
	m.press("q")
	m.exit()
	// Names of people are as they are: they come from the services.
	ours := regexp.MustCompile(`[A-Za-zÀ-žŁ-ž]*[À-ž][A-Za-zÀ-ž]*|\p{Han}+|\p{Cyrillic}+|\p{Arabic}+|\p{Hebrew}+|\p{Katakana}+|\p{Hiragana}+`).ReplaceAllString(screens, "")
	for _, r := range ours {
		if r > 0xff && (r < 0x2500 || r > 0x259f) {
			t.Errorf("%q (%U) is written, which the font may not have", r, r)
			break
		}
	}
}

// TestTooSmall has a terminal that is smaller than the least, and grows.
func TestTooSmall(t *testing.T) {
	t.Parallel()
	m := start(t, 80, 24, nil, "--demo")
	m.shows("Sam Roe")
	m.resize(39, 9)
	m.shows("rollcall needs 40x10 cells", "enlarge")
	m.press("j")
	m.resize(40, 10)
	m.until("a frame", func(s string) bool { return !strings.Contains(s, "enlarge") && strings.Contains(s, "╭") })
	m.resize(120, 36)
	m.shows("datahub", "rollcall")
	m.resize(39, 9)
	m.shows("enlarge")
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	m.restored()
}

// TestResizes changes the size many times at once: the last one counts.
func TestResizes(t *testing.T) {
	t.Parallel()
	m := start(t, 120, 36, nil, "--demo")
	m.shows("Sam Roe")
	for i := range 60 {
		m.resize(40+i*3%160, 10+i*7%50)
	}
	m.resize(100, 30)
	m.until("a whole frame", wholeFrame(30))
	m.press("q")
	m.exit()
	m.restored()
}

// wholeFrame is met by a dashboard that fills so many lines from the top.
func wholeFrame(height int) func(screen string) bool {
	return func(screen string) bool {
		lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
		if len(lines) < height {
			return false
		}
		first, last := lines[1], strings.TrimRight(lines[height-2], " ")
		return strings.HasPrefix(first, "╭ Profiles") && strings.HasSuffix(first, "╮") &&
			strings.HasPrefix(last, "╰") && strings.HasSuffix(last, "╯")
	}
}

// TestPaste pastes texts where text is written, and where none is.
func TestPaste(t *testing.T) {
	t.Parallel()
	paste := func(text string) string { return "\x1b[200~" + text + "\x1b[201~" }
	w := newWorld(t)
	path := w.write("config.toml", "[profiles.one]\nprovider = 'katapult'\ntoken = { env = 'NONE' }\n")
	m := start(t, 120, 30, nil, "--config", path)
	m.shows("credential missing")
	// Pasted text is no command: nothing of it is done.
	m.press(paste("q\x03Xo") + "/" + paste("on\x1b[31me\n"))
	m.until("the filter", func(s string) bool { return strings.Contains(s, "│ / on") && strings.Contains(s, "╭ Profiles") })
	m.press(escape)
	m.until("no filter", func(s string) bool { return !strings.Contains(s, "│ / ") })
	m.press("a")
	m.shows("╭ Add a profile")
	m.press(paste("  two\n") + "\t\t" + paste("https://katapult.example.org/\n") + "\t\t" + paste(" KT_VARIABLE\n") + "\t" + paste(strings.Repeat("long", 1000)+"\n"))
	m.shows("two", "https://katapult.example.org/", "KT_VARIABLE", "…nglong")
	m.press("\x03")
	m.exit()
	if text := kept(t, path); strings.Contains(text, "disabled") {
		t.Errorf("a pasted text changed the file:\n%s", text)
	}
}

// TestPasteSecret pastes a secret where one is wanted: it is taken, and not shown.
func TestPasteSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.write("config.toml", "[profiles.one]\nprovider = 'katapult'\nbase_url = 'http://127.0.0.1:1'\ntoken = { file = '"+
		filepath.Join(w.home, "secret")+"' }\n")
	m := start(t, 120, 30, nil, "--config", path)
	m.shows("credential missing")
	m.press("1N")
	m.shows("╭ New secret of one")
	m.press("\x1b[200~kt-" + strings.Repeat("long", 1000) + "\n\x1b[201~")
	m.shows("****")
	m.press("\x03")
	m.exit()
	if strings.Contains(m.written.String(), "longlong") {
		t.Error("a pasted secret was shown")
	}
}

// TestClosedTerminal takes the terminal away: the program ends, though it may
// be that nobody tells it.
func TestClosedTerminal(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, script string }{
		{"told", `exec "$0" --demo`},
		{"as under nohup", `trap '' HUP; exec "$0" --demo`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := startProgram(t, 80, 24, nil, "sh", "-c", tt.script, program)
			m.shows("Sam Roe")
			if err := m.tty.Close(); err != nil {
				t.Fatal(err)
			}
			if status := m.exit(); status != 128+int(syscall.SIGHUP) {
				t.Errorf("exit status %d", status)
			}
		})
	}
}

// TestClosedTerminalOfLines takes the terminal away from what writes lines to it, under
// nohup: it ends with the input, or with the first line that nobody takes.
func TestClosedTerminalOfLines(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--demo", "--accessible"}, {"status", "--demo", "--watch"}, {"add", "--config", "new.toml"}} {
		screen, tty, err := pty.Open()
		if err != nil {
			t.Fatal(err)
		}
		w := newWorld(t)
		c := exec.Command("sh", append([]string{"-c", `trap '' HUP; exec "$0" "$@"`, program}, args...)...)
		c.Env, c.Dir = w.with("TERM=xterm-256color", "PATH="+os.Getenv("PATH")).command().Env, w.home
		c.Stdin, c.Stdout, c.Stderr = tty, tty, tty
		c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		tty.Close()
		// Nobody reads while it is closed, who would hold it open until something comes.
		for seen, b := "", make([]byte, 4<<10); !strings.Contains(seen, "am Roe") && !strings.Contains(seen, "ervice"); {
			n, err := screen.Read(b)
			if seen += string(b[:n]); err != nil {
				t.Fatalf("%v: it has ended with %q", args, seen)
			}
		}
		screen.Close()
		ended := time.AfterFunc(patience, func() { _ = c.Process.Kill() })
		if _ = c.Wait(); !ended.Stop() || !c.ProcessState.Exited() {
			t.Errorf("%v: it ended with %v", args, c.ProcessState)
		}
	}
}

// TestStuckTerminal stops the program while nobody reads what it writes. It
// ends, though the library waits for ever to write how the screen is left, and
// gives back the terminal in the modes that it had.
func TestStuckTerminal(t *testing.T) {
	t.Parallel()
	screen, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer screen.Close()
	defer tty.Close()
	before, err := term.GetState(tty.Fd())
	if err != nil {
		t.Fatal(err)
	}
	c := newWorld(t).with("TERM=xterm-256color", "COLORTERM=truecolor").command("--demo")
	c.Stdin, c.Stdout, c.Stderr = tty, tty, tty
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = c.Wait(); close(ended) }()
	var out bytes.Buffer
	for buf := make([]byte, 4096); !bytes.Contains(out.Bytes(), []byte("Sam")); {
		n, err := screen.Read(buf)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(buf[:n])
	}
	// The program draws all again for each size, many times what waits between
	// it and the reader.
	for i := range 100 {
		if err := pty.Setsize(screen, &pty.Winsize{Cols: uint16(150 + i%2), Rows: 60}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case <-ended:
	case <-time.After(patience):
		_ = c.Process.Kill()
		t.Fatal("the program does not end")
	}
	if status := c.ProcessState.ExitCode(); status != 128+int(syscall.SIGTERM) {
		t.Errorf("exit status %d", status)
	}
	if after, err := term.GetState(tty.Fd()); err != nil || *after != *before {
		t.Errorf("the modes of the terminal are %+v, %v, and were %+v", after, err, before)
	}
}

// TestInMultiplexer runs in a real tmux and a real screen.
func TestInMultiplexer(t *testing.T) {
	t.Parallel()
	// Unless told so, screen has no second screen to go back from.
	altscreen := (&world{t, t.TempDir(), nil}).write("screenrc", "altscreen on\n")
	// The line that the shell prints, not the command that was typed.
	ended := regexp.MustCompile(`(?m)^after *$`)
	for _, tt := range []struct {
		name   string
		height int // that the program has of 30 lines
		args   []string
	}{
		// The server of tmux ends with the terminal, however the test does.
		{"tmux", 29, []string{"-f", "/dev/null", "new-session", "tmux set destroy-unattached on; PS1='shell> ' exec sh"}},
		{"screen", 30, []string{"-c", altscreen, "-S", "rollcall", "-T", "screen-256color", "-U", "env", "PS1=shell> ", "sh"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path, err := exec.LookPath(tt.name)
			if err != nil {
				t.Skip("this test needs the program ", tt.name)
			}
			// The path of the server's socket must be short.
			dir := filepath.Join("/tmp", filepath.Base(filepath.Dir(program))+"-"+tt.name)
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.RemoveAll(dir) })
			// An answer that comes late would be taken for keys, and be the shell's.
			m := open(t, 120, 36, []string{"TMUX_TMPDIR=" + dir, "SCREENDIR=" + dir, "COLORTERM="}, false, path, tt.args...)
			t.Cleanup(func() {
				quit := exec.Command(path, "-S", "rollcall", "-X", "quit")
				if quit.Env = []string{"SCREENDIR=" + dir}; tt.name == "screen" {
					_ = quit.Run()
				}
			})
			m.shows("shell>")
			m.press("stty -echo; echo before; " + program + " --demo; echo after" + enter)
			m.shows("Sam Roe", "╭ Profiles ")
			m.press("o")
			m.shows("╭ Overview")
			m.press("\x1b[<0;10;5M\x1b[<0;10;5m") // A click on the second line.
			m.until("the second line selected", func(s string) bool { return selects("release").holds("", s) })
			m.press("d")
			m.until("the dashboard", func(s string) bool { return !strings.Contains(s, "╭ Overview") })
			m.resize(100, 30)
			// What screen kept of the shell is lost when the size changes
			// while the program ends: wait until the new one is drawn.
			m.until("a whole frame", wholeFrame(tt.height))
			m.press("q")
			screen := m.until("the shell again", func(s string) bool { return ended.MatchString(s) && !strings.Contains(s, "╭") })
			for line := range strings.Lines(screen) {
				switch line = strings.TrimSpace(line); {
				case line == "" || line == "before" || line == "after" || strings.HasPrefix(line, "shell>") || strings.HasPrefix(line, "[0]"):
				default:
					t.Errorf("left behind: %q", line)
				}
			}
			m.press("exit" + enter)
			m.exit()
		})
	}
}
