package redact

import (
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
)

// minLength is the shortest secret, in bytes, that is searched for inside other
// text, and the shortest beginning of a secret that is found before a cut.
// Anything shorter would be found in ordinary words.
const minLength = 4

// needle is one encoding of a secret to search for.
type needle struct {
	text string
	// packed is set for base64, in which upper and lower case differ.
	packed bool
}

// extent is a range of byte offsets; to is the first offset behind it.
type extent struct{ from, to int }

// needles lists the encodings of a secret. Escaped forms are not among them:
// they are undone in the text instead.
func needles(username, secret string) (all []needle) {
	packed := []string{inBase64(username+":"+secret, 0)}
	if len(secret) >= minLength {
		packed = append(packed, inBase64(secret, 0), inBase64(secret, 1), inBase64(secret, 2))
		all = []needle{{text: fold(secret)}, {text: hex.EncodeToString([]byte(secret))}}
		for form := range forms(secret) {
			// Part of the secret itself can look like an escape.
			all = append(all, needle{text: fold(form)})
		}
	}
	for _, text := range packed {
		all = append(all, needle{text, true}, needle{strings.NewReplacer("+", "-", "/", "_").Replace(text), true})
	}
	return slices.Compact(slices.DeleteFunc(all, func(n needle) bool { return len(n.text) < minLength }))
}

// inBase64 encodes a text as it appears inside a longer base64 text, and keeps
// only the characters that do not depend on the bytes around it. Base64 packs
// three bytes at a time, so the result depends on phase, the number of bytes
// before the text modulo three.
func inBase64(text string, phase int) string {
	all := base64.RawStdEncoding.EncodeToString(append(make([]byte, phase), text...))
	return all[(8*phase+5)/6 : 8*(phase+len(text))/6]
}

// places lists where a text holds the needle, or the beginning of the needle
// right before a cut. folded is the text as [fold] gives it.
func (n needle) places(text, folded string) (all []extent) {
	in := folded
	if n.packed {
		in = text
	}
	for i := range indexes(in, n.text) {
		all = append(all, extent{i, i + len(n.text)})
	}
	begin := 0
	for cut := range indexes(in, Ellipsis) {
		k := min(len(n.text)-1, cut-begin)
		for k >= minLength && !strings.HasSuffix(in[begin:cut], n.text[:k]) {
			k--
		}
		if k >= minLength {
			all = append(all, extent{cut - k, cut})
		}
		begin = cut
	}
	for i, e := range all {
		if n.packed {
			// The next character can hold bits of the secret.
			const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"
			all[i].to = len(in) - len(strings.TrimLeft(strings.TrimLeft(in[e.to:], digits), "="))
		}
	}
	return all
}

// indexes yields where a text holds another one.
func indexes(in, text string) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for from := 0; ; from += len(text) {
			i := strings.Index(in[from:], text)
			if from += i; i < 0 || !yield(from) {
				return
			}
		}
	}
}

// fold returns a text as it is compared where upper and lower case mean the same:
// its ASCII letters in lower case, and a space for the plus that stands for one in
// the query of a URL. Other letters stay, since their lower case can have another
// length.
func fold(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		} else if c == '+' {
			b[i] = ' '
		}
	}
	return string(b)
}
