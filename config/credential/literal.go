package credential

import (
	"context"

	"github.com/kballard/go-shellquote"
)

// SourceLiteral is the configuration itself, which holds the secret.
const SourceLiteral Source = "literal"

// Literal is a credential that is the secret itself.
func Literal(secret string) Credential { return Credential{literal{&secret}} }

// literal is a secret, behind a pointer so that it is never printed.
type literal struct{ text *string }

func (literal) source() Source      { return SourceLiteral }
func (literal) name() string        { return "config file" }
func (literal) reference() []string { return nil }
func (literal) plainText() bool     { return true }

func (l literal) secret(context.Context) (secret string, warning, err error) {
	return *l.text, nil, nil
}

// cannotReplaceLiteral says why rollcall does not replace such a secret of a
// profile, and what to do instead.
func cannotReplaceLiteral(profile string) (why, instead string) {
	return "the secret of " + profile + " stands in the configuration file, where rollcall writes none",
		"Move it to the keyring: rollcall login " + shellquote.Join(profile)
}
