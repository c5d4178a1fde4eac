package cmd

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// awkward are values that a shell could take for more than text.
var awkward = []string{
	`plain`, ``, ` `, `it's`, `'`, `''`, `\`, `\'`, `'\`, `a\\b`, `$HOME`, `${HOME}`, `$(id)`, "`id`", `!!`, `"`, `a"b`,
	`;id`, `&& id`, `| id`, `> x`, `#not a comment`, `*`, `~`, `-n`, `%PATH%`, `^`, `a=b`, `{a,b}`, `[a]`, `(a)`,
	"caf\u00e9 \U0001f511", "\u2018curly\u2019 \u201a\u201b", `\n`, `\x41`, `$'x'`, `user:pass word`, "tab\there", "two\nlines",
}

// shellsHere are the programs that read each language, where they are installed.
func shellsHere(s shell) [][]string {
	all := map[shell][][]string{
		shellSh:         {{"sh", "-c"}, {"dash", "-c"}, {"bash", "-c"}, {"bash", "--posix", "-c"}, {"zsh", "-c"}},
		shellFish:       {{"fish", "--no-config", "-c"}},
		shellPowerShell: {{"pwsh", "-NoProfile", "-NonInteractive", "-Command"}},
	}
	var here [][]string
	for _, c := range all[s] {
		if _, err := exec.LookPath(c[0]); err == nil {
			here = append(here, c)
		}
	}
	return here
}

// TestShellQuoting has the real shells read what was written for them, and a
// program that they start say what it got.
func TestShellQuoting(t *testing.T) {
	values := awkward
	const letters = `'"\$` + "`" + `!;&|<>(){}[]*?~#%^=-+ ax0` + "\u00e9\u2018\u2019\U0001f511"
	for range 30 {
		var b strings.Builder
		for range 1 + rand.IntN(24) {
			b.WriteRune([]rune(letters)[rand.IntN(len([]rune(letters)))])
		}
		values = append(values, b.String())
	}
	for _, s := range []shell{shellSh, shellFish, shellPowerShell} {
		t.Run(string(s), func(t *testing.T) {
			t.Parallel()
			here := shellsHere(s)
			if len(here) == 0 {
				t.Skipf("no shell that reads %s is installed", s)
			}
			// One run of a shell for all values: shells start slowly.
			var script strings.Builder
			for _, v := range values {
				script.WriteString(s.set("ROLLCALL_TEST", v) + "\n" + "printenv ROLLCALL_TEST\n" + "echo .\n")
			}
			script.WriteString(s.unset("ROLLCALL_TEST") + "\n" + s.unset("ROLLCALL_TEST") + "\nprintenv ROLLCALL_TEST\necho gone\n")
			want := strings.Join(values, "\n.\n") + "\n.\ngone\n"
			for _, c := range here {
				out, err := exec.Command(c[0], append(c[1:], script.String())...).CombinedOutput()
				if err != nil {
					t.Errorf("%v: %v\n%s", c, err, out)
				} else if string(out) != want {
					t.Errorf("%v:\ngot  %q\nwant %q", c, out, want)
				}
			}
		})
	}
}

// TestShellJoined has the shells run the lines after they were joined by an eval
// without quotes. What is in the values is still only text.
func TestShellJoined(t *testing.T) {
	values := append([]string{"two  spaces", "three   and  two", "*", "/*", "?", "[a-z]", "/[a-z]*?", "-*-"}, awkward...)
	for _, s := range []shell{shellSh, shellFish} {
		for _, c := range shellsHere(s) {
			t.Run(strings.Join(c, " "), func(t *testing.T) {
				t.Parallel()
				for _, v := range values {
					if strings.ContainsAny(v, "\t\n") {
						continue // No credential has these.
					}
					file := t.TempDir() + "/lines"
					lines := []string{s.hide("ROLLCALL_GONE"), s.set("ROLLCALL_TEST", v), s.set("ROLLCALL_NEXT", "after")}
					if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
						t.Fatal(err)
					}
					eval := "eval $(cat " + file + ") && printenv ROLLCALL_TEST ROLLCALL_NEXT && ! printenv ROLLCALL_GONE"
					if s == shellFish {
						eval = "eval (cat " + file + "); and printenv ROLLCALL_TEST ROLLCALL_NEXT; and not printenv ROLLCALL_GONE"
					}
					run := exec.Command(c[0], append(c[1:], eval)...)
					run.Env, run.Dir = append(os.Environ(), "ROLLCALL_GONE=there", "ROLLCALL_TEST=before"), t.TempDir()
					if err := os.WriteFile(run.Dir+"/export", nil, 0o600); err != nil {
						t.Fatal(err)
					}
					out, err := run.CombinedOutput()
					if want := v + "\nafter\n"; err != nil || string(out) != want {
						t.Errorf("%v: got %q, want %q", err, out, want)
					}
				}
			})
		}
	}
}

