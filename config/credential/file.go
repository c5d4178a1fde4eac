package credential

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"unicode"

	"github.com/kballard/go-shellquote"

	"rollcall/config/atomicfile"
	"rollcall/plainfile"
)

// SourceFile is a file that holds the secret, alone or among other things.
const SourceFile Source = "file"

// File is a credential in a file.
func File(path string) Credential { return Credential{file{path, path}} }

// file is a file that holds the secret and nothing else.
type file struct {
	// path can be opened from everywhere; written is how the configuration says it.
	path, written string
}

func (file) source() Source        { return SourceFile }
func (f file) name() string        { return "file " + f.written }
func (f file) reference() []string { return []string{f.path} }
func (file) plainText() bool       { return true }

// String is the path as the configuration has it.
func (f file) String() string { return f.written }

// read reads the whole file. A warning says that others can read it, too.
func (f file) read(ctx context.Context) (data []byte, warning, err error) {
	data, info, err := plainfile.ReadPiped(ctx, f.path, maxCredential)
	if err != nil && ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	if err != nil {
		return nil, nil, f.explain(err)
	}
	if OthersCanRead(info.Mode()) && !f.handed() {
		warning = &Error{fmt.Sprintf("others can read the credential file %s", f), "run chmod 600 " + shellquote.Join(f.path), ByOutside}
	}
	return data, warning, nil
}

func (f file) secret(ctx context.Context) (secret string, warning, err error) {
	data, warning, err := f.read(ctx)
	if err != nil {
		return "", nil, err
	}
	// Some editors of Windows begin a file with a byte order mark.
	secret = strings.TrimRightFunc(strings.TrimPrefix(string(data), "\ufeff"), unicode.IsSpace)
	if secret == "" {
		return "", nil, &Error{
			fmt.Sprintf("the credential file %s is empty", f), "write the credential into it", ByEdit,
		}
	}
	return secret, warning, nil
}

// handed reports whether systemd handed the file to this service alone. It grants the
// right to read it by an access list, which the mode tells as one of the group.
func (f file) handed() bool {
	dir := os.Getenv("CREDENTIALS_DIRECTORY")
	return dir != "" && filepath.Dir(f.path) == filepath.Clean(dir)
}

// OthersCanRead reports whether a file of this mode is readable by more people
// than its owner. Windows has no such modes.
func OthersCanRead(mode fs.FileMode) bool {
	return runtime.GOOS != "windows" && mode.Perm()&0o077 != 0
}

// explain says why the file could not be read.
func (f file) explain(err error) *Error {
	wrong, is := errors.AsType[*plainfile.Error](err)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Error{
			fmt.Sprintf("the credential file %s does not exist", f),
			"write the credential into it, or correct the path in the profile", ByEdit,
		}
	case errors.Is(err, fs.ErrPermission):
		return &Error{
			fmt.Sprintf("the credential file %s may not be read by you", f),
			"let its owner give you the right to read it, or name another file in the profile", ByEdit,
		}
	case errors.Is(err, plainfile.ErrFolder):
		return &Error{
			fmt.Sprintf("the credential file %s is a folder", f),
			"name the file in it in the profile", ByEdit,
		}
	case errors.Is(err, plainfile.ErrLarge):
		return &Error{
			fmt.Sprintf("the credential file %s is too large to be a credential", f),
			"correct the path in the profile; the file must hold the credential and nothing else", ByEdit,
		}
	case errors.Is(err, plainfile.ErrSilent):
		return &Error{
			fmt.Sprintf("nothing was written to the credential file %s within %s", f, plainfile.Wait),
			"the file is a pipe: start what writes the credential to it", ByAgain,
		}
	case is:
		return &Error{fmt.Sprintf("the credential file %s %s", f, wrong.What), wrong.Remedy, ByEdit}
	}
	if cause, ok := errors.AsType[*fs.PathError](err); ok {
		err = cause.Err
	}
	return &Error{
		fmt.Sprintf("the credential file %s cannot be read: %s", f, err),
		"correct the path in the profile, or the file", ByEdit,
	}
}

// fileNotation is how a file is written: as its path, which can be one relative
// to the configuration.
func fileNotation() Notation {
	return Notation{
		Source: SourceFile, Example: "token.txt",
		parse: func(line string) (Credential, error) { return File(line), nil },
		Check: func(words []string, resolve func(string) string) (Credential, error) {
			path := resolve(words[0])
			if strings.HasPrefix(words[0], "~/") {
				// It is shown as short as it is written.
				return Credential{file{path, words[0]}}, nil
			}
			return File(path), nil
		},
	}
}

// stored is the secret in the file. Only an ordinary file will do, since another
// cannot be written again.
func (f file) stored(ctx context.Context) (string, error) {
	data, err := f.whole(ctx)
	return strings.TrimRightFunc(string(data), unicode.IsSpace), err
}

// whole is all that is in a file that can be written again.
func (f file) whole(ctx context.Context) ([]byte, error) {
	data, _, err := plainfile.Read(ctx, f.path, maxCredential)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing{&Error{
			fmt.Sprintf("the credential file %s does not exist", f),
			"write the secret into it, or store one in the keyring with rollcall login NAME", ByLogIn,
		}, err}
	}
	if wrong, ok := errors.AsType[*plainfile.Error](err); ok {
		return nil, fmt.Errorf("%s %s, so that nothing can be kept in it", f, wrong.What)
	}
	return data, err
}

// missing is the error of a file that is not there, as a sentence.
type missing struct {
	told  *Error
	cause error
}

func (m missing) Error() string   { return m.told.Error() }
func (m missing) Unwrap() []error { return []error{m.told, m.cause} }

// store puts a secret into the file, which is there already. The file has the
// old secret or the new one as a whole. It keeps its owner and its mode; where
// the owner cannot be kept, nobody but the person who writes can read it.
func (f file) store(_ context.Context, secret string) error {
	return f.replace([]byte(secret+"\n"), nil)
}

// replace puts a text in the place of the one in the file, where a look at that in the
// last moment does not keep it from that.
func (f file) replace(text []byte, look func(now []byte) error) error {
	target, err := plainfile.Within(context.Background(), f.path, func() (string, error) { return filepath.EvalSymlinks(f.path) })
	if err != nil {
		return err
	}
	info, err := plainfile.Stat(context.Background(), target)
	if err != nil {
		return err
	}
	fresh, err := atomicfile.Create(target, text, info)
	if err != nil {
		return err
	}
	defer fresh.Discard()
	if err := fresh.KeepMode(info); err != nil {
		return err
	}
	if look != nil {
		now, _, err := plainfile.Read(context.Background(), target, maxCredential)
		if err == nil {
			err = look(now)
		}
		if err != nil {
			return err
		}
	}
	return fresh.Commit()
}
