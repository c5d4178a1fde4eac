package cmd

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"rollcall/client/service/declared"
)

// The forms of texts in descriptions, as patterns. What they are to be is said where the
// program checks it; a description is refused there for more than a pattern can tell.
const (
	somethingPattern = `\S`
	pathPattern      = `^\$`
	fieldPattern     = `^\$|\{\$`
	secretPattern    = `^([^{}]|\{(token|second_token|username)\})+$`
	variablePattern  = `^[A-Za-z_][A-Za-z0-9_]*$`
	partNamePattern  = `^[a-z][a-z0-9_]*$`
	partPattern      = `^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$`
	hostPattern      = `([^{}/?#@\s]|\{[a-z][a-z0-9_]*\})+`
	restPattern      = `([^{}#\s]|\{[a-z][a-z0-9_]*\})*`
	loopbackPattern  = `(127\.[0-9.]+|\[[^/?#@\s]+\]|(` + hostPattern + `\.)?[Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt])(:[0-9]+)?`
	urlPattern       = `^(https://` + hostPattern + `|http://` + loopbackPattern + `)([/?]` + restPattern + `)?$|^/` + restPattern + `$`
	morePattern      = `^(/$|/[^/{}#\s][^{}#\s]*$|https?://[^{}#\s]+$)`
	pagePattern      = `^(https?://|\{base\})`
	headerPattern    = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"
)

// describer knows which keys and words a description can have: it has the program read
// one with a word too many, and takes what the program then says there could be.
type describer struct{ t *testing.T }

// nobody is a word that no description has.
const nobody = "zzzzzzzz"

// known are the keys of the table at a path, or the words that its key can have.
func (d describer) known(values map[string]any, path ...string) []string {
	d.t.Helper()
	_, faults := declared.New("tracker", values)
	for _, f := range faults {
		if slices.Equal(f.Path, path) && f.Written == nobody {
			return f.Known
		}
	}
	d.t.Fatalf("%v of %v takes anything", path, values)
	return nil
}

// keysOf are the keys of the table of a key.
func (d describer) keysOf(key string) []string {
	return d.known(map[string]any{key: map[string]any{nobody: true}}, key, nobody)
}

// elementKeys are those of the tables in the list of a key.
func (d describer) elementKeys(key string) []string {
	return d.known(map[string]any{key: []any{map[string]any{nobody: true}}}, key, "0", nobody)
}

// wordsOf are the words that a key of a table can have.
func (d describer) wordsOf(key, word string) []string {
	return d.known(map[string]any{key: map[string]any{word: nobody}}, key, word)
}

// closed is a table with these keys and no others. It must be exactly the keys that
// the program reads.
func closed(t *testing.T, known []string, properties part, more ...any) part {
	t.Helper()
	if a, b := slices.Sorted(slices.Values(known)), slices.Sorted(slices.Values(properties.names())); !slices.Equal(a, b) {
		t.Errorf("the program reads the keys %v, the schema has %v", a, b)
	}
	return schemaOf("type", "object", "properties", properties, "additionalProperties", false).with(more...)
}

// told is a schema with the words that say what it means.
func told(description string, p part) part { return append(schemaOf("description", description), p...) }

func textLike(pattern string) part { return schemaOf("type", "string", "pattern", pattern) }

func oneOfWords(words []string) part { return schemaOf("type", "string", "enum", words) }

func listOf(items part) part { return schemaOf("type", "array", "minItems", 1, "items", items) }

// having is fulfilled where all of the keys are there.
func having(keys ...string) part { return schemaOf("required", keys) }

// anyOf is fulfilled where one of the keys at least is there.
func havingOneOf(keys []string) (all []part) {
	for _, key := range keys {
		all = append(all, having(key))
	}
	return all
}

// without has none of the keys.
func without(keys ...string) part {
	none := part{}
	for _, key := range keys {
		none = none.with(key, false)
	}
	return schemaOf("properties", none)
}

// anyCase matches the words in whatever case.
func anyCase(words ...string) string {
	var all []string
	for _, word := range words {
		pattern := ""
		for _, r := range regexp.QuoteMeta(word) {
			if lower, upper := strings.ToLower(string(r)), strings.ToUpper(string(r)); lower != upper {
				pattern += "[" + upper + lower + "]"
			} else {
				pattern += string(r)
			}
		}
		all = append(all, pattern)
	}
	return "^(" + strings.Join(all, "|") + ")$"
}

