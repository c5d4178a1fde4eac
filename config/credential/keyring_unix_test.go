//go:build unix && !darwin

package credential

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	ss "github.com/zalando/go-keyring/secret_service"
)

// keyringStep says to TestKeyringChild what to do.
const keyringStep = "ROLLCALL_TEST_KEYRING"

// TestKeyringChild is what the tests of a real keyring run in a session of its
// own: it prints what the keyring answers.
func TestKeyringChild(t *testing.T) {
	step := os.Getenv(keyringStep)
	if step == "" {
		t.Skip("other tests start this one")
	}
	const entry = "rollcall/admin"
	tell := func(what string, err error) {
		if hint, ok := errors.AsType[*Error](err); ok {
			what += hint.Error() + " – " + hint.Remedy()
		}
		fmt.Println("\ntold:", what) // The daemon leaves a line unfinished.
	}
	get := func() {
		secret, _, err := Keyring(entry).Resolve(t.Context())
		tell(secret, err)
	}
	switch step {
	case "use":
		get()
		tell("stored", Keyring(entry).Store(t.Context(), "first"))
		tell("stored", Keyring(entry).Store(t.Context(), "s3cret"))
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(get)
		}
		wg.Wait()
		long := strings.Repeat("x", 100<<10)
		tell("stored", Keyring("admin").Store(t.Context(), long))
		secret, _, err := Keyring(entry).Resolve(t.Context())
		tell(fmt.Sprint(secret == long), err)
		tell("deleted", Keyring(entry).Store(t.Context(), ""))
		tell("", Keyring(entry).Store(t.Context(), ""))
		tell("stored", Keyring(entry).Store(t.Context(), "s3cret"))
	case "refused":
		get()
		get()
		unlockKeyring(t, "password")
		get()
	case "absence":
		tell(strings.TrimSpace("absent: "+KeyringAbsence(t.Context())), nil)
	default:
		get()
	}
}

// unlockKeyring opens the keyring without a window, as its owner can do
// elsewhere. GNOME Keyring has this call for its own programs.
func unlockKeyring(t *testing.T, password string) {
	t.Helper()
	service, err := ss.NewSecretService()
	if err != nil {
		t.Fatal(err)
	}
	opened, err := service.OpenSession()
	if err != nil {
		t.Fatal(err)
	}
	call := service.Object("org.freedesktop.secrets", "/org/freedesktop/secrets").Call(
		"org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface.UnlockWithMasterPassword", 0,
		service.GetLoginCollection().Path(), ss.NewSecret(opened.Path(), password))
	if call.Err != nil {
		t.Fatal(call.Err)
	}
}

// session runs a command and then TestKeyringChild, in a D-Bus session that has
// the services of a folder and no others, and returns what the test was told.
func session(t *testing.T, home, step, command, services string) []string {
	t.Helper()
	settings := filepath.Join(t.TempDir(), "session.conf")
	write(t, settings, `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><servicedir>`+services+`</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`)
	return child(t, home, step, find(t, "dbus-run-session"), "--config-file="+settings, "--",
		"sh", "-c", command+`; exec "$0" -test.run='^TestKeyringChild$'`, os.Args[0])
}

// find is the path of a program, without which the test has to be left out.
func find(t *testing.T, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Skip("this test needs the program ", program)
	}
	return path
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// child runs a command with a home and returns what TestKeyringChild was told
// in it. Each has a runtime folder of its own: by the socket in it, a daemon of
// an earlier session would be taken for the one of this session while it ends.
func child(t *testing.T, home, step string, command ...string) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Env = append(os.Environ(), keyringStep+"="+step, "HOME="+home, "XDG_RUNTIME_DIR="+privateDir(t),
		"XDG_DATA_HOME="+filepath.Join(home, "data"), "DISPLAY=", "WAYLAND_DISPLAY=", "GNOME_KEYRING_CONTROL=")
	cmd.WaitDelay = time.Second
	alone(cmd)
	out, err := cmd.CombinedOutput()
	if err != nil && !errors.Is(err, exec.ErrWaitDelay) {
		t.Fatalf("%v\n%s", err, out)
	}
	var told []string
	for line := range strings.Lines(string(out)) {
		if what, ok := strings.CutPrefix(line, "told: "); ok {
			told = append(told, strings.TrimSpace(what))
		}
	}
	return told
}

