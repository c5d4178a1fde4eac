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

// quotedText matches a string in JSON, and bareWords the words and numbers that
// stand in JSON without quotation marks.
var (
	quotedText = text.Pattern(text.JSONStringExpr)
	bareWords  = text.Pattern(`\b(?:true|false|null|[0-9.]+[eE][+-]?[0-9]+)\b`)
)

// exchange corrects masked, the exchange with every text masked by itself. Of
// its body only JSON is shown, and of that only the keys, the numbers, the
// given error codes and stand-ins.
func (m *Mask) exchange(masked *account.Exchange, real account.Exchange, codes ...string) {
	masked.Method = real.Method
	for i, line := range real.Body {
		shown, ok := m.bodyLine(line, codes)
		if !ok {
			masked.Body = []string{"withheld"}
			return
		}
		masked.Body[i] = shown
	}
}

// bodyLine masks a line of JSON; ok is false for any other line.
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

// bodyText masks a string of JSON together with its quotation marks. A key is
// most often the service's own word. A value without a stand-in may be
// anything, so it is withheld.
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
