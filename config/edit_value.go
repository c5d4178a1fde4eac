package config

import (
	"errors"
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"

	"rollcall/config/credential"
)

// setting is a key with its value: a string, a bool, a []string or a
// [credential.Credential] that is not the secret itself.
type setting struct {
	key   string
	value any
}

// literalText is a value as TOML writes it.
type literalText string

// encode writes a value as TOML does, on one line.
func encode(value any) (string, error) {
	switch v := value.(type) {
	case literalText:
		return string(v), nil
	case credential.Credential:
		return encodeCredential(v)
	case string, bool, []string:
		data, err := toml.Marshal(map[string]any{"x": v})
		return strings.TrimSpace(strings.TrimPrefix(string(data), "x = ")), err
	}
	return "", fmt.Errorf("a value of type %T has no place in a configuration", value)
}

// errWritten refuses to write a secret.
var errWritten = errors.New("a secret is not written into the configuration; keep it in the keyring, in a file or in a variable")

// encodeCredential writes where to find a secret. A secret itself is never
// written.
func encodeCredential(c credential.Credential) (string, error) {
	n, ok := credential.NotationOf(c.Kind())
	if !ok {
		return "", errWritten
	}
	words := c.Reference()
	var value any = words
	if !n.List {
		value = words[0]
	}
	text, err := encode(value)
	if err != nil {
		return "", err
	}
	place := c.Within()
	if place.IsZero() {
		return fmt.Sprintf("{ %s = %s }", c.Kind(), text), nil
	}
	format, err := encode(place.Format)
	if err != nil {
		return "", err
	}
	path, err := encode(place.Path)
	return fmt.Sprintf("{ %s = %s, %s = %s, %s = %s }", c.Kind(), text, formatKey, format, pathKey, path), err
}

// decoded is what TOML reads in the text of a value.
func decoded(text string) (any, error) {
	var root map[string]any
	if _, err := toml.Decode("x = "+text, &root); err != nil {
		return nil, errors.New("this is no value for a configuration")
	}
	return root["x"], nil
}

// inStyleOf writes a text with the quotes that the value which it replaces
// has, as far as it can be written so.
func inStyleOf(old, text string, value any) string {
	s, ok := value.(string)
	if !ok {
		return text
	}
	plain := !hasControl(s)
	switch {
	case strings.HasPrefix(old, `'''`) && plain && !strings.Contains(s, `'`):
		return `'''` + s + `'''`
	case strings.HasPrefix(old, `"""`):
		return `""` + text + `""`
	case strings.HasPrefix(old, `'`) && !strings.HasPrefix(old, `''`) && plain && !strings.Contains(s, `'`):
		return `'` + s + `'`
	}
	return text
}

// keyInStyleOf writes a part of a key with quotes where it needs some, or where
// the one that it replaces has some without a need.
func keyInStyleOf(old, key string) string {
	text := toml.Key{key}.String()
	bare := text == key
	switch {
	case strings.HasPrefix(old, `'`) && !hasControl(key) && !strings.Contains(key, `'`):
		return `'` + key + `'`
	case bare && strings.HasPrefix(old, `"`) && toml.Key{strings.Trim(old, `"`)}.String() == strings.Trim(old, `"`):
		return `"` + key + `"`
	}
	return text
}
