package extract

import (
	"fmt"
	"strings"

	"gopkg.in/ini.v1"
)

// iniPart is the value of a key, and another in its place.
func iniPart(data []byte, path, text string) (part, error) {
	section, key := splitKey(path)
	in, at := ini.DefaultSection, 0
	for line := range strings.Lines(string(data)) {
		start := at
		at += len(line)
		trimmed := strings.TrimSpace(line)
		if strings.HasPrefix(trimmed, "[") && strings.HasSuffix(trimmed, "]") {
			in = strings.TrimSpace(trimmed[1 : len(trimmed)-1])
			continue
		}
		if trimmed == "" || strings.ContainsAny(trimmed[:1], "#;") || in != section {
			continue
		}
		i := strings.IndexAny(line, "=:")
		if i < 0 || !strings.EqualFold(strings.Trim(strings.TrimSpace(line[:i]), "\"`"), key) {
			continue
		}
		value := strings.TrimSpace(line[i+1:])
		if value == "" || strings.HasPrefix(value, `"""`) || strings.HasPrefix(value, "`") {
			return part{}, ErrLines
		}
		start += i + 1 + strings.Index(line[i+1:], value)
		return part{span{start, start + len(value)}, text}, nil
	}
	return part{}, ErrForm
}

// iniSays is all that sections say, with a text in the place of what is at a path, so
// that it can be compared.
func iniSays(data []byte, path, text string) string {
	f, err := Sections(data)
	if err != nil {
		return ""
	}
	section, key := splitKey(path)
	var all strings.Builder
	for _, s := range f.Sections() {
		for _, k := range s.Keys() {
			values := k.ValueWithShadows()
			if s.Name() == section && strings.EqualFold(k.Name(), key) {
				values = []string{text}
			}
			fmt.Fprintf(&all, "%q %q %q\n", s.Name(), k.Name(), values)
		}
	}
	return all.String()
}

// netrcPart is the password of a machine, and another in its place, in quotes where it
// is in some or needs them.
func netrcPart(data []byte, machine, text string) (part, error) {
	for _, m := range machinesAt(data) {
		if m.Name != machine || m.Password == "" {
			continue
		}
		quoted := data[m.password.start] == '"'
		if quoted || strings.ContainsAny(text, "\"\\ ") || strings.HasPrefix(text, "#") {
			text = escaped(text)
		}
		return part{m.password, text}, nil
	}
	return part{}, ErrForm
}

// npmPart is the value of a key, and another in its place, in the quotes that it is in.
func npmPart(data []byte, key, text string) (part, error) {
	at := 0
	for line := range strings.Lines(string(data)) {
		start := at
		at += len(line)
		trimmed := strings.TrimSpace(line)
		name, rest, ok := strings.Cut(line, "=")
		if !ok || strings.IndexAny(trimmed, ";#[") == 0 || npmText(name) != key {
			continue
		}
		value := strings.TrimSpace(rest)
		if value == "" {
			return part{}, ErrForm
		}
		start += len(name) + 1 + strings.Index(rest, value)
		where := span{start, start + len(value)}
		switch plain := npmText(value) == value || strings.ContainsAny(value, `;#\`); {
		case strings.HasPrefix(value, `"`) && strings.HasSuffix(value, `"`) && len(value) > 1:
			return part{where, escaped(text)}, nil
		case strings.HasPrefix(value, `'`) && strings.HasSuffix(value, `'`) && len(value) > 1:
			return part{where, `'` + text + `'`}, nil
		case !plain:
			return part{}, ErrForm
		case strings.ContainsAny(text, `;#\`), strings.ContainsAny(value, ";#"):
			return npmEscaped(where, value, text)
		}
		return part{where, text}, nil
	}
	return part{}, ErrForm
}

// npmEscaped is a part with a backslash before the signs that npm would read
// otherwise. A comment behind the old value stays.
func npmEscaped(where span, value, text string) (part, error) {
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case c == '\\' && i+1 < len(value):
			i++
		case c == ';' || c == '#':
			value = strings.TrimRight(value[:i], " \t")
		}
	}
	where.end = where.start + len(value)
	return part{where, strings.NewReplacer(`\`, `\\`, `;`, `\;`, `#`, `\#`).Replace(text)}, nil
}
