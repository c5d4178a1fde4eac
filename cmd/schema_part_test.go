package cmd

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"testing"
)

// keyword is one keyword of a schema with its value.
type keyword struct {
	name  string
	value any
}

// part is a schema, or an object within one, whose keywords keep their order: people
// read them, and editors offer them, in it.
type part []keyword

// schemaOf is a part of names, each with its value behind it.
func schemaOf(pairs ...any) (p part) {
	for i := 0; i < len(pairs); i += 2 {
		p = append(p, keyword{pairs[i].(string), pairs[i+1]})
	}
	return p
}

// with is the part with more keywords at its end.
func (p part) with(pairs ...any) part { return append(p[:len(p):len(p)], schemaOf(pairs...)...) }

// set replaces the value at a path of keywords.
func (p part) set(value any, path ...string) {
	at := slices.Index(p.names(), path[0])
	if len(path) == 1 {
		p[at].value = value
		return
	}
	p[at].value.(part).set(value, path[1:]...)
}

// names are those of the keywords, of properties those of the keys.
func (p part) names() (all []string) {
	for _, k := range p {
		all = append(all, k.name)
	}
	return all
}

// MarshalJSON implements [json.Marshaler].
func (p part) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	b.WriteByte('{')
	for i, k := range p {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := e.Encode(k.name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := e.Encode(k.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// wordList is a list of words as it is indented, a line each.
var wordList = regexp.MustCompile(`\[\s+("[^"\s]*",?\s+)+\]`)

// finished is a whole schema as a file has it.
func finished(t *testing.T, title, description string, p, definitions part) []byte {
	t.Helper()
	whole := schemaOf("$schema", "https://json-schema.org/draft/2020-12/schema", "title", title, "description", description)
	whole = append(whole, p...)
	if len(definitions) > 0 {
		whole = whole.with("$defs", definitions)
	}
	var b bytes.Buffer
	if err := writeJSON(&b, whole); err != nil {
		t.Fatal(err)
	}
	return wordList.ReplaceAllFunc(b.Bytes(), func(list []byte) []byte {
		return bytes.ReplaceAll(bytes.ReplaceAll(bytes.Join(bytes.Fields(list), []byte(" ")), []byte("[ "), []byte("[")), []byte(" ]"), []byte("]"))
	})
}

// refTo is a schema that is defined once.
func refTo(name string) part { return schemaOf("$ref", "#/$defs/"+name) }

// orNull is a schema that null fits, too.
func orNull(p part) part {
	if p[0].name == "type" {
		return append(schemaOf("type", []any{p[0].value, "null"}), p[1:]...)
	}
	return schemaOf("anyOf", []part{p, schemaOf("type", "null")})
}