// privateDir is a folder as a session wants it.
func privateDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func wantTold(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

const notInKeyring = "the keyring has no entry rollcall/admin – store it with rollcall login, or correct the entry in the profile"

// A real keyring keeps and gives secrets; and one that is locked and cannot
// ask for its password says so.
func TestKeyring(t *testing.T) {
	t.Parallel()
	home, services := privateDir(t), t.TempDir()
	daemon := find(t, "gnome-keyring-daemon")
	// What would ask for the password in a window is not among the services.
	write(t, filepath.Join(services, "org.freedesktop.secrets.service"),
		"[D-BUS Service]\nName=org.freedesktop.secrets\nExec="+daemon+" --start --foreground --components=secrets\n")
	unlock := "printf password | " + daemon + " --components=secrets --unlock >/dev/null"
	want := []string{notInKeyring, "stored", "stored"}
	for range 20 {
		want = append(want, "s3cret")
	}
	wantTold(t, session(t, home, "use", unlock, services), append(want, "stored", "true", "deleted", notInKeyring, "stored")...)
	wantTold(t, session(t, home, "get", unlock, services), "s3cret")
	wantTold(t, session(t, home, "absence", unlock, services), "absent:")
	// One that would be started when it is asked is there.
	wantTold(t, session(t, home, "absence", ":", services), "absent:")
	wantTold(t, session(t, home, "get", ":", services),
		"the keyring is locked: failed to unlock correct collection '/org/freedesktop/secrets/collection/login' – "+
			"unlock it, then check again; "+keyringAlternative)
}

// Who was asked for the password and gave none is not asked again for each
// profile and at each check; and what opens the keyring meanwhile is enough.
func TestKeyringRefused(t *testing.T) {
	t.Parallel()
	home, services := privateDir(t), t.TempDir()
	daemon := find(t, "gnome-keyring-daemon")
	write(t, filepath.Join(services, "org.freedesktop.secrets.service"),
		"[D-BUS Service]\nName=org.freedesktop.secrets\nExec="+daemon+" --start --foreground --components=secrets\n")
	asked := filepath.Join(home, "asked")
	listen := find(t, "dbus-monitor") + " --profile member=Prompt >" + asked + " & while [ ! -s " + asked + " ]; do sleep 0.1; done"
	session(t, home, "use", "printf password | "+daemon+" --components=secrets --unlock >/dev/null", services)
	const locked = "the keyring is locked: failed to unlock correct collection '/org/freedesktop/secrets/collection/login' – " +
		"unlock it, then check again; " + keyringAlternative
	wantTold(t, session(t, home, "refused", listen, services), locked, locked, "s3cret")
	heard, err := os.ReadFile(asked)
	if n := strings.Count(string(heard), "\tPrompt\n"); n != 1 {
		t.Errorf("asked %d times, %v\n%s", n, err, heard)
	}
}

// A session without a keyring.
func TestNoKeyring(t *testing.T) {
	t.Parallel()
	wantTold(t, session(t, privateDir(t), "get", ":", t.TempDir()),
		"there is no keyring to ask: The name org.freedesktop.secrets was not provided by any .service files – "+
			"start one, such as GNOME Keyring, KWallet or KeePassXC, "+keyringAlternative)
	wantTold(t, session(t, privateDir(t), "absence", ":", t.TempDir()), "absent: no keyring service runs in this session")
	wantTold(t, child(t, privateDir(t), "absence", "env", "DBUS_SESSION_BUS_ADDRESS=unix:path=/none/bus", os.Args[0],
		"-test.run=^TestKeyringChild$"), "absent: no keyring service runs in this session")
}

// No session at all, as at a server: nothing is started in its place.
func TestNoBus(t *testing.T) {
	t.Parallel()
	run := func(address string) []string {
		return child(t, privateDir(t), "get", "env", "DBUS_SESSION_BUS_ADDRESS="+address, os.Args[0], "-test.run=^TestKeyringChild$")
	}
	const start = " – run it in the session, " + keyringAlternative
	wantTold(t, run("unix:path=/none/bus"),
		"there is no keyring to ask, since this runs outside a session of the desktop, as from cron or over ssh: dial unix /none/bus: connect: no such file or directory"+start)
	if _, err := os.Stat(fmt.Sprintf("/run/user/%d/bus", os.Getuid())); err == nil {
		t.Skip("there is a bus that would be found without an address")
	}
	wantTold(t, run(""), "there is no keyring to ask, since this runs outside a session of the desktop, as from cron or over ssh: dbus: couldn't determine address of session bus"+start)
}

// A bus that accepts and never answers.
func TestSilentBus(t *testing.T) {
	t.Parallel()
	address := filepath.Join(privateDir(t), "bus")
	l, err := net.Listen("unix", address)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			defer conn.Close()
		}
	}()
	wantTold(t, child(t, privateDir(t), "get", "env", "DBUS_SESSION_BUS_ADDRESS=unix:path="+address, os.Args[0],
		"-test.run=^TestKeyringChild$"),
		"the keyring did not answer within 5s – it may ask for its password in a window: answer there, then check again; "+keyringAlternative)
}
