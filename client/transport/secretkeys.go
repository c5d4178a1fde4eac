package transport

import (
	"strings"

	"rollcall/client/redact"
	"rollcall/client/text"
)

// secretWords are the keys whose values are secret, whoever they belong to.
const secretWords = `(?:token|secret|password|passwd|passphrase|pwd|api[_-]?key|private[_-]?key|access[_-]?key|` +
	`credentials?|authorization|cookie|session|signature|macaroon)s?`

var (
	// secretKey matches such a key in JSON with a string, secretList one with a
	// list of strings.
	secretKey  = text.Pattern(`(?i)(` + secretWords + `"\s*:\s*)` + text.JSONStringExpr)
	secretList = text.Pattern(`(?i)(` + secretWords + `"\s*:\s*\[\s*)` + text.JSONStringExpr + `(?:\s*,\s*` + text.JSONStringExpr + `)*`)
	// secretParameter matches such a parameter of a form or URL.
	secretParameter = text.Pattern(`(?i)(` + secretWords + `=)[^&\s"'<>]+`)
)

// withoutSecretKeys replaces the values of secret keys. They are not all known
// to the redactor: an answer can hold secrets of its own.
func withoutSecretKeys(text string) string {
	if !hasSecretKey(text) {
		return text
	}
	text = secretKey().ReplaceAllString(text, `${1}"`+redact.Mark+`"`)
	text = secretList().ReplaceAllString(text, `${1}"`+redact.Mark+`"`)
	return secretParameter().ReplaceAllString(text, "${1}"+redact.Mark)
}

// secretEnds are the ends of the words that such a key ends with, in lower case and
// without the s of the plural.
var secretEnds = []string{
	"token", "secret", "password", "passwd", "passphrase", "pwd", "apikey", "api_key", "api-key",
	"privatekey", "private_key", "private-key", "accesskey", "access_key", "access-key",
	"credential", "credentials", "authorization", "cookie", "session", "signature", "macaroon",
}

// foldsToASCII are the letters that an expression without regard to case takes for k and s.
const foldsToASCII = "\u212a\u017f"

// hasSecretKey reports whether a text may have a key whose value is secret. Hardly any
// answer has one, and the expressions that find its value take most of the time.
func hasSecretKey(text string) bool {
	for i, c := range []byte(text) {
		if (c == '"' || c == '=') && endsSecret(text[:i]) {
			return true
		}
	}
	return strings.ContainsAny(text, foldsToASCII)
}

// endsSecret reports whether a text ends with a word for what is secret.
func endsSecret(s string) bool {
	for range 2 {
		for _, end := range secretEnds {
			if n := len(s) - len(end); n >= 0 && s[len(s)-1]|0x20 == end[len(end)-1] && strings.EqualFold(s[n:], end) {
				return true
			}
		}
		if s == "" || s[len(s)-1]|0x20 != 's' {
			break
		}
		s = s[:len(s)-1]
	}
	return false
}
