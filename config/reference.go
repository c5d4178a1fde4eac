package config

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/kballard/go-shellquote"
)

const credentialExample = `{ env = "NAME_OF_A_VARIABLE" }`

// variable is what a shell can set.
var variable = pattern(`^[A-Za-z_][A-Za-z0-9_]*$`)

// credential reads a secret or a reference to one.
func (t *table) credential(key string) Credential {
	switch secret := t.values[key].(type) {
	case string:
		t.known = append(t.known, key)
		if secret == "" {
			t.problem(key, "%s must not be empty; write %s = %s", key, key, credentialExample)
			return Credential{}
		}
		if hasControl(secret) {
			t.problem(key, "%s must not have line breaks or control characters in it", key)
			return Credential{}
		}
		t.literal(key)
		return Literal(secret)
	default:
		ref, ok := t.table(key, "a text in quotes or a table such as "+credentialExample)
		if !ok {
			return Credential{}
		}
		return ref.reference(key)
	}
}

// literal notes that a key holds a secret, which must not stand in a file that
// others can read.
func (t *table) literal(key string) {
	if t.doc.exposed {
		path := below(t.path, key)
		t.add(t.doc.places.find(path), path,
			key+" holds a secret, and others can read this file",
			"Run: chmod 600 "+shellquote.Join(t.doc.file))
	}
}

// reference reads a credential's table; key is what the table is called.
func (t *table) reference(key string) Credential {
	var all []Credential
	if name, ok := t.text("env", "NAME_OF_A_VARIABLE"); ok {
		if variable().MatchString(name) {
			all = append(all, Env(name))
		} else {
			// It is not kept: it may be a secret in the wrong place.
			t.problem("env", `env must be the name of a variable, without "$", such as "KATAPULT_API_KEY"`)
		}
	}
	if path := t.file("file", "token.txt"); path != "" {
		all = append(all, Credential{kind: SourceFile, ref: path})
	}
	if c, ok := t.command(); ok {
		all = append(all, c)
	}
	if c, ok := t.keyring(); ok {
		all = append(all, c)
	}
	sources := 0
	for _, k := range t.known {
		if t.has(k) {
			sources++
		}
	}
	// An unknown key is most likely the one that is missing.
	if t.unknown() == 0 && sources == 0 || sources > 1 {
		t.problemHere("%s must have exactly one of env, file, command and keyring, such as %s", key, credentialExample)
	}
	if len(all) == 0 {
		return Credential{}
	}
	return all[0]
}

// command reads the arguments of a command.
func (t *table) command() (Credential, bool) {
	const want = `a list of texts, such as ["pass", "show", "work"]`
	args, ok := t.texts("command", want)
	if !ok {
		return Credential{}, false
	}
	unusable := func(arg string) bool { return strings.Contains(arg, "\x00") }
	if len(args) == 0 || args[0] == "" || !readable(args[0]) || slices.ContainsFunc(args, unusable) {
		t.problem("command", "command must be %s", want)
		return Credential{}, false
	}
	program := args[0]
	if strings.ContainsRune(program, '/') || strings.ContainsRune(program, filepath.Separator) {
		program = t.doc.resolve(program)
	}
	return Command(program, args[1:]...), true
}

// keyring reads an entry of the keyring.
func (t *table) keyring() (Credential, bool) {
	const example = "rollcall/admin"
	entry, ok := t.text("keyring", example)
	if !ok {
		return Credential{}, false
	}
	if service, user := splitEntry(entry); service == "" || user == "" {
		t.problem("keyring", `keyring must be "service/user", such as %q`, example)
		return Credential{}, false
	}
	return Keyring(entry), true
}
