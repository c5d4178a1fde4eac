package credential

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/zalando/go-keyring"
)

// keyringTimeout bounds one call of the keyring.
const keyringTimeout = 5 * time.Second

// keyringAlternative is where else a credential can be.
const keyringAlternative = "or give the profile a credential from env, file or command"

// splitEntry takes "service/user" apart, at the last slash.
func splitEntry(entry string) (service, user string) {
	if i := strings.LastIndexByte(entry, '/'); i >= 0 {
		return entry[:i], entry[i+1:]
	}
	return "rollcall", entry
}

// SourceKeyring is the keyring of the system.
const SourceKeyring Source = "keyring"

// Keyring is a credential in the keyring of the system, under "service/user".
// Without a slash the service is rollcall.
func Keyring(name string) Credential {
	service, user := splitEntry(name)
	return Credential{entry{service, user}}
}

// entry is one of the keyring.
type entry struct{ service, user string }

func (entry) source() Source        { return SourceKeyring }
func (e entry) name() string        { return "keyring " + e.String() }
func (e entry) reference() []string { return []string{e.String()} }
func (entry) plainText() bool       { return false }

// String is the entry as a configuration has it.
func (e entry) String() string { return e.service + "/" + e.user }

func (e entry) secret(ctx context.Context) (secret string, warning, err error) {
	secret, err = e.call(ctx, theKeyring.get)
	if err == nil && strings.TrimSpace(secret) == "" {
		err = &Error{
			fmt.Sprintf("the entry %s of the keyring is empty", e), "store the credential in it again", ByLogIn,
		}
	}
	return secret, nil, err
}

// stored is the secret of the entry; empty where there is no such entry.
func (e entry) stored(ctx context.Context) (string, error) {
	return e.call(ctx, func(service, user string) (string, error) {
		secret, err := keyring.Get(service, user)
		if errors.Is(err, keyring.ErrNotFound) {
			return "", nil
		}
		return secret, err
	})
}

// store keeps a secret in the entry; an empty one removes the entry.
func (e entry) store(ctx context.Context, secret string) error {
	if secret == "" {
		_, err := e.call(ctx, func(service, user string) (string, error) { return "", keyring.Delete(service, user) })
		return err
	}
	if tooLong := tooLongForKeyring(runtime.GOOS, e.String(), secret); tooLong != nil {
		return tooLong
	}
	_, err := e.call(ctx, func(service, user string) (string, error) {
		return "", keyring.Set(service, user, secret)
	})
	return err
}

// keyringNotation is how an entry of the keyring is written.
func keyringNotation() Notation {
	const example = "rollcall/admin"
	return Notation{
		Source: SourceKeyring, Example: example,
		parse: func(line string) (Credential, error) { return Keyring(line), nil },
		Check: func(words []string, _ func(string) string) (Credential, error) {
			if service, user := splitEntry(words[0]); service == "" || user == "" {
				return Credential{}, fmt.Errorf(`keyring must be "service/user", such as %q`, example)
			}
			return Keyring(words[0]), nil
		},
	}
}

// call makes one call of the keyring for the entry, and explains its error.
func (e entry) call(ctx context.Context, call func(service, user string) (string, error)) (string, error) {
	secret, err := theKeyring.do(ctx, keyringTimeout, func() (string, error) {
		if err := findKeyring(); err != nil {
			return "", noKeyringError{err}
		}
		return call(e.service, e.user)
	})
	switch {
	case err == nil:
		return secret, nil
	case ctx.Err() != nil:
		return "", ctx.Err()
	}
	return "", explainKeyring(e.String(), err)
}

// noKeyringError says why there is no keyring.
type noKeyringError struct{ error }

// explainKeyring says what an error of the keyring means, with its own words.
func explainKeyring(entry string, err error) *Error {
	_, none := errors.AsType[noKeyringError](err)
	words := excerpt([]byte(err.Error()), nil)
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return &Error{
			fmt.Sprintf("the keyring has no entry %s", entry),
			"store it with rollcall login, or correct the entry in the profile", ByLogIn,
		}
	case errors.Is(err, errKeyringSilent):
		return &Error{
			fmt.Sprintf("the keyring did not answer within %s", keyringTimeout),
			"it may ask for its password in a window: answer there, then check again; " + keyringAlternative, ByAgain,
		}
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return tooLong(entry)
	case none && runtime.GOOS != "windows":
		return &Error{
			"there is no keyring to ask, since this runs outside a session of the desktop, as from cron or over ssh" + words,
			"run it in the session, " + keyringAlternative, ByEdit,
		}
	case none, errors.Is(err, keyring.ErrUnsupportedPlatform), keyringAbsent(err):
		return &Error{
			"there is no keyring to ask" + words,
			"start one, such as GNOME Keyring, KWallet or KeePassXC, " + keyringAlternative, ByEdit,
		}
	case keyringLocked(err):
		return &Error{
			"the keyring is locked" + words,
			"unlock it, then check again; " + keyringAlternative, ByAgain,
		}
	}
	return &Error{
		fmt.Sprintf("the keyring could not be asked for %s%s", entry, words),
		"check the keyring, " + keyringAlternative, ByAgain,
	}
}

// The longest secrets that keyrings take.
const (
	maxWindowsSecret = 2560
	// maxMacCommand is the longest line that the library passes to the
	// program security, which beside the names, quoted, and the secret in
	// base64 has macCommandRest bytes in it.
	maxMacCommand  = 4096
	macCommandRest = 80
)

// tooLongForKeyring refuses a secret that the keyring of the system would not
// take; nil for one that it takes.
func tooLongForKeyring(goos, entry, secret string) *Error {
	switch {
	case goos == "windows" && len(secret) > maxWindowsSecret,
		goos == "darwin" && base64.StdEncoding.EncodedLen(len(secret))+len(entry)+macCommandRest > maxMacCommand:
		return tooLong(entry)
	}
	return nil
}

func tooLong(entry string) *Error {
	return &Error{
		fmt.Sprintf("the credential for %s is longer than the keyring of this system takes", entry),
		`keep it in a file that only you can read, or in a password manager: token = { file = "PATH" } or { command = [...] }`, ByEdit,
	}
}
