package credential

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

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

// within is a place in a file of a tool.
type within struct {
	file file
	at   extract.Place
}

func (within) source() Source        { return SourceFile }
func (w within) name() string        { return w.file.name() }
func (w within) reference() []string { return w.file.reference() }
func (within) plainText() bool       { return true }

func (w within) secret(ctx context.Context) (secret string, warning, err error) {
	return w.among(w.read(ctx))
}

// opened is a file as it was read, or why it was not.
type opened struct {
	reading extract.Reading
	warning error
	err     error
}

// read reads the file.
func (w within) read(ctx context.Context) opened {
	data, warning, err := w.file.read(ctx)
	if err != nil {
		return opened{err: err}
	}
	return opened{extract.Read(w.at.Format, data), warning, nil}
}

// among is the secret among all that is in the file.
func (w within) among(o opened) (secret string, warning, err error) {
	if o.err != nil {
		return "", nil, o.err
	}
	secret, err = w.find(o.reading)
	if err != nil {
		return "", nil, err
	}
	return secret, o.warning, nil
}

// find is the secret in the text of the file.
func (w within) find(text extract.Reading) (string, error) {
	found, err := text.Texts(w.at.Path)
	switch {
	case err != nil:
		return "", w.explain(err)
	case len(found) == 0:
		return "", w.wrong("has nothing at "+w.at.Path, "sign in with the tool that keeps the file, or correct the path in the profile")
	case len(found) > 1:
		return "", w.wrong("has more than one text at "+w.at.Path, "correct the path in the profile, so that it leads to one")
	case found[0] == "":
		return "", w.wrong("has an empty text at "+w.at.Path, "sign in with the tool that keeps the file, or correct the path in the profile")
	}
	return found[0], nil
}

// explain says why nothing could be found in the file.
func (w within) explain(err error) *Error {
	switch {
	case errors.Is(err, extract.ErrMalformed):
		return w.wrong("is not well formed as "+w.at.Format, "correct the format in the profile, or the file")
	case errors.Is(err, extract.ErrTwice):
		return w.wrong("has a key twice in one place, so that it is not clear which counts", "delete one of the two from the file")
	case errors.Is(err, extract.ErrDocuments):
		return w.wrong("has several documents, so that it is not clear which counts", "keep one document in the file, or the secret in the keyring")
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

// stored is the secret in the file. It is an error where another could not take its
// place with every other byte left as it is.
func (w within) stored(ctx context.Context) (string, error) {
	data, err := w.file.whole(ctx)
	if err != nil {
		return "", err
	}
	secret, err := w.find(extract.Read(w.at.Format, data))
	if err == nil {
		err = w.borrowed(secret)
	}
	if err == nil {
		_, err = w.replaced(data, secret)
	}
	if err != nil {
		return "", err
	}
	return secret, nil
}

// store puts a secret in the place of the one in the file, and changes nothing else
// of it.
func (w within) store(ctx context.Context, secret string) error {
	if secret == "" {
		return w.wrong("cannot be left without the secret at "+w.at.Path, "sign out with the tool that keeps the file")
	}
	data, err := w.file.whole(ctx)
	if err == nil {
		var was string
		if was, err = w.find(extract.Read(w.at.Format, data)); err == nil {
			err = w.borrowed(was)
		}
	}
	if err != nil {
		return err
	}
	text, err := w.replaced(data, secret)
	if err != nil {
		return err
	}
	return w.file.replace(text, func(now []byte) error {
		if !bytes.Equal(now, data) {
			return w.wrong("was changed meanwhile", "do it once more")
		}
		return nil
	})
}

// borrowed is an error where a text is no secret but names the variable that has it, as
// tools let their files do.
func (w within) borrowed(text string) error {
	name, ok := strings.CutPrefix(text, "${")
	if name, closed := strings.CutSuffix(name, "}"); ok && closed && !strings.ContainsAny(name, "{}") {
		return w.wrong("takes what is at "+w.at.Path+" from the variable "+name, "set that to the new secret")
	}
	return nil
}

// replaced is the text of the file with another secret in it.
func (w within) replaced(data []byte, secret string) ([]byte, error) {
	text, err := w.at.Replace(data, secret)
	if err != nil {
		what := "cannot be changed at " + w.at.Path + " with all else left as it is"
		if errors.Is(err, extract.ErrShared) || errors.Is(err, extract.ErrLines) || errors.Is(err, extract.ErrForm) {
			what += ": " + err.Error()
		}
		return nil, w.wrong(what, "write the new secret there by hand, or with the tool that keeps the file")
	}
	return text, nil
}
