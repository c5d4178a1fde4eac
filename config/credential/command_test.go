//go:build unix

package credential_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rollcall/config/credential"
)

// script is a credential that a shell prints.
func script(text string) credential.Credential { return credential.Command("sh", "-c", text) }

func TestResolveCommand(t *testing.T) {
	t.Parallel()
	const (
		correct   = "run it in a terminal, give what it asks for or correct it, and check again"
		firstLine = "the first line that it prints must be the credential; run it in a terminal to see what it prints, and check again"
	)
	long := strings.Repeat("x", 1<<20)
	tests := []struct{ name, script, secret, want, remedy string }{
		{"a line", "echo s3cret", "s3cret", "", ""},
		{"no line break", "printf s3cret", "s3cret", "", ""},
		{"lines", `printf 's3 cret\r\nuser: sam\n'`, "s3 cret", "", ""},
		{"byte order mark", `printf '\357\273\277s3cret\n'`, "s3cret", "", ""},
		{"noise beside it", "echo warning >&2; echo s3cret", "s3cret", "", ""},
		{"a long one", "head -c 1048576 /dev/zero | tr '\\0' x", long, "", ""},
		{"no terminal to read from", "cat; echo s3cret", "s3cret", "", ""},
		{"failure", "echo 'no such entry' >&2; exit 3", "", "the command sh failed: exit status 3: no such entry", correct},
		{"silent failure", "exit 1", "", "the command sh failed: exit status 1", correct},
		{"output and failure", "echo s3cret; echo 'refused: s3cret' >&2; exit 1", "",
			"the command sh failed: exit status 1: refused: [redacted]", correct},
		{"secret-like words", "echo tried ghp_0123456789abcdef >&2; exit 1", "",
			"the command sh failed: exit status 1: tried [redacted]", correct},
		{"signal", "kill -9 $$", "", "the command sh failed: signal: killed", correct},
		{"nothing", "true", "", "the command sh printed nothing on its first line", firstLine},
		{"nothing but words", "echo 'You are not logged in.' >&2", "",
			"the command sh printed nothing on its first line: You are not logged in", firstLine},
		{"blank first line", `printf ' \r\ns3cret\n'`, "", "the command sh printed nothing on its first line", firstLine},
		{"control characters", `printf 's3c\033ret\n'`, "",
			"the credential from command sh has a line break or control character in it, so it is not used",
			"store the credential again, on one line and with nothing else"},
		{"without end", "while :; do echo s3cret; done", "", "the command sh printed too much to be a credential",
			"correct the command in the profile; the first line that it prints must be the credential"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			secret, warning, err := script(test.script).Resolve(t.Context())
			if secret != test.secret || warning != nil || test.want == "" && err != nil {
				t.Errorf("%.40q, %q, %v", secret, warning, err)
			}
			if test.want != "" {
				wantError(t, err, test.want, test.remedy)
			}
		})
	}
}

func TestCommandCannotRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	plain := write("a file", "x", 0o600)
	broken := write("broken", "#!/none/sh\n", 0o700)
	none := filepath.Join(dir, "none")
	for program, want := range map[string][2]string{
		"rollcall-no-such-program": {"the command rollcall-no-such-program is in none of the folders of PATH",
			"install it, or write its full path in the profile"},
		none:  {"the command " + none + " does not exist", "install it, or correct the path in the profile"},
		plain: {"the command " + plain + " may not be run by you", "name a program in the profile, and make it executable: chmod +x '" + plain + "'"},
		broken: {"the command " + broken + " cannot run: what its first line names does not exist",
			"correct the line that begins with #! in it, or install what it names"},
		dir: {"the command " + dir + " may not be run by you",
			"name a program in the profile, and make it executable: chmod +x " + dir},
		plain + "/x": {"the command " + plain + "/x cannot be run: not a directory", "correct the command in the profile"},
	} {
		_, _, err := credential.Command(program).Resolve(t.Context())
		wantError(t, err, want[0], want[1])
	}
}

func TestCommandCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, _, err := script("sleep 300").Resolve(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

// A command is in a session without a terminal, and so is what asks on the
// terminal that a variable names.
func TestCommandAlone(t *testing.T) {
	t.Setenv("GPG_TTY", "/dev/pts/0")
	secret, _, err := script(`echo "$(ps -o tty= -p $$ | tr -d ' ') $(ps -o sid= -p $$ | tr -d ' ')=$$ $GPG_TTY"`).Resolve(t.Context())
	tty, rest, _ := strings.Cut(secret, " ")
	session, rest, _ := strings.Cut(rest, "=")
	process, asks, _ := strings.Cut(rest, " ")
	if err != nil || tty != "?" || session != process || asks != "/dev/null/none" {
		t.Errorf("%q, %v", secret, err)
	}
	if secret, _, err := script("read -r word </dev/tty; echo $word").Resolve(t.Context()); secret != "" || err == nil {
		t.Errorf("%q, %v", secret, err)
	}
}

// However many profiles there are, few commands run at once.
func TestCommandsAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := script(`cd "` + dir + `"; : >run.$$; ls run.* | wc -l; sleep 0.05; rm run.$$`)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			running, _, err := c.Resolve(t.Context())
			if running = strings.TrimSpace(running); err != nil || len(running) != 1 || running < "1" || running > "4" {
				t.Errorf("%q at once, %v", running, err)
			}
		})
	}
	wg.Wait()
}

// The password manager pass, with a key that nobody keeps.
func TestPass(t *testing.T) {
	for _, program := range []string{"pass", "gpg", "gpgconf"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("this test needs the program ", program)
		}
	}
	home, err := os.MkdirTemp("/tmp", "pass") // The path of gpg's socket must be short.
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GNUPGHOME", home)
	t.Setenv("PASSWORD_STORE_DIR", filepath.Join(home, "store"))
	t.Cleanup(func() {
		_ = exec.Command("gpgconf", "--homedir", home, "--kill", "all").Run()
		_ = os.RemoveAll(home)
	})
	run := func(stdin, name string, args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Stdin = strings.NewReader(stdin)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
	}
	run("", "gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "sam@example.org", "future-default", "default", "never")
	run("", "pass", "init", "sam@example.org")
	run("p4ss w0rd\nuser: sam\n", "pass", "insert", "--multiline", "onedata/datahub")
	if secret, _, err := credential.Command("pass", "show", "onedata/datahub").Resolve(t.Context()); secret != "p4ss w0rd" || err != nil {
		t.Errorf("%q, %v", secret, err)
	}
	_, _, err = credential.Command("pass", "show", "onedata/none").Resolve(t.Context())
	wantError(t, err, "the command pass failed: exit status 1: Error: onedata/none is not in the password store",
		"run it in a terminal, give what it asks for or correct it, and check again")
}
