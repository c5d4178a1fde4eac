package redact

import "strings"

// longestWord is longer than the words that our sentences are made of.
const longestWord = 16

// Sentences returns the redactor of a secret, made by [New], for sentences of our
// own, whose writers have redacted what they quote. Out of these a secret that is
// an ordinary word is not cut: "token" would leave a hole in most of them, which
// tells more than the word does.
func Sentences(secret string, redactor func(string) string) func(string) string {
	if ordinary(secret) {
		return func(s string) string { return s }
	}
	return redactor
}

// ordinary reports whether a secret is made of words as sentences have them.
func ordinary(secret string) bool {
	words := strings.Fields(secret)
	for _, w := range words {
		tail := w[1:]
		if len(w) > longestWord || strings.Trim(strings.ToLower(w), "abcdefghijklmnopqrstuvwxyz") != "" ||
			tail != strings.ToLower(tail) && w != strings.ToUpper(w) {
			return false
		}
	}
	return len(words) > 0
}
