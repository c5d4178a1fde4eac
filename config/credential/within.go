package credential

import (
	"context"
	"errors"
	"fmt"

	"github.com/kballard/go-shellquote"

	"rollcall/config/credential/extract"
)

// In is the credential at a place in the file that holds it among other things. One
// that is in no file stays as it is, as it does for no place.
func (c Credential) In(p extract.Place) Credential {
	if f, ok := c.place.(file); ok && !p.IsZero() {
		return Credential{within{f, p}}
	}
	return c
}

// Within is where in its file the secret is; zero where it is alone there, and for
// other sources.
func (c Credential) Within() extract.Place {
	w, _ := c.place.(within)
	return w.at
}

// within is a place in a file of a tool, which is only read: nobody but that tool
// knows what else has to change with the secret.
type within struct {
	file file
	at   extract.Place
}

func (within) source() Source        { return SourceFile }
func (w within) name() string        { return w.file.name() }
func (w within) reference() []string { return w.file.reference() }
func (within) plainText() bool       { return true }

func (w within) secret(ctx context.Context) (secret string, warning, err error) {
	data, warning, err := w.file.read(ctx)
	if err != nil {
		return "", nil, err
	}
	found, err := w.at.Texts(data)
	switch {
	case err != nil:
		return "", nil, w.explain(err)
	case len(found) == 0:
		return "", nil, w.wrong("has nothing at "+w.at.Path, "sign in with the tool that keeps the file, or correct the path in the profile")
	case len(found) > 1:
		return "", nil, w.wrong("has more than one text at "+w.at.Path, "correct the path in the profile, so that it leads to one")
	case found[0] == "":
		return "", nil, w.wrong("has an empty text at "+w.at.Path, "sign in with the tool that keeps the file, or correct the path in the profile")
	}
	return found[0], warning, nil
}

// explain says why nothing could be found in the file.
func (w within) explain(err error) *Error {
	switch {
	case errors.Is(err, extract.ErrMalformed):
		return w.wrong("is not well formed as "+w.at.Format, "correct the format in the profile, or the file")
	case errors.Is(err, extract.ErrDeep):
		return w.wrong("is nested too deep to be read", "keep the secret in the keyring instead")
	case errors.Is(err, extract.ErrNoText):
		return w.wrong("has something other than a text at "+w.at.Path, "correct the path in the profile, so that it leads to the secret itself")
	}
	return w.wrong("cannot be searched: "+err.Error(), "correct the path in the profile")
}

// wrong is an error about the file.
func (w within) wrong(what, remedy string) *Error {
	return &Error{fmt.Sprintf("the credential file %s %s", w.file, what), remedy, ByEdit}
}

// cannotReplaceWithin says why rollcall does not replace a secret of a profile that
// is among other things in a file, and what to do instead.
func cannotReplaceWithin(profile, path string) (why, instead string) {
	return "the secret of " + profile + " is among other things in " + path + ", which rollcall only reads",
		"Sign in anew with the tool that keeps that file, or move the secret to the keyring: rollcall login " + shellquote.Join(profile)
}
