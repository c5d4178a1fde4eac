package privacy

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"rollcall/client/account"
	"rollcall/client/redact"
	"rollcall/client/text"
)

// withheld takes the place of what may tell anything.
const withheld = "…"

// quotedText is a text in JSON, and bareWords are the words beside texts.
var (
	quotedText = text.Pattern(text.JSONStringExpr)
	bareWords  = text.Pattern(`\b(?:true|false|null|[0-9.]+[eE][+-]?[0-9]+)\b`)
)

// exchange completes what the texts of an exchange are masked to. Of its body,
// only JSON is shown: its keys, its numbers, the codes, and stand-ins.
func (m *Mask) exchange(t *account.Exchange, real account.Exchange, codes ...string) {
	t.Method = real.Method
	for i, line := range real.Body {
		masked, ok := m.bodyLine(line, codes)
		if !ok {
			t.Body = []string{"withheld"}
			return
		}
		t.Body[i] = masked
	}
}

// bodyLine masks a line of JSON; ok is false where it is none.
func (m *Mask) bodyLine(line string, codes []string) (masked string, ok bool) {
	var b strings.Builder
	done := 0
	for _, place := range append(quotedText().FindAllStringIndex(line, -1), []int{len(line), len(line)}) {
		between := line[done:place[0]]
		if strings.ContainsFunc(bareWords().ReplaceAllString(between, ""), unicode.IsLetter) {
			return "", false
		}
		b.WriteString(m.Text(between))
		if text := line[place[0]:place[1]]; text != "" {
			isKey := strings.HasPrefix(strings.TrimLeft(line[place[1]:], " "), ":")
			b.WriteString(m.bodyText(text, isKey, codes))
		}
		done = place[1]
	}
	return b.String(), true
}

// bodyText masks a text of JSON with its quotation marks. A key is most often
// the service's own word, a value that is not known may be anything.
func (m *Mask) bodyText(quoted string, isKey bool, codes []string) string {
	var text string
	if json.Unmarshal([]byte(quoted), &text) != nil {
		return `"` + withheld + `"`
	}
	known, ok := m.standIns[text]
	switch {
	case isKey:
		known = m.Text(text)
	case !ok && (text == "" || text == redact.Mark || slices.Contains(codes, text)):
		return quoted
	case !ok:
		known = withheld
	}
	masked, _ := json.Marshal(known)
	return string(masked)
}