// TestShellLines holds the lines of the shells that are seldom installed where
// the tests run.
func TestShellLines(t *testing.T) {
	for _, tt := range []struct {
		got, want string
	}{
		{shellSh.set("A", `it's`), `export A='it'\''s';`},
		{shellSh.unset("A"), `unset A;`},
		{shellFish.set("A", `it's \n`), `set -gx A 'it\'s \\n';`},
		{shellSh.hide("A"), `unset A;`},
		{shellFish.unset("A"), `set -eg A; or true;`},
		{shellFish.hide("A"), `set -eg A; set -qU A; and set -gx A; or true;`},
		{shellPowerShell.set("A", "it's \u2019$x"), "$env:A = 'it''s \u2019\u2019$x';"},
		{shellPowerShell.unset("A"), `Remove-Item Env:A -ErrorAction SilentlyContinue;`},
		{shellSh.set("A", "a  b*"), `export A='a'"$(printf '\040\040')"'b'"$(printf '\052')"'';`},
		{shellSh.fail(), `false;`},
		{shellFish.fail(), `false;`},
		{shellPowerShell.fail(), `throw 'rollcall env gave nothing';`},
		{shellSh.use("rollcall env"), `eval "$(rollcall env)"`},
		{shellFish.use("rollcall env"), `rollcall env | source`},
		{shellPowerShell.use("rollcall env"), `rollcall env | Out-String | Invoke-Expression`},
	} {
		if tt.got != tt.want {
			t.Errorf("got  %s\nwant %s", tt.got, tt.want)
		}
	}
}

// TestFishForgetsNothing hides a variable that all sessions of fish have: it is
// empty for the programs of one, and the others keep it.
func TestFishForgetsNothing(t *testing.T) {
	fish, err := exec.LookPath("fish")
	if err != nil {
		t.Skip("fish is not installed")
	}
	script := strings.Join([]string{
		"set -gx ROLLCALL_TEST here", shellFish.hide("ROLLCALL_TEST"), "and echo hidden", "printenv ROLLCALL_TEST",
		"set -Ux ROLLCALL_TEST mine", shellFish.hide("ROLLCALL_TEST"), "and echo emptied", "printenv ROLLCALL_TEST",
		"env -u ROLLCALL_TEST " + fish + " -c 'echo there: $ROLLCALL_TEST'",
		shellFish.set("ROLLCALL_TEST", "given"), "printenv ROLLCALL_TEST",
		shellFish.unset("ROLLCALL_TEST"), "and echo taken back", "printenv ROLLCALL_TEST",
		shellFish.unset("ROLLCALL_NOWHERE"), "and echo well",
	}, "\n")
	c := exec.Command(fish, "-c", script)
	home := t.TempDir()
	c.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH")}
	out, err := c.CombinedOutput()
	if want := "hidden\nemptied\n\nthere: mine\ngiven\ntaken back\nmine\nwell\n"; err != nil || string(out) != want {
		t.Errorf("%v, got\n%s\nwant\n%s", err, out, want)
	}
}

func TestUserShell(t *testing.T) {
	for _, tt := range []struct {
		goos, program string
		want          shell
	}{
		{"linux", "/bin/bash", shellSh},
		{"linux", "/usr/bin/fish", shellFish},
		{"darwin", "/opt/homebrew/bin/pwsh", shellPowerShell},
		{"linux", "", shellSh},
		{"windows", "", shellPowerShell},
		{"windows", `C:\Program Files\Git\usr\bin\bash.exe`, shellSh},
		{"windows", `C:\msys64\usr\bin\fish.exe`, shellFish},
	} {
		got := userShell(tt.goos, func(string) string { return tt.program })
		if got != tt.want {
			t.Errorf("%s, SHELL=%q: %s, want %s", tt.goos, tt.program, got, tt.want)
		}
	}
}

// TestShellNames takes each shell by its own name, and by the path of its program.
func TestShellNames(t *testing.T) {
	for name, want := range map[string]shell{
		"sh": shellSh, "bash": shellSh, "zsh": shellSh, "dash": shellSh, "ksh": shellSh, "fish": shellFish, "powershell": shellPowerShell,
		"-bash": shellSh, "-zsh": shellSh, "-fish": shellFish, "rbash": shellSh, "yash": shellSh, "pwsh": shellPowerShell, "Bash": shellSh, "/bin/zsh": shellSh, "/usr/bin/fish": shellFish, `C:\Program Files\PowerShell\7\pwsh.exe`: shellPowerShell,
	} {
		var s shell
		if err := s.Set(name); err != nil || s != want {
			t.Errorf("%s: %q, %v; want %q", name, s, err, want)
		}
	}
	for _, name := range shellNames() {
		if new(shell).Set(name) != nil {
			t.Errorf("%s is offered and not taken", name)
		}
	}
	for _, name := range []string{"csh", "tcsh", "cmd", "nu", "", "bashful", "/"} {
		s := shellFish
		if s.Set(name) == nil || s != shellFish {
			t.Errorf("%q is taken for %s", name, s)
		}
	}
}
