package credential

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"rollcall/config/atomicfile"
	"rollcall/plainfile"
)

// previousSuffix ends the name of the file or the entry that has the secret which was
// in a file or an entry before.
const previousSuffix = ".previous"

// Former is where the secret is kept that was replaced last in the place of a
// credential: beside a file, as one that the owner alone can read, or in an entry of
// the keyring beside that. Where none is kept, it is no credential.
func (c Credential) Former() Credential {
	switch p := c.place.(type) {
	case file:
		return Credential{beside(p.path)}
	case within:
		// There can be several in one file.
		sum := sha256.Sum256([]byte(p.at.Format + " " + p.at.Path))
		return Credential{beside(fmt.Sprintf("%s.%x", p.file.path, sum[:4]))}
	case entry:
		return Keyring(p.String() + previousSuffix)
	}
	return Credential{}
}

// FormerAt is a place that [Credential.Former] has told, by its source and its
// reference; ok is false for every other.
func FormerAt(source Source, reference string) (c Credential, ok bool) {
	path, ok := strings.CutSuffix(reference, previousSuffix)
	switch {
	case !ok || path == "":
	case source == SourceFile:
		return Credential{beside(path)}, true
	case source == SourceKeyring:
		return Keyring(reference), true
	}
	return Credential{}, false
}

// beside is the path of a file that holds a secret, and has the one before it beside
// it. Unlike that file itself, it is made where it is not there yet.
type beside string

func (beside) source() Source        { return SourceFile }
func (b beside) path() file          { return File(string(b) + previousSuffix).place.(file) }
func (b beside) name() string        { return b.path().name() }
func (b beside) reference() []string { return b.path().reference() }
func (beside) plainText() bool       { return true }

func (b beside) secret(ctx context.Context) (secret string, warning, err error) {
	return b.path().secret(ctx)
}

// stored is the secret before; empty where there was none.
func (b beside) stored(ctx context.Context) (string, error) {
	secret, err := b.path().stored(ctx)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return secret, err
}

// store keeps a secret, which whoever reads the file itself need not be able to
// read.
func (b beside) store(_ context.Context, secret string) error {
	path := b.path().path
	if secret == "" {
		_, err := plainfile.Written(context.Background(), path, func(context.Context) (struct{}, error) { return struct{}{}, os.Remove(path) }, nil)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	fresh, err := atomicfile.Create(path, []byte(secret+"\n"), nil)
	if err != nil {
		return err
	}
	defer fresh.Discard()
	return fresh.Commit()
}
