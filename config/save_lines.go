package config

import (
	"bytes"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"rollcall/config/credential"
)

// newLines are the lines that differ between two texts, for a person who wants
// to write them by hand: those of the new text from the first difference to the
// last, below the header of the table that they belong to. Comments are left
// out, and secrets are covered.
func newLines(old, text []byte) string {
	text = bytes.TrimPrefix(text, []byte(byteOrderMark))
	t, err := parseTree(text)
	if err != nil {
		return ""
	}
	was := slices.Collect(bytes.Lines(bytes.TrimPrefix(old, []byte(byteOrderMark))))
	is := slices.Collect(bytes.Lines(text))
	lines := slices.Collect(strings.Lines(t.withoutSecrets()))
	same := func(a, b []byte) bool { return bytes.Equal(bytes.TrimRight(a, "\r\n"), bytes.TrimRight(b, "\r\n")) }
	start, end := 0, len(is)
	for start < min(len(was), len(is)) && same(was[start], is[start]) {
		start++
	}
	for rest := len(was); end > start && rest > start && same(was[rest-1], is[end-1]); rest-- {
		end--
	}
	var kept []string
	for i := start; i < end; i++ {
		line := bytes.TrimSpace(is[i])
		if bytes.HasPrefix(line, []byte("#")) || len(line) == 0 && len(kept) == 0 {
			continue
		}
		if len(kept) == 0 {
			if header := t.headerOf(i); header < i {
				kept = append(kept, lines[header])
			}
		}
		kept = append(kept, lines[i])
	}
	return credential.RedactUserinfo(strings.Join(kept, ""))
}

// headerOf is the number, from 0, of the line with the header of the table that
// a line belongs to. It is that of the line itself where this is a header, or
// where no header stands above it.
func (t *syntaxTree) headerOf(line int) int {
	start := 0
	for range line {
		start = t.nextLine(start)
	}
	for _, e := range slices.Backward(t.expressions) {
		if e.header && e.start <= start {
			return bytes.Count(t.data[:e.start], []byte("\n"))
		}
	}
	return line
}

// withoutSecrets is the text without its secrets and without its comments,
// since a comment may hold a secret that is out of use. It has as many lines as
// before.
func (t *syntaxTree) withoutSecrets() string {
	shown := spliced(t.data, t.secrets(t.expressions))
	return string(spliced(shown, comments(shown)))
}

// comments are splices that take the comments out of a text, with the space
// before them.
func comments(text []byte) []splice {
	var all []splice
	var look func(n *unstable.Node)
	look = func(n *unstable.Node) {
		for ; n != nil; n = n.Next() {
			if n.Kind == unstable.Comment {
				start := int(n.Raw.Offset)
				before := bytes.TrimRight(text[:start], " \t")
				all = append(all, splice{span{len(before), start + int(n.Raw.Length)}, ""})
			}
			look(n.Child())
		}
	}
	parser := unstable.Parser{KeepComments: true}
	parser.Reset(text)
	for parser.NextExpression() {
		look(parser.Expression())
	}
	return all
}

// secrets are splices that cover the values of the keys that hold a secret, and
// of those that hold an address which often has one in it.
func (t *syntaxTree) secrets(expressions []expression) []splice {
	var all []splice
	for _, e := range expressions {
		all = append(all, t.secrets(e.entries)...)
		value := t.text(e.value)
		if e.header || e.inline || len(e.path) < 3 || e.path[0] != "profiles" ||
			!slices.Contains([]string{"token", "password", "proxy"}, e.path[2]) || len(e.path) > 3 {
			continue
		}
		all = append(all, splice{e.value, `"` + credential.Redacted + `"` + strings.Repeat("\n", strings.Count(value, "\n"))})
	}
	return all
}
