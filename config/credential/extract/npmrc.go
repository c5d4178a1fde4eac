package extract

import (
	"encoding/json"
	"strings"
)

// Setting is a line of an npmrc file.
type Setting struct{ Key, Value string }

// Settings are the lines of an npmrc file, in their order, read as npm reads them
// (its library ini): a sign ; or # begins a comment wherever no backslash is before
// it, and a value may be in quotes.
func Settings(data []byte) []Setting {
	var all []Setting
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, ";") || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "[") {
			continue
		}
		if key, value, ok := strings.Cut(line, "="); ok {
			all = append(all, Setting{npmText(key), npmText(value)})
		}
	}
	return all
}

// npmText is a key or value as it is meant.
func npmText(s string) string {
	s = strings.TrimSpace(s)
	switch {
	case len(s) > 1 && strings.HasPrefix(s, `"`) && strings.HasSuffix(s, `"`):
		return jsonText(s)
	case len(s) > 1 && strings.HasPrefix(s, `'`) && strings.HasSuffix(s, `'`):
		return jsonText(s[1 : len(s)-1])
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ';' || c == '#':
			return strings.TrimSpace(out.String())
		case c == '\\' && i+1 < len(s) && strings.IndexByte(`\;#`, s[i+1]) >= 0:
			i++
			out.WriteByte(s[i])
		default:
			out.WriteByte(c)
		}
	}
	return strings.TrimSpace(out.String())
}

// jsonText is a text in quotes as JSON means it, or as it stands where it is no
// JSON.
func jsonText(s string) string {
	var text string
	if json.Unmarshal([]byte(s), &text) == nil {
		return text
	}
	return s
}
