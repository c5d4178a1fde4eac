package credential

import (
	"context"
	"fmt"
	"strings"
)

// Resolve returns the secret, with a warning where something about its place
// should be mended. It reads anew each time, and gives up when ctx ends. The
// warning is a [*Error], and so is the error unless it is that of ctx.
func (c Credential) Resolve(ctx context.Context) (secret string, warning, err error) {
	if c.place == nil {
		return "", nil, &Error{
			"the profile has no credential that can be used", "give it a token from " + SourceNames("or"), ByEdit,
		}
	}
	secret, warning, err = c.place.secret(ctx)
	return c.usable(secret, warning, err)
}

// usable is what came of reading a secret, if that can be one.
func (c Credential) usable(secret string, warning, err error) (string, error, error) {
	if err != nil {
		return "", nil, err
	}
	if strings.TrimSpace(secret) == "" {
		return "", nil, &Error{fmt.Sprintf("the credential (%s) is empty", c.Source()), "put the token or password there", ByEdit}
	}
	if !Sendable(secret) {
		return "", nil, &Error{
			fmt.Sprintf("the credential from %s has a line break or control character in it, so it is not used", c.Source()),
			"store the credential again, on one line and with nothing else", storing(c.Kind()),
		}
	}
	return secret, warning, nil
}

// Reader resolves many credentials, and reads a file that several of them are in once. It
// has what is in those files: it is for one look at all of them, by one goroutine.
type Reader struct{ files map[readFile]opened }

// readFile is a file in the format that it was read in.
type readFile struct {
	file   file
	format string
}

// Resolve is [Credential.Resolve].
func (r *Reader) Resolve(ctx context.Context, c Credential) (secret string, warning, err error) {
	w, is := c.place.(within)
	if !is {
		return c.Resolve(ctx)
	}
	key := readFile{w.file, w.at.Format}
	o, known := r.files[key]
	if !known {
		o = w.read(ctx)
		if r.files == nil {
			r.files = map[readFile]opened{}
		}
		r.files[key] = o
	}
	return c.usable(w.among(o))
}

// storing is how a secret gets to a place.
func storing(s Source) Way {
	if s == SourceKeyring {
		return ByLogIn
	}
	return ByEdit
}
