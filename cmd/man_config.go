package cmd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"rollcall/cmd/roff"
)

// configManual is the name of the page about the configuration.
const configManual = "rollcall-config"

// manualKey is a part of the schema of the configuration, as far as the manual tells it.
type manualKey struct {
	Description          string
	Type                 any
	Ref                  string `json:"$ref"`
	Default              any
	Enum                 []any
	Required             []string
	Properties           manualKeys
	AdditionalProperties *manualKey
	Items                *manualKey
	Defs                 manualKeys `json:"$defs"`
}

// UnmarshalJSON takes a schema that is true or false for one that says nothing.
func (k *manualKey) UnmarshalJSON(data []byte) error {
	if string(data) == "true" || string(data) == "false" {
		return nil
	}
	type plain manualKey
	return json.Unmarshal(data, (*plain)(k))
}

// manualKeys are those of an object, in its order.
type manualKeys []manualNamed

type manualNamed struct {
	name string
	manualKey
}

// UnmarshalJSON implements [json.Unmarshaler].
func (all *manualKeys) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		k := manualNamed{name: fmt.Sprint(name)}
		if err := d.Decode(&k.manualKey); err != nil {
			return err
		}
		*all = append(*all, k)
	}
	return nil
}

// configManual is the page about the configuration. What it says of keys is what the
// schema says, which tests hold to what is read.
func (a *app) configManual(date time.Time) string {
	data, err := schemaFiles.ReadFile("schemas/config.json")
	var whole manualKey
	if err == nil {
		err = json.Unmarshal(data, &whole)
	}
	if err != nil {
		panic(err) // It is a part of the program, and a test reads it.
	}
	p := roff.New(configManual, 5, date, "rollcall "+a.version)
	p.Section("Name")
	p.Text(configManual + " - the configuration of rollcall")
	p.Section("Synopsis")
	for _, f := range usualFiles[:3] {
		p.Line(f.word, "")
	}
	p.Section("Description")
	p.Text(configManualText)
	m := configManualPage{p, whole.Defs}
	m.tables(whole)
	p.Section("A secret")
	secret, _ := m.defined("credential")
	p.Text(secret.Description)
	m.keys(secret)
	p.Section("Examples")
	p.Lines(configManualExample)
	p.Section("Files")
	manualFacts(p, usualFiles)
	p.Section("See also")
	p.Line("rollcall(1)", "")
	return p.String()
}

const configManualText = `One file in TOML holds the profiles, and all else that can be set. It is --config, else
$ROLLCALL_CONFIG, else $XDG_CONFIG_HOME/rollcall/config.toml, which is
~/.config/rollcall/config.toml where that is not set, and on Windows
%AppData%\rollcall\config.toml. 'rollcall config path' prints which it is, and 'rollcall
config check' all that is wrong with it. A running dashboard takes over what is saved.

A wrong line is told of with its number, and hides nothing else. What rollcall changes in
the file keeps comments, order and formatting. A file that holds a secret itself must be
readable by its owner alone.`

const configManualExample = `default_profile = "work"

[profiles.work]
provider = "katapult"
token = { env = "KATAPULT_API_KEY" }
tags = ["prod"]

[profiles.admin]
provider = "onezone"
base_url = "https://onezone.example.org"
username = "admin"
password = { keyring = "rollcall/admin" }

[views.clients]
query = "tag:client !ok"
sort = "due"`

// configManualPage writes of keys.
type configManualPage struct {
	*roff.Page
	defs manualKeys
}

func (m configManualPage) defined(name string) (manualKey, bool) {
	i := slices.IndexFunc(m.defs, func(k manualNamed) bool { return k.name == name })
	if i < 0 {
		return manualKey{}, false
	}
	return m.defs[i].manualKey, true
}

// whole is a part of the schema with what it refers to.
func (m configManualPage) whole(k manualKey) manualKey {
	of, ok := m.defined(strings.TrimPrefix(k.Ref, "#/$defs/"))
	if !ok {
		return k
	}
	if k.Description != "" {
		of.Description = k.Description
	}
	if k.Default != nil {
		of.Default = k.Default
	}
	return of
}

// tables writes a section for the top of the file, and one with a part for each table.
func (m configManualPage) tables(file manualKey) {
	top := file
	top.Properties = nil
	var tables []func()
	for _, k := range file.Properties {
		title, of := "["+k.name+"]", m.whole(k.manualKey)
		switch {
		case of.Type == "array" && of.Items != nil:
			title, of = "["+title+"]", m.whole(*of.Items)
		case of.Type == "object" && of.AdditionalProperties != nil && len(of.Properties) == 0:
			title, of = "["+k.name+".NAME]", m.whole(*of.AdditionalProperties)
		case of.Type != "object":
			top.Properties = append(top.Properties, k)
			continue
		}
		tables = append(tables, func() {
			m.Part(title)
			m.Text(k.Description)
			m.keys(of)
		})
	}
	m.Section("At the top of the file")
	m.keys(top)
	m.Section("Tables")
	for _, write := range tables {
		write()
	}
}

// keys writes an item for each key of a table.
func (m configManualPage) keys(table manualKey) {
	for _, k := range table.Properties {
		of := m.whole(k.manualKey)
		text := of.Description
		if slices.Contains(table.Required, k.name) {
			text += " Required."
		}
		if of.Default != nil {
			text += fmt.Sprintf(" Without it: %v.", of.Default)
		}
		if one := values(of); one != "" {
			text += " One of: " + one + "."
		}
		m.Item(k.name, m.kind(k.manualKey), text)
		if of.Items != nil {
			of = m.whole(*of.Items)
		}
		m.nested(k.name, of)
	}
}

// nested writes the keys of a table within one. Of the many actions that can have keys it
// says nothing here: the help of the dashboard has them.
func (m configManualPage) nested(name string, of manualKey) {
	if len(of.Properties) == 0 || name == "keys" || of.Description == m.secret().Description {
		return
	}
	var bare []string
	described := of
	described.Properties = nil
	for _, k := range of.Properties {
		if k.Description == "" {
			bare = append(bare, k.name)
		} else {
			described.Properties = append(described.Properties, k)
		}
	}
	m.Within(func() {
		if len(bare) > 0 {
			m.Text("Its keys: " + strings.Join(bare, ", ") + ".")
		}
		m.keys(described)
	})
}

func (m configManualPage) secret() manualKey {
	k, _ := m.defined("credential")
	return k
}

// kind is what a value is, in words.
func (m configManualPage) kind(k manualKey) string {
	switch strings.TrimPrefix(k.Ref, "#/$defs/") {
	case "credential":
		return "secret"
	case "duration":
		return "span of time"
	case "path", "field":
		return "path"
	}
	of := m.whole(k)
	var kinds []string
	for _, kind := range anyOrAll(of.Type) {
		kinds = append(kinds, map[any]string{
			"string": "text", "integer": "number", "number": "number", "boolean": "true or false", "array": "list", "object": "table",
		}[kind])
	}
	return strings.Join(kinds, " or ")
}

// anyOrAll is a list of what may stand alone.
func anyOrAll(v any) []any {
	if all, ok := v.([]any); ok {
		return all
	}
	return []any{v}
}

// values are those that a key can have, where they are few.
func values(k manualKey) string {
	const few = 8
	if len(k.Enum) < 2 || len(k.Enum) > few {
		return ""
	}
	var all []string
	for _, v := range k.Enum {
		all = append(all, fmt.Sprint(v))
	}
	return strings.Join(all, ", ")
}
