package config

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Credential is a secret, or where to find it. The zero value is none.
//
// However it is printed, encoded or logged, it shows its source and never the
// secret.
type Credential struct {
	kind Source
	// ref is what a reference names: the variable, the path, the program or
	// the entry of the keyring.
	ref string
	// secret is a literal, or the program and arguments of a command with a
	// NUL between them, since people do write passwords there. It is behind
	// a pointer since fmt does not call the methods of unexported fields: of
	// whatever holds a Credential in one, fmt then prints an address.
	secret *string
}

// Source is a kind of place that a secret comes from, as the configuration
// calls it. The zero value is no credential.
type Source string

// The sources of a credential.
const (
	SourceLiteral Source = "literal"
	SourceEnv     Source = "env"
	SourceFile    Source = "file"
	SourceCommand Source = "command"
	SourceKeyring Source = "keyring"
)

// Literal is a credential that is the secret itself.
func Literal(secret string) Credential {
	return Credential{kind: SourceLiteral, secret: &secret}
}

// Env is a credential in an environment variable.
func Env(name string) Credential { return Credential{kind: SourceEnv, ref: name} }

// Command is a credential that a program prints.
func Command(program string, args ...string) Credential {
	all := strings.Join(append([]string{program}, args...), "\x00")
	return Credential{kind: SourceCommand, ref: filepath.Base(program), secret: &all}
}

// Keyring is a credential in the keyring of the system, under "service/user".
// Without a slash the service is rollcall.
func Keyring(entry string) Credential {
	service, user := splitEntry(entry)
	return Credential{kind: SourceKeyring, ref: service + "/" + user}
}

// IsZero reports whether there is no credential.
func (c Credential) IsZero() bool { return c.kind == "" }

// Kind is the kind of place that the secret comes from; empty where there is no
// credential.
func (c Credential) Kind() Source { return c.kind }

// PlainText reports whether the secret lies in plain text on the disk: in the
// configuration, or in a file of its own.
func (c Credential) PlainText() bool {
	return c.kind == SourceLiteral || c.kind == SourceFile
}

// Source tells without the secret where it comes from: "env KATAPULT_API_KEY".
// It is empty where there is no credential.
func (c Credential) Source() string {
	switch c.kind {
	case "":
		return ""
	case SourceLiteral:
		return "config file"
	default:
		return string(c.kind) + " " + c.ref
	}
}

// String is the source.
func (c Credential) String() string { return c.Source() }

// Format prints the source, whatever the verb.
func (c Credential) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, c.Source()) }

// MarshalText encodes the source.
func (c Credential) MarshalText() ([]byte, error) { return []byte(c.Source()), nil }

// CredentialError says why a credential could not be had. It holds nothing of
// the secret.
type CredentialError struct {
	explanation, remedy string
}

// Error says what is wrong.
func (e *CredentialError) Error() string { return e.explanation }

// Remedy says what to do about it.
func (e *CredentialError) Remedy() string { return e.remedy }

// Resolve returns the secret, with a warning where something about it should
// be mended. It reads anew each time, and gives up when ctx ends. The error is
// a [*CredentialError], or that of ctx.
func (c Credential) Resolve(ctx context.Context) (secret, warning string, err error) {
	switch c.kind {
	case SourceLiteral:
		secret = *c.secret
	case SourceEnv:
		secret, err = c.fromEnv()
	case SourceFile:
		secret, warning, err = c.fromFile(ctx)
	case SourceCommand:
		secret, err = c.fromCommand(ctx)
	case SourceKeyring:
		secret, err = c.fromKeyring(ctx)
	default:
		err = &CredentialError{"the profile has no credential that can be used", "give it a token from env, file, command or keyring"}
	}
	if err != nil {
		return "", "", err
	}
	if hasControl(secret) {
		return "", "", &CredentialError{
			fmt.Sprintf("the credential from %s has a line break or control character in it, so it is not used", c.Source()),
			"store the credential again, on one line and with nothing else",
		}
	}
	return secret, warning, nil
}

func (c Credential) fromEnv() (string, error) {
	secret, set := os.LookupEnv(c.ref)
	remedy := fmt.Sprintf("set it before you start rollcall: export %s=…", c.ref)
	if !set {
		return "", &CredentialError{fmt.Sprintf("the environment variable %s is not set", c.ref), remedy}
	}
	if strings.TrimSpace(secret) == "" {
		return "", &CredentialError{fmt.Sprintf("the environment variable %s is empty", c.ref), remedy}
	}
	return secret, nil
}
