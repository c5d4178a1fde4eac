package config

import (
	"cmp"

	"rollcall/config/credential"
	"rollcall/config/credential/extract"
)

const credentialExample = `{ env = "NAME_OF_A_VARIABLE" }`

// credential reads a secret or a reference to one.
func (t *table) credential(key string) credential.Credential {
	switch secret := t.values[key].(type) {
	case string:
		t.known = append(t.known, key)
		if secret == "" {
			t.problem(key, "%s must not be empty; write %s = %s", key, key, credentialExample)
			return credential.Credential{}
		}
		if !credential.Sendable(secret) {
			t.problem(key, "%s must not have line breaks or control characters in it", key)
			return credential.Credential{}
		}
		t.checkExposure(key)
		return credential.Literal(secret)
	default:
		ref, ok := t.table(key, "a text in quotes or a table such as "+credentialExample)
		if !ok {
			return credential.Credential{}
		}
		return ref.reference(key)
	}
}

// reference reads a credential's table; key is what the table is called.
func (t *table) reference(key string) credential.Credential {
	var all []credential.Credential
	for _, n := range credential.Notations() {
		if c, ok := t.place(n); ok {
			all = append(all, c)
		}
	}
	sources := 0
	for _, k := range t.known {
		if t.has(k) {
			sources++
		}
	}
	within := t.within()
	// An unknown key is most likely the one that is missing.
	if t.unknown() == 0 && sources == 0 || sources > 1 {
		t.problemHere("%s must have exactly one of %s, such as %s", key, credential.SourceNames("and"), credentialExample)
	}
	if len(all) == 0 {
		return credential.Credential{}
	}
	return all[0].In(within)
}

// within reads where in its file the secret is.
func (t *table) within() (p extract.Place) {
	fits := t.has(string(credential.SourceFile))
	for _, key := range []string{formatKey, pathKey} {
		if t.has(key) && !fits {
			t.known = append(t.known, key)
			t.problem(key, "%s goes with file alone; delete it", key)
		}
	}
	if !fits {
		return p
	}
	format, known := t.oneOf(formatKey, extract.Formats()...)
	path, written := t.text(pathKey, cmp.Or(extract.Example(format), "$.token"))
	switch {
	case t.has(formatKey) && !t.has(pathKey):
		t.problem(formatKey, "format needs path beside it, where in the file the secret is, such as %q", cmp.Or(extract.Example(format), "$.token"))
		t.lacks(pathKey)
	case t.has(pathKey) && !t.has(formatKey):
		t.problem(pathKey, "path needs format beside it: %s", list(extract.Formats()))
		t.lacks(formatKey)
	case known && written:
		p = extract.Place{Format: format, Path: path}
		if err := p.Check(); err != nil {
			t.problem(pathKey, "%s", err)
			return extract.Place{}
		}
	}
	return p
}

// place reads where a secret is, in the notation of a source.
func (t *table) place(n credential.Notation) (credential.Credential, bool) {
	key := string(n.Source)
	var words []string
	if n.List {
		list, ok := t.texts(key, "a list of texts, such as "+n.Example)
		if !ok {
			return credential.Credential{}, false
		}
		words = list
	} else {
		text, ok := t.text(key, n.Example)
		if !ok {
			return credential.Credential{}, false
		}
		words = []string{text}
	}
	c, err := n.Check(words, t.dec.resolve)
	if err != nil {
		t.problem(key, "%s", err)
		return credential.Credential{}, false
	}
	if n.Source == credential.SourceCommand {
		c = t.distrust(key, c)
	}
	return c, true
}

// distrust refuses a credential command in a file that somebody else could have
// written.
func (t *table) distrust(key string, c credential.Credential) credential.Credential {
	why, command := untrusted(t.dec.file, t.dec.version)
	if why == "" {
		return c
	}
	t.problemAt(key, notRun(why), "Run: "+command, command)
	return c.Refuse(notRun(why), "Run: "+command)
}
