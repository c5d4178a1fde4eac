package credential

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
)

// SourceEnv is the environment of rollcall.
const SourceEnv Source = "env"

// Env is a credential in an environment variable.
func Env(name string) Credential { return Credential{variable(name)} }

// variable is the name of an environment variable.
type variable string

func (variable) source() Source        { return SourceEnv }
func (v variable) name() string        { return "env " + string(v) }
func (v variable) reference() []string { return []string{string(v)} }
func (variable) plainText() bool       { return false }

func (v variable) secret(context.Context) (secret string, warning, err error) {
	secret, set := os.LookupEnv(string(v))
	remedy := fmt.Sprintf("set it before you start rollcall: export %s=…", string(v))
	if !set {
		return "", nil, &Error{fmt.Sprintf("the environment variable %s is not set", string(v)), remedy, ByOutside}
	}
	if strings.TrimSpace(secret) == "" {
		return "", nil, &Error{fmt.Sprintf("the environment variable %s is empty", string(v)), remedy, ByOutside}
	}
	return secret, nil, nil
}

// variableName is the name of a variable that a shell can set.
var variableName = pattern(`^[A-Za-z_][A-Za-z0-9_]*$`)

// envNotation is how a variable is written. What cannot be the name of one is
// not kept: it may be a secret in the wrong place.
func envNotation() Notation {
	return Notation{
		Source: SourceEnv, Example: "NAME_OF_A_VARIABLE",
		parse: func(line string) (Credential, error) { return Env(line), nil },
		Check: func(words []string, _ func(string) string) (Credential, error) {
			if !variableName().MatchString(words[0]) {
				return Credential{}, errors.New(`env must be the name of a variable, without "$", such as "KATAPULT_API_KEY"`)
			}
			return Env(words[0]), nil
		},
		replace: func(line string) Replacement {
			return Replacement{
				By:    ByRestart,
				First: "rollcall cannot set the variable " + line + " for other programs, and keeps no secret of it: there is no undo.",
				Todo:  "set " + line + " to the new secret where it is set, and start rollcall anew from there",
			}
		},
	}
}