// serviceDefinitions are what descriptions are made of.
func serviceDefinitions() part {
	connection := []string{"Host", "Connection", "Content-Length", "Transfer-Encoding", "Upgrade", "Trailer", "Te", "Accept-Encoding", "Proxy-Authorization"}
	return schemaOf(
		"words", textLike(somethingPattern),
		"path", told("A path of RFC 9535, such as $.id.", textLike(pathPattern)),
		"field", told("A path of RFC 9535, a list of which the first counts that finds something, or a text with paths in braces.",
			schemaOf("type", []string{"string", "array"}, "pattern", fieldPattern, "minItems", 1, "items", textLike(fieldPattern))),
		"header", schemaOf("type", "string", "pattern", headerPattern, "not", textLike(anyCase(connection...))),
		"secret_text", told("A text in which {token}, {second_token} and {username} stand for what the profile holds.", textLike(secretPattern)),
		"variables", listOf(textLike(variablePattern)),
	)
}

// serviceSchema is the description of a service.
func serviceSchema(t *testing.T) part {
	d := describer{t}
	properties := schemaOf(
		"$schema", told("The schema of this file, for editors.", schemaOf("type", "string")),
		"title", told("What people call the service.", refTo("words")),
		"token_page", told("Where a new token is made. {base} stands for the address of the installation.", textLike(pagePattern)),
		"url", told("Where to ask, by GET. {site} and the like are set by the profile. Without scheme and host, every profile has a base_url.",
			textLike(urlPattern).with("not", textLike(`\{(token|second_token|password|secret)\}`))),
		"parts", told("The values that parts of the address can have.",
			schemaOf("type", "object", "propertyNames", textLike(partNamePattern), "additionalProperties", listOf(textLike(partPattern)))),
		"auth", told("How the credential is shown: the value of Authorization, a header of its own, or HTTP Basic.", authSchema()),
		"headers", told("What every request says besides.", schemaOf("type", "object",
			"propertyNames", schemaOf("allOf", []part{refTo("header"), schemaOf("not", textLike(anyCase(
				"Authorization", "Cookie", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")))}),
			"additionalProperties", refTo("secret_text"))),
		"identity", told("none where the service names nobody.", oneOfWords(d.known(map[string]any{"identity": nobody}, "identity"))),
		"id", told("The user's id, by which a profile is pinned.", refTo("field")),
		"name", told("The user's full name.", refTo("field")),
		"username", told("The name for signing in.", refTo("field")),
		"avatar", told("The address of a picture of the user.", refTo("field")),
		"created", told("When the account was made, in whatever form.", refTo("field")),
		"user_url", told("The user's page.", refTo("field")),
	)
	properties = append(properties, d.facts()...)
	properties = properties.with(
		"code", told("The service's word for a refusal.", refTo("field")),
		"description", told("What the service says of a refusal.", refTo("field")),
		"states", told("What answers mean; the first that fits.", listOf(d.rule())),
		"rate_limit", told("The headers with the budget of requests.", d.limits()),
		"more", told("Further requests at the same address, whose failure is none of the profile.", listOf(d.more())),
		"variables", told("The environment of the service's own tools, for exec and env.", d.variables()),
	)
	who := []string{"id", "name", "username", "email", "emails", "avatar", "created", "user_url"}
	return closed(t, d.known(map[string]any{nobody: true}, nobody), properties, "required", []string{"url", "auth"},
		"allOf", []part{
			schemaOf("if", having("identity"), "then", without(who...), "else", having("id")),
			// A header of its own may have the token.
			schemaOf("if", schemaOf("not", having("headers")), "then", schemaOf("properties", schemaOf("auth", schemaOf(
				"pattern", `\{token\}`, "properties", schemaOf("value", schemaOf("pattern", `\{token\}`), "basic", schemaOf("contains", schemaOf("pattern", `\{token\}`))))))),
		})
}

// authSchema is one of three forms.
func authSchema() part {
	slots := schemaOf("type", "string", "pattern", strings.Replace(secretPattern, "+$", "*$", 1))
	return schemaOf("type", []string{"string", "object"}, "pattern", secretPattern,
		"properties", schemaOf(
			"header", told("The name of the header.", refTo("header")),
			"value", told("What it says.", refTo("secret_text")),
			"basic", told("User and password of HTTP Basic; either may be empty.", schemaOf("type", "array", "minItems", 2, "maxItems", 2, "items", slots))),
		"additionalProperties", false,
		"if", schemaOf("type", "object"), "then", schemaOf("if", having("basic"), "then", without("header", "value"), "else", having("header", "value")))
}

// facts are what both the identity request and further ones tell.
func (d describer) facts() part {
	elements := func(key string, fields part, description string) part {
		of := schemaOf("list", told("The elements; the other paths begin at one of them.", refTo("path")), "word", told("What the service calls them, such as workspaces.", refTo("words")))
		return told(description, closed(d.t, d.keysOf(key), append(of, fields...), "required", []string{"list"}, "anyOf", havingOneOf(fields.names())))
	}
	fields := func(names ...string) (p part) {
		for _, name := range names {
			p = p.with(name, refTo("field"))
		}
		return p
	}
	either := []part{having("path"), having("header")}
	return schemaOf(
		"email", told("The user's address, the first of several.", refTo("field")),
		"emails", told("All addresses of the user.", refTo("field")),
		"organizations", elements("organizations", fields("id", "name", "sub_domain", "kind", "role", "url"), "The groups that the user belongs to."),
		"linked_accounts", elements("linked_accounts", fields("idp", "subject_id", "full_name", "username", "emails", "entitlements"), "The user's accounts at identity providers."),
		"expiry", told("When the token ends.", closed(d.t, d.keysOf("expiry"), schemaOf(
			"path", refTo("field"), "header", refTo("header"),
			"as", told("The form of the time; rfc3339 where none is named.", oneOfWords(d.wordsOf("expiry", "as"))),
			"null", told("never where null means that there is no end.", oneOfWords(d.wordsOf("expiry", "null")))),
			"oneOf", either, "if", having("null"), "then", without("header"))),
		"scopes", told("What the token may do.", closed(d.t, d.keysOf("scopes"), schemaOf(
			"path", refTo("field"), "header", refTo("header"),
			"split", told("What stands between them where they are one text.", oneOfWords(d.wordsOf("scopes", "split")))), "oneOf", either)),
		"token_id", told("The token's id at the service.", refTo("field")),
		"token_name", told("The token's name at the service.", refTo("field")),
		"next", told("Where the address of the next page is: link for the Link header, or a path.", textLike(`^(link$|\$)`)),
	)
}

// rule is what an answer means that fits it.
func (d describer) rule() part {
	paths := listOf(refTo("path"))
	fits := []string{"status", "when", "has", "lacks"}
	words := d.known(map[string]any{"states": []any{map[string]any{"state": nobody}}}, "states", "0", "state")
	return closed(d.t, d.elementKeys("states"), schemaOf(
		"status", told("The HTTP status.", schemaOf("type", "integer", "minimum", 100, "maximum", 599)),
		"when", told("What the values of paths must be.", schemaOf("type", "object", "minProperties", 1,
			"propertyNames", textLike(pathPattern), "additionalProperties", schemaOf("type", []string{"string", "number", "boolean"}))),
		"has", told("Paths that must find something.", paths),
		"lacks", told("Paths that must find nothing.", paths),
		"state", told("What that means.", oneOfWords(words)),
		"explanation", told("A sentence on what happened.", refTo("words")),
		"remedy", told("A sentence on what to do. {kept} stands for where the secret is.", refTo("words")),
	), "required", []string{"state"}, "anyOf", havingOneOf(fits))
}

func (d describer) limits() part {
	return closed(d.t, d.keysOf("rate_limit"), schemaOf(
		"limit", told("How many requests there may be in a window.", refTo("header")),
		"remaining", told("How many are left.", refTo("header")),
		"reset", told("When the budget is full again.", refTo("header")),
		"reset_as", told("The form of that time.", oneOfWords(d.wordsOf("rate_limit", "reset_as")))))
}

func (d describer) more() part {
	properties := append(schemaOf("url", told("The path of the request.", textLike(morePattern))), d.facts()...)
	return closed(d.t, d.elementKeys("more"), properties, "required", []string{"url"}, "minProperties", 2)
}

func (d describer) variables() part {
	names := func(description string) part { return told(description, refTo("variables")) }
	return closed(d.t, d.keysOf("variables"), schemaOf(
		"token", names("Those with the token."), "second_token", names("Those with the second token."),
		"username", names("Those with the user name."), "url", names("Those with the address."),
		"unset", names("Those that are taken away, since they lead elsewhere."),
		"parts", told("Those with a part of the address, by its name.",
			schemaOf("type", "object", "propertyNames", textLike(partNamePattern), "additionalProperties", refTo("variables")))))
}
