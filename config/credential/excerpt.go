package credential

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxSaid is how much of what a program says about its failure is read.
	maxSaid = 4 << 10
	// maxExcerpt and maxExcerptLines bound what is shown of a program's
	// words.
	maxExcerpt      = 240
	maxExcerptLines = 3
	// Redacted takes the place of what may be a secret.
	Redacted = "[redacted]"
	// shortestPrinted is the length from which a line that a program printed
	// is looked for in what it said: a shorter one is part of any text.
	shortestPrinted = 4
)

var (
	// escapeSequence is what a program writes to colour a terminal or to set
	// its title.
	escapeSequence = pattern("\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[@-Z\\\\-_])")
	// assignment is a name that promises a secret, with its value.
	assignment = pattern(`(?i)([\w-]*(?:passw(?:or)?d|passphrase|secret|token|key)[\w-]*["']?[=:]["']?)[^\s"',;&]+`)
	// labelled is such a name with space around its sign and a word behind
	// it that has a digit: in "token: not found" none has.
	labelled = pattern(`(?i)([\w-]*(?:passw(?:or)?d|passphrase|secret|token|key)[\w-]*["']?[ \t]*[=:][ \t]*["']?)[^\s"',;&\d]*\d[^\s"',;&]*`)
	// userinfo is the user and password of an address.
	userinfo = pattern(`://[^/\s@]+@`)
	// tokenRun is what could be the text of a token.
	tokenRun = pattern(`[A-Za-z0-9+/=_.~:-]{16,}`)
	// separators separate what a path or an address is made of.
	separators = pattern(`[/.:=]+`)
)

// excerpt is what a program said about its failure, short and on one line, as
// the end of a sentence: ": no such entry". It shows nothing of what the
// program printed, and nothing else that looks like a secret.
func excerpt(said, printed []byte) string {
	text := plain(string(said))
	if len(said) >= maxSaid {
		// What was cut off could be half a secret.
		text = text[:strings.LastIndexFunc(text, unicode.IsSpace)+1]
	}
	text = redact(text, strings.Split(plain(string(printed)), "\n"))
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" && len(lines) < maxExcerptLines {
			lines = append(lines, line)
		}
	}
	short := strings.TrimRight(strings.Join(lines, "; "), ". ")
	if short == "" {
		return ""
	}
	if utf8.RuneCountInString(short) > maxExcerpt {
		short = string([]rune(short)[:maxExcerpt]) + "…"
	}
	return ": " + short
}

// plain is a text without what a terminal would not show as text.
func plain(s string) string {
	s = escapeSequence().ReplaceAllString(strings.ToValidUTF8(s, "�"), "")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\r', r == '\u2028', r == '\u2029':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
}

// redact takes out of a text the lines given, and what looks like a secret.
func redact(text string, lines []string) string {
	// The longest first: a line may be a part of another.
	slices.SortFunc(lines, func(a, b string) int { return len(b) - len(a) })
	for _, line := range lines {
		if line = strings.TrimSpace(line); len(line) >= shortestPrinted && len(line) <= len(text) {
			text = strings.ReplaceAll(text, line, Redacted)
		}
	}
	text = assignment().ReplaceAllString(text, "${1}"+Redacted)
	text = labelled().ReplaceAllString(text, "${1}"+Redacted)
	text = RedactUserinfo(text)
	return tokenRun().ReplaceAllStringFunc(text, func(s string) string {
		if secretLike(s) {
			return Redacted
		}
		return s
	})
}

// RedactUserinfo takes the user and the password out of the addresses in a text.
func RedactUserinfo(text string) string {
	return userinfo().ReplaceAllString(text, "://"+Redacted+"@")
}

// secretLike reports whether a text without spaces looks as if a machine had
// made it: a long part with digits in it, a very long one, or all sorts of
// characters. A path of words does not.
func secretLike(s string) bool {
	for _, part := range separators().Split(s, -1) {
		if len(part) >= 32 || len(part) >= 16 && strings.ContainsFunc(part, unicode.IsDigit) {
			return true
		}
	}
	return len(s) >= 20 && strings.ContainsFunc(s, unicode.IsDigit) &&
		strings.ContainsFunc(s, unicode.IsUpper) && strings.ContainsFunc(s, unicode.IsLower)
}
