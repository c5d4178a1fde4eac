package credential

import (
	"encoding/json"
	"strings"
	"unicode"
)

// Flaw is why a secret can hardly be the token that a service gave out, whatever
// its place. It is said beside a refusal, and where a secret is stored; it never
// keeps a secret from being used, since the service knows better.
type Flaw string

// The flaws. The zero value is none.
const (
	FlawQuotes    Flaw = "quotes"
	FlawScheme    Flaw = "scheme"
	FlawHeader    Flaw = "header"
	FlawInvisible Flaw = "invisible"
	FlawSpace     Flaw = "space"
	FlawName      Flaw = "name"
	FlawJSON      Flaw = "json"
	FlawPage      Flaw = "page"
	FlawKey       Flaw = "key"
	FlawReference Flaw = "reference"
	FlawVariable  Flaw = "variable"
	FlawMasked    Flaw = "masked"
	FlawEnd       Flaw = "end"
	FlawNothing   Flaw = "nothing"
)

var (
	// quoted is a text in quotes of any kind, or with one at an end.
	quoted = pattern("^[\"'`\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb]|[\"'`\u201c\u201d\u2018\u2019\u00ab\u00bb]$")
	// scheme is what stands before a token in the header Authorization.
	scheme = pattern(`(?i)^(?:bearer|token|basic|apikey|api-key)[ \x{a0}]+\S`)
	// header is the name of a header or the key of a list, with its colon.
	header = pattern(`(?i)^(?:authorization|[\w-]*(?:token|key|secret|password)):[ \x{a0}]*[^/\s]`)
	// named is a variable or setting with its value. A token that ends with the
	// signs of its encoding has no value behind them.
	named = pattern(`^(?:export[ ]+|set[ ]+|[$]env:)?(?:[A-Z][A-Z0-9_]*|(?i:[\w.-]*(?:token|key|secret|password)))[ ]?=[ ]?[^=\s]`)
	// reference is an address, of a page or of an entry in a password manager, or the
	// path of a file, as curl takes it behind a sign @.
	reference = pattern(`(?i)^(?:[a-z][a-z0-9+.-]*://|arn:aws[\w-]*:|\{\{.*\}\}$|@?(?:~|\.{1,2}|[a-z]:|/(?:run|etc|home|root|var|tmp|users|secrets))[/\\]|@/)`)
	// nothing is what a program prints where it finds no token, and what an example
	// has in its place.
	nothing = pattern(`(?i)^(?:null|nil|none|undefined|n/a|change[-_]?me|todo|your[-_]?(?:api[-_]?)?(?:token|key|secret)(?:[-_]here)?)$`)
	// placeholder is the name of a variable, or a command, for a shell to replace.
	placeholder = pattern(`^(?:\$[A-Za-z_]\w*|\$\{[^}]*\}|\$\(.*\)|%[A-Za-z_]\w*%|\$env:\w+|<[^<>]*>)$`)
	// masked is what tools print in place of most of a token.
	masked = pattern("\\*{3}|\u2022{2}|\u25cf{2}|\u2026|\\.{3}$|^(?i:x{6,})$")
)

// Examine finds out why a secret can hardly be what a service gave out. Of a
// password, which a person can choose freely, only what nobody can have typed is
// a flaw.
func Examine(secret string, password bool) Flaw {
	web := strings.ToLower(strings.TrimSpace(secret))
	switch {
	case strings.HasPrefix(web, "<!doctype") || strings.HasPrefix(web, "<html"):
		return FlawPage
	case strings.ContainsFunc(secret, invisible):
		return FlawInvisible
	case password:
		return ""
	case isDocument(secret):
		return FlawJSON
	case strings.HasPrefix(web, "-----begin "):
		return FlawKey
	case quoted().MatchString(secret):
		return FlawQuotes
	case scheme().MatchString(secret):
		return FlawScheme
	case reference().MatchString(secret):
		return FlawReference
	case placeholder().MatchString(secret):
		return FlawVariable
	case named().MatchString(secret):
		return FlawName
	case header().MatchString(secret):
		return FlawHeader
	case masked().MatchString(secret):
		return FlawMasked
	case nothing().MatchString(secret):
		return FlawNothing
	case strings.HasSuffix(secret, ",") || strings.HasSuffix(secret, ";"):
		return FlawEnd
	case strings.Contains(secret, " "):
		return FlawSpace
	}
	return ""
}

// invisible reports whether a character shows nothing, or looks like a space and
// is none. Browsers and chats put such into what is copied from them.
func invisible(r rune) bool {
	return r != ' ' && (unicode.In(r, unicode.Cf, unicode.Zs, unicode.Variation_Selector) || r == '\ufffd' || r == '\u115f' || r == '\u3164')
}

// isDocument reports whether a text is an object or a list in JSON.
func isDocument(s string) bool {
	s = strings.TrimSpace(s)
	return (strings.HasPrefix(s, "{") || strings.HasPrefix(s, "[")) && json.Valid([]byte(s))
}

// words are what a secret with a flaw is, behind its name, and what to do.
func (f Flaw) words() (cause, remedy string) {
	switch f {
	case FlawQuotes:
		return "has quotes around it", "store only what is between the quotes"
	case FlawScheme:
		return "begins with a word such as Bearer, which is no part of it", "store only what follows that word"
	case FlawHeader:
		return "begins with the name of a header, which is no part of it", "store only what follows the colon"
	case FlawInvisible:
		return "has invisible characters in it, as copying from a page or a chat can put there", "copy it once more from where it was given out, as plain text"
	case FlawSpace:
		return "has a space in it, as no token has", "store it again without the space"
	case FlawName:
		return "begins with the name of a variable, NAME=", "store only what follows the sign ="
	case FlawJSON:
		return "is JSON, with the token somewhere in it", "store only the token that is in it"
	case FlawPage:
		return "is a web page", "look at what its place holds, and store the token there"
	case FlawKey:
		return "is a key or certificate in PEM form", "store the token that the service gave out"
	case FlawReference:
		return "is an address, or a reference that nothing has resolved", "store the token itself, or a command that prints it"
	case FlawVariable:
		return "is the name of something that was to be replaced, such as $NAME", "store the token itself, or name the variable as env"
	case FlawMasked:
		return "has stars or dots in place of what was hidden", "copy it from where it is shown in full"
	case FlawEnd:
		return "ends with the sign that parts it from what followed in a list", "store only what stands before that"
	case FlawNothing:
		return "is a word that stands where no token is", "store the token itself, or correct what was to print it"
	}
	return "", ""
}

// Cause says what is wrong with a secret that has the flaw, behind a word for the
// secret: "has quotes around it". It is empty for none.
func (f Flaw) Cause() string { cause, _ := f.words(); return cause }

// Remedy says what to do about it, in the imperative: "store only what is between
// the quotes".
func (f Flaw) Remedy() string { _, remedy := f.words(); return remedy }

// Examiner is [Examine] for those who know of no flaws.
type Examiner struct{}

// Examine says what is wrong with a secret and what to do; both are empty where
// nothing is.
func (Examiner) Examine(secret string, password bool) (cause, remedy string) {
	return Examine(secret, password).words()
}
