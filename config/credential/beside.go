package credential

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"rollcall/config/atomicfile"
)

// previousSuffix ends the name of the file that has the secret which was in a file
// before.
const previousSuffix = ".previous"

// Former is where the secret is kept that was replaced last in the place of a
// credential: beside a file, as one that the owner alone can read; for every other
// source in an entry of the keyring.
func (c Credential) Former(entry string) Credential {
	if f, ok := c.place.(file); ok {
		return Credential{beside(f.path)}
	}
	return Keyring(entry)
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
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	fresh, err := atomicfile.Create(path, []byte(secret+"\n"), nil)
	if err != nil {
		return err
	}
	defer fresh.Discard()
	return fresh.Commit()
}
