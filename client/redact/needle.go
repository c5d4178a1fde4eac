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
	// anyCase is set where upper and lower case mean the same.
	anyCase bool
	// before and after count the neighbouring characters that encode a part of
	// the secret as well: in base64, a character can belong to two bytes.
	before, after int
}

// needles lists the encodings of a secret. Escaped forms are not among them:
// they are undone in the text instead.
func needles(username, secret string) []needle {
	packed := []needle{inBase64(username+":"+secret, 0)}
	if len(secret) < minLength {
		return packed
	}
	for phase := range 3 {
		packed = append(packed, inBase64(secret, phase))
	}
	for _, n := range packed {
		n.text = strings.NewReplacer("+", "-", "/", "_").Replace(n.text)
		packed = append(packed, n)
	}
	return append(packed,
		needle{text: secret, anyCase: true},
		needle{text: hex.EncodeToString([]byte(secret)), anyCase: true})
}

// inBase64 encodes a text as it appears inside a longer base64 text, and keeps
// only the characters that do not depend on the bytes around it. Base64 packs
// three bytes at a time, so the result depends on phase, the number of bytes
// before the text modulo three.
func inBase64(text string, phase int) needle {
	all := base64.RawStdEncoding.EncodeToString(append(make([]byte, phase), text...))
	begin, end := (8*phase+5)/6, 8*(phase+len(text))/6
	return needle{text: all[begin:end], before: min(1, phase), after: len(all) - end}
}

// addTo appends the needle to others in the form in which a reader sees it. A
// needle that has become too short is left out.
func (n needle) addTo(all []needle, seen visible) []needle {
	n.text = string(seen.text)
	if n.anyCase {
		n.text = lower(n.text)
	}
	if len(n.text) < minLength || slices.Contains(all, n) {
		return all
	}
	return append(all, n)
}

// findNeedles reports whether a text holds one of the needles, or the beginning
// of one right before a cut. It appends their extents to found, unless found is
// nil because the caller needs no extents.
func findNeedles(all []needle, t visible, found *[]extent) (any bool) {
	asItIs := string(t.text)
	inLower := lower(asItIs)
	for _, n := range all {
		in := asItIs
		if n.anyCase {
			in = inLower
		}
		n.each(in, func(from, to int) {
			any = true
			if found != nil {
				*found = append(*found, extent{t.at[from].from, t.at[to-1].to})
			}
		})
	}
	return any
}

// each calls yield for every place in a text that holds the needle, or the
// beginning of the needle right before a cut.
func (n needle) each(in string, yield func(from, to int)) {
	for end := 0; ; {
		i := strings.Index(in[end:], n.text)
		if i < 0 {
			break
		}
		from := end + i
		end = from + len(n.text)
		to := min(len(in), end+n.after)
		for range 2 {
			// Up to two equals signs pad the end of base64.
			if !n.anyCase && to < len(in) && in[to] == '=' {
				to++
			}
		}
		yield(max(0, from-n.before), to)
	}
	for end := 0; ; {
		i := strings.Index(in[end:], Ellipsis)
		if i < 0 {
			break
		}
		part := in[end : end+i]
		k := min(len(n.text)-1, len(part))
		for k >= minLength && !strings.HasSuffix(part, n.text[:k]) {
			k--
		}
		if k >= minLength {
			yield(max(0, end+i-k-n.before), end+i)
		}
		end += i + len(Ellipsis)
	}
}

// lower returns s with its ASCII letters in lower case. Other letters stay,
// since their lower case can have another length, and extents count bytes.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
