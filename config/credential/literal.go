package credential

import "context"

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
