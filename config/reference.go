package config

const credentialExample = `{ env = "NAME_OF_A_VARIABLE" }`

// credential reads a secret or a reference to one.
func (t *table) credential(key string) Credential {
	switch secret := t.values[key].(type) {
	case string:
		t.known = append(t.known, key)
		if secret == "" {
			t.problem(key, "%s must not be empty; write %s = %s", key, key, credentialExample)
			return Credential{}
		}
		if !sendable(secret) {
			t.problem(key, "%s must not have line breaks or control characters in it", key)
			return Credential{}
		}
		t.checkExposure(key)
		return Literal(secret)
	default:
		ref, ok := t.table(key, "a text in quotes or a table such as "+credentialExample)
		if !ok {
			return Credential{}
		}
		return ref.reference(key)
	}
}

// reference reads a credential's table; key is what the table is called.
func (t *table) reference(key string) Credential {
	var all []Credential
	for _, n := range notations() {
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
	// An unknown key is most likely the one that is missing.
	if t.unknown() == 0 && sources == 0 || sources > 1 {
		t.problemHere("%s must have exactly one of %s, such as %s", key, sourceNames("and"), credentialExample)
	}
	if len(all) == 0 {
		return Credential{}
	}
	return all[0]
}

// place reads where a secret is, in the notation of a source.
func (t *table) place(n notation) (Credential, bool) {
	key := string(n.source)
	var words []string
	if n.list {
		list, ok := t.texts(key, "a list of texts, such as "+n.example)
		if !ok {
			return Credential{}, false
		}
		words = list
	} else {
		text, ok := t.text(key, n.example)
		if !ok {
			return Credential{}, false
		}
		words = []string{text}
	}
	c, err := n.check(words, t.dec.resolve)
	if err != nil {
		t.problem(key, "%s", err)
		return Credential{}, false
	}
	return c, true
}
