package declared

import (
	"strings"
	"unicode"
)

// secretPrefixes begin the tokens of well-known services.
var secretPrefixes = []string{
	"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xapp-", "sk-", "sk_live_", "sk_test_", "rk_live_", "AKIA", "ASIA",
	"dop_v1_", "doo_v1_", "hf_", "hvs.", "npm_", "pypi-", "eyJ", "SG.", "figd_", "PMAK-", "shpat_", "dapi", "HRKU-", "lin_api_", "sntryu_", "sntrys_",
}

// shortestSecret is how long the shortest secret is that is recognised.
const shortestSecret = 16

// looksSecret reports whether a text has something in it that looks like a secret: a
// long run of letters and digits in no order, or one that begins as tokens do.
func looksSecret(text string) bool {
	for _, run := range strings.FieldsFunc(text, func(r rune) bool {
		return !(r == '_' || r == '-' || r == '.' || r == '+' || r == '/' || r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)))
	}) {
		if len(run) < shortestSecret {
			continue
		}
		for _, prefix := range secretPrefixes {
			if strings.HasPrefix(run, prefix) {
				return true
			}
		}
		for _, word := range strings.FieldsFunc(run, func(r rune) bool { return strings.ContainsRune("._-+/", r) }) {
			if mixed(word) {
				return true
			}
		}
	}
	return false
}

// mixed reports whether a word goes to and fro between letters and digits as no word
// of a language does.
func mixed(word string) bool {
	if len(word) < shortestSecret {
		return false
	}
	turns, digit := 0, false
	for i, r := range word {
		if is := unicode.IsDigit(r); i == 0 || is != digit {
			digit = is
			turns++
		}
	}
	return turns >= 4
}
