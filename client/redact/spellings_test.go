package redact

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"rollcall/client/text"
)

// spellings are ways in which a text can come back.
var spellings = map[string]func(string) string{
	"raw":           func(s string) string { return s },
	"quoted":        func(s string) string { return fmt.Sprintf("%q", s) },
	"quoted, ASCII": strconv.QuoteToASCII,
	"JSON":          func(s string) string { b, _ := json.Marshal(s); return string(b) },
	"JSON, not for HTML": func(s string) string {
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		_ = e.Encode(s)
		return b.String()
	},
	"JSON, ASCII": func(s string) string {
		var b strings.Builder
		for _, unit := range s {
			if unit == '"' || unit == '\\' {
				b.WriteRune('\\')
			}
			if unit < 0x80 {
				b.WriteRune(unit)
			} else if unit > 0xffff {
				fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+(unit-0x10000)>>10, 0xdc00+(unit-0x10000)&0x3ff)
			} else {
				fmt.Fprintf(&b, `\u%04X`, unit)
			}
		}
		return b.String()
	},
	"slashes escaped":        func(s string) string { return strings.NewReplacer(`\`, `\\`, "/", `\/`).Replace(s) },
	"query":                  url.QueryEscape,
	"path":                   url.PathEscape,
	"address":                func(s string) string { return (&url.URL{Scheme: "http", Host: "a.example", Path: "/" + s}).String() },
	"percent":                func(s string) string { return everyByte(s, "%%%02x") },
	"bytes":                  func(s string) string { return everyByte(s, `\x%02X`) },
	"HTML":                   html.EscapeString,
	"base64":                 func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
	"base64, no padding":     func(s string) string { return base64.RawStdEncoding.EncodeToString([]byte(s)) },
	"base64url":              func(s string) string { return base64.URLEncoding.EncodeToString([]byte(s)) },
	"base64url, no padding":  func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) },
	"basic":                  func(s string) string { return base64.StdEncoding.EncodeToString([]byte("sam:" + s)) },
	"basic, url":             func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte("sam:" + s)) },
	"hex":                    func(s string) string { return hex.EncodeToString([]byte(s)) },
	"hex, upper case":        func(s string) string { return fmt.Sprintf("%X", s) },
	"upper case":             func(s string) string { return strings.Map(upperASCII, s) },
	"split by an override":   func(s string) string { return split(s, "\u202e") },
	"split by zero width":    func(s string) string { return split(s, "\u200b") },
	"split by a soft hyphen": func(s string) string { return split(s, "\u00ad") },
	"split by a joiner":      func(s string) string { return split(s, "\u2060\u034f\ufe0f") },
	"split by null":          func(s string) string { return split(s, "\x00") },
	"split by bytes":         func(s string) string { return split(s, "\xff") },
	"split by line breaks":   func(s string) string { return split(s, "\r\n") },
	"split by tags":          func(s string) string { return split(s, "\U000e0041") },
}

func everyByte(s, format string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		fmt.Fprintf(&b, format, c)
	}
	return b.String()
}

func upperASCII(r rune) rune {
	if 'a' <= r && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}

// split puts something between all characters.
func split(s, by string) string { return strings.Join(strings.Split(s, ""), by) }

var oddSecrets = []string{
	"tok_123/x", `Qz7S3cr3t+/=tok"en&<x>9Wm`, `back\slash\\double`, `C:\new\table`, "100%41%zz;&amp;", "pässwörd & 密码", "key 🔑 with spaces",
	`a\u0041\x42b`, "AAAA", "abcde", "abcdef", "ghp_0123456789abcdefABCDEF",
}

// TestNoSpellingOfASecretShows writes secrets in every way, and in every way
// within every other.
func TestNoSpellingOfASecretShows(t *testing.T) {
	for _, secret := range oddSecrets {
		redactor := New("sam", secret)
		for outer, around := range spellings {
			packed := strings.HasPrefix(outer, "base64") || strings.HasPrefix(outer, "hex") || strings.HasPrefix(outer, "basic")
			for inner, spell := range spellings {
				if inner != "raw" && (packed || outer == "upper case" || outer == "bytes") {
					continue // Packed twice, a secret is nothing that a person reads.
				}
				written := around(spell(secret))
				got := redactor("before " + written + " after")
				exact := got == "before "+Mark+" after"
				if strings.Count(got, Mark) != 1 || !exact && inner == "raw" && (packed || outer == "raw" || outer == "upper case") {
					t.Errorf("%s in %s of %s: %s became %s", inner, outer, secret, written, got)
				}
			}
		}
	}
}

func TestSecretWithinOtherBase64(t *testing.T) {
	redactor := New("", "tok_0123456789")
	for _, before := range []string{"", "B", "Be", "Bearer ", `{"token":"`} {
		for _, after := range []string{"", `"`, `"}`, "\n\nand so on"} {
			packed := base64.StdEncoding.EncodeToString([]byte(before + "tok_0123456789" + after))
			got := redactor(packed)
			if left := strings.ReplaceAll(got, Mark, ""); !strings.Contains(got, Mark) || len(left) > len(packed)-17 {
				t.Errorf("%q, %q: %s became %s", before, after, packed, got)
			}
		}
	}
}

// TestWhatPrintableChangesHidesNoSecret has every character between the
// halves of a secret that is taken out of texts later.
func TestWhatPrintableChangesHidesNoSecret(t *testing.T) {
	for r := rune(0); r <= 0x10ffff; r++ {
		if text.Printable(string(r)) != string(r) && !invisible(r) {
			t.Errorf("%U is not looked through", r)
		}
	}
}

func TestCutSecrets(t *testing.T) {
	secret := `tok&en"0123456789`
	redactor := New("sam", secret)
	for _, name := range []string{"raw", "JSON", "query", "percent", "HTML", "base64", "base64url", "basic", "hex", "bytes", "JSON, ASCII"} {
		written := strings.Trim(spellings[name](secret), `"`)
		for n := 16; n < len(written); n++ {
			for _, got := range []string{
				redactor("It says " + written[:n] + "…"), redactor("It says " + written[:n] + "…. Sorry…"),
			} {
				if !strings.Contains(got, Mark) || strings.Contains(got, written[:8]) {
					t.Errorf("%s: %s became %s", name, written[:n], got)
				}
			}
		}
	}
}

// TestOrdinaryTextStays has texts that are full of what begins an escape.
func TestOrdinaryTextStays(t *testing.T) {
	redactor := New("sam", "tok_123/x")
	for _, text := range []string{
		"", "Sam Roe", "100% of a\\b & c+d", `{"a":"\u0041\n%zz&amp;&bogus;"}`, "李小龍 👩‍👩‍👧 e\u0301", "a\xffb\x00", `\\\\\\`, "…", "tok…", "tok_9…",
		"c2FtOg==", strings.Repeat("%41", 1000),
	} {
		if got := redactor(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// laborious are the parts of the texts that are the most work.
var laborious = []string{
	"a", "%41", "%25", `\`, `\u0041`, "&amp;", ";", "&;", "…", "tok…", "%…", "\u200b", "宽", "a\u0301", `tok"`,
}

// TestLongTexts would not end if the work grew with the square of the length;
// the benchmark tells how it grows.
func TestLongTexts(t *testing.T) {
	redactor := New("sam", strings.Repeat(`tok"`, 500))
	for _, part := range laborious {
		if text := strings.Repeat(part, longest/16/len(part)); len(redactor(text)) == 0 {
			t.Errorf("nothing is left of %q", part)
		}
	}
}

func BenchmarkLongTexts(b *testing.B) {
	for _, part := range laborious {
		for _, size := range []int{longest / 64, longest / 4} {
			b.Run(fmt.Sprintf("%q/%d", part, size), func(b *testing.B) {
				redactor := New("sam", strings.Repeat(`tok"`, 500))
				text := strings.Repeat(part, size/len(part))
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					redactor(text)
				}
			})
		}
	}
}

func BenchmarkRedactor(b *testing.B) {
	secret := strings.Repeat("0123456789abcdef", 4)
	for name, text := range map[string]string{
		"short": "Example Organization", "body": strings.Repeat(`{"id":"org_1","name":"A & B"},`, 150),
		"wide": strings.Repeat("宽", 100), "answer": strings.Repeat("x", longest),
	} {
		b.Run(name, func(b *testing.B) {
			redactor := New("sam", secret)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				redactor(text)
			}
		})
	}
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			New("sam", secret)
		}
	})
}

// longest is how long an answer can be that is searched.
const longest = 4 << 20
