package config

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/zalando/go-keyring"
)

// keyringTimeout bounds one call of the keyring.
const keyringTimeout = 5 * time.Second

// keyringAlternative is where else a credential can be.
const keyringAlternative = "or give the profile a credential from env, file or command"

var (
	errKeyringSilent = errors.New("no answer")
	errKeyringBroken = errors.New("it gave an answer that makes no sense")
)

// theKeyring is one for the whole process, as the keyring itself is one: asked
// for many credentials at once it would ask its owner as often for the
// password. Asked for one after the other, it asks for the first, and stays
// open for the rest.
var theKeyring = keyringQueue{turn: make(chan struct{}, 1)}

// keyringQueue lets one call at a time through to the keyring.
type keyringQueue struct {
	// turn holds a value while a call is at work.
	turn chan struct{}
	// answers counts the calls that came back.
	answers atomic.Int64
	// refused is the error of the last reading where the keyring stayed
	// locked. It belongs to who has the turn.
	refused error
}

// do makes a call. The library takes no context, so the call goes on when it
// is given up; it keeps its turn meanwhile, and no other is made beside it.
func (q *keyringQueue) do(
	ctx context.Context, limit time.Duration, call func() (string, error),
) (string, error) {
	if err := q.wait(ctx, limit); err != nil {
		return "", err
	}
	type answer struct {
		secret string
		err    error
	}
	came := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if recover() != nil {
				a = answer{err: errKeyringBroken}
			}
			q.answers.Add(1)
			<-q.turn
			came <- a
		}()
		a.secret, a.err = call()
	}()
	late := time.NewTimer(limit)
	defer late.Stop()
	select {
	case a := <-came:
		return a.secret, a.err
	case <-late.C:
		return "", errKeyringSilent
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// wait takes the turn. It waits for as long as the keyring answers others.
func (q *keyringQueue) wait(ctx context.Context, limit time.Duration) error {
	late := time.NewTicker(limit)
	defer late.Stop()
	for before := q.answers.Load(); ; before = q.answers.Load() {
		select {
		case q.turn <- struct{}{}:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-late.C:
			if q.answers.Load() == before {
				return errKeyringSilent
			}
		}
	}
}

// get reads an entry; it is for [keyringQueue.do]. Who did not open the keyring
// when asked to is not asked again, for each profile and at each check, as long
// as it stays locked.
func (q *keyringQueue) get(service, user string) (string, error) {
	if q.refused != nil && keyringStillLocked() {
		return "", q.refused
	}
	secret, err := keyring.Get(service, user)
	q.refused = nil
	if err != nil && keyringLocked(err) {
		q.refused = err
	}
	return secret, err
}

// splitEntry takes "service/user" apart, at the last slash.
func splitEntry(entry string) (service, user string) {
	if i := strings.LastIndexByte(entry, '/'); i >= 0 {
		return entry[:i], entry[i+1:]
	}
	return "rollcall", entry
}

// fromKeyring reads the entry of the keyring.
func (c Credential) fromKeyring(ctx context.Context) (string, error) {
	secret, err := callKeyring(ctx, c.ref, theKeyring.get)
	if err == nil && strings.TrimSpace(secret) == "" {
		err = &CredentialError{
			fmt.Sprintf("the entry %s of the keyring is empty", c.ref), "store the credential in it again",
		}
	}
	return secret, err
}

// StoreInKeyring keeps a secret in the keyring of the system, in place of the
// one that the entry "service/user" has. The error is a [*CredentialError], or
// that of ctx.
func StoreInKeyring(ctx context.Context, entry, secret string) error {
	if tooLong := tooLongForKeyring(runtime.GOOS, entry, secret); tooLong != nil {
		return tooLong
	}
	_, err := callKeyring(ctx, entry, func(service, user string) (string, error) {
		return "", keyring.Set(service, user, secret)
	})
	return err
}

// DeleteFromKeyring removes an entry "service/user" of the keyring. The error
// is a [*CredentialError], or that of ctx.
func DeleteFromKeyring(ctx context.Context, entry string) error {
	_, err := callKeyring(ctx, entry, func(service, user string) (string, error) {
		return "", keyring.Delete(service, user)
	})
	return err
}

// callKeyring makes one call for an entry, and explains its error.
func callKeyring(
	ctx context.Context, entry string, call func(service, user string) (string, error),
) (string, error) {
	service, user := splitEntry(entry)
	secret, err := theKeyring.do(ctx, keyringTimeout, func() (string, error) {
		if err := findKeyring(); err != nil {
			return "", noKeyringError{err}
		}
		return call(service, user)
	})
	switch {
	case err == nil:
		return secret, nil
	case ctx.Err() != nil:
		return "", ctx.Err()
	}
	return "", explainKeyring(service+"/"+user, err)
}

// noKeyringError says why there is no keyring.
type noKeyringError struct{ error }

// explainKeyring says what an error of the keyring means, with its own words.
func explainKeyring(entry string, err error) *CredentialError {
	_, none := errors.AsType[noKeyringError](err)
	words := excerpt([]byte(err.Error()), nil)
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return &CredentialError{
			fmt.Sprintf("the keyring has no entry %s", entry),
			"store it with rollcall login, or correct the entry in the profile",
		}
	case errors.Is(err, errKeyringSilent):
		return &CredentialError{
			fmt.Sprintf("the keyring did not answer within %s", keyringTimeout),
			"it may ask for its password in a window: answer there, then check again; " + keyringAlternative,
		}
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return tooLong(entry)
	case none, errors.Is(err, keyring.ErrUnsupportedPlatform), keyringAbsent(err):
		return &CredentialError{
			"there is no keyring to ask" + words,
			"start one, such as GNOME Keyring, KWallet or KeePassXC, " + keyringAlternative,
		}
	case keyringLocked(err):
		return &CredentialError{
			"the keyring is locked" + words,
			"unlock it, then check again; " + keyringAlternative,
		}
	}
	return &CredentialError{
		fmt.Sprintf("the keyring could not be asked for %s%s", entry, words),
		"check the keyring, " + keyringAlternative,
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
func tooLongForKeyring(goos, entry, secret string) *CredentialError {
	switch {
	case goos == "windows" && len(secret) > maxWindowsSecret,
		goos == "darwin" && base64.StdEncoding.EncodedLen(len(secret))+len(entry)+macCommandRest > maxMacCommand:
		return tooLong(entry)
	}
	return nil
}

func tooLong(entry string) *CredentialError {
	return &CredentialError{
		fmt.Sprintf("the credential for %s is longer than the keyring of this system takes", entry),
		`keep it in a file that only you can read, or in a password manager: token = { file = "PATH" } or { command = [...] }`,
	}
}
