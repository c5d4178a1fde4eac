package credential

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"
)

func TestSplitEntry(t *testing.T) {
	t.Parallel()
	for entry, want := range map[string][2]string{
		"rollcall/admin": {"rollcall", "admin"},
		"admin":          {"rollcall", "admin"},
		"a/b/c":          {"a/b", "c"},
		"/c":             {"", "c"},
		"a/":             {"a", ""},
	} {
		if service, user := splitEntry(entry); service != want[0] || user != want[1] {
			t.Errorf("%s: %q, %q", entry, service, user)
		}
	}
}

// A keyring that does not answer costs its time once, however many ask it, and
// serves again when it has come to its senses.
func TestKeyringHangs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := &keyringQueue{turn: make(chan struct{}, 1)}
		wake := make(chan struct{})
		var calls atomic.Int64
		hang := func() (string, error) { calls.Add(1); <-wake; return "late", nil }
		start := time.Now()
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() {
				if _, err := q.do(t.Context(), keyringTimeout, hang); err != errKeyringSilent {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if took := time.Since(start); took != keyringTimeout || calls.Load() != 1 {
			t.Errorf("%d calls in %s", calls.Load(), took)
		}
		close(wake)
		synctest.Wait()
		secret, err := q.do(t.Context(), keyringTimeout, func() (string, error) { return "s3cret", nil })
		if secret != "s3cret" || err != nil {
			t.Errorf("%q, %v", secret, err)
		}
	})
}

// Many that ask wait for each other, for longer than one call may take.
func TestKeyringOneByOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := &keyringQueue{turn: make(chan struct{}, 1)}
		busy := 0
		slow := func() (string, error) {
			if busy++; busy > 1 {
				t.Error("two calls at once")
			}
			time.Sleep(3 * time.Second)
			busy--
			return "s3cret", nil
		}
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				if secret, err := q.do(t.Context(), keyringTimeout, slow); secret != "s3cret" || err != nil {
					t.Errorf("%q, %v", secret, err)
				}
			})
		}
		wg.Wait()
	})
}

func TestKeyringCancelled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := &keyringQueue{turn: make(chan struct{}, 1)}
		wake := make(chan struct{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		for range 2 { // The second waits for its turn.
			if _, err := q.do(ctx, keyringTimeout, func() (string, error) { <-wake; return "", nil }); err != ctx.Err() {
				t.Error(err)
			}
		}
		close(wake)
	})
}

func TestKeyringPanics(t *testing.T) {
	t.Parallel()
	q := &keyringQueue{turn: make(chan struct{}, 1)}
	for range 2 {
		if _, err := q.do(t.Context(), keyringTimeout, func() (string, error) { panic("hush") }); err != errKeyringBroken {
			t.Error(err)
		}
	}
}

func TestExplainKeyring(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err          error
		want, remedy string
		way          Way
	}{
		{keyring.ErrNotFound, "the keyring has no entry a/b",
			"store it with rollcall login, or correct the entry in the profile", ByLogIn},
		{errKeyringSilent, "the keyring did not answer within 5s",
			"it may ask for its password in a window: answer there, then check again; " + keyringAlternative, ByAgain},
		{noKeyringError{errors.New("no bus\n")}, "there is no keyring to ask, since this runs outside a session of the desktop, as from cron or over ssh: no bus",
			"run it in the session, " + keyringAlternative, ByEdit},
		{keyring.ErrUnsupportedPlatform, "there is no keyring to ask: " + keyring.ErrUnsupportedPlatform.Error(),
			"start one, such as GNOME Keyring, KWallet or KeePassXC, " + keyringAlternative, ByEdit},
		{errKeyringBroken, "the keyring could not be asked for a/b: it gave an answer that makes no sense",
			"check the keyring, " + keyringAlternative, ByAgain},
		{keyring.ErrSetDataTooBig, "the credential for a/b is longer than the keyring of this system takes",
			`keep it in a file that only you can read, or in a password manager: token = { file = "PATH" } or { command = [...] }`, ByEdit},
	} {
		if told := explainKeyring("a/b", test.err); told.Error() != test.want || told.Remedy() != test.remedy || told.Way() != string(test.way) {
			t.Errorf("%v: %+v\nwant %s (%s), by %s", test.err, told, test.want, test.remedy, test.way)
		}
	}
}

func TestTooLongForKeyring(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		goos   string
		length int
		want   bool
	}{
		{"windows", 2560, false}, {"windows", 2561, true},
		{"darwin", 2900, false}, {"darwin", 3100, true},
		{"linux", 1 << 20, false},
	} {
		if got := tooLongForKeyring(test.goos, "rollcall/admin", strings.Repeat("x", test.length)); (got != nil) != test.want {
			t.Errorf("%+v: %v", test, got)
		}
	}
}
