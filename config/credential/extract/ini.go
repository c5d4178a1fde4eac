package extract

import (
	"strings"

	"gopkg.in/ini.v1"
)

// Sections are those of a text as the tools of Python and Go write them: no comment
// follows a value on its line, and quotes are part of it.
func Sections(data []byte) (*ini.File, error) {
	f, err := ini.LoadSources(ini.LoadOptions{
		IgnoreContinuation: true, IgnoreInlineComment: true, SkipUnrecognizableLines: true, PreserveSurroundedQuote: true,
		AllowShadows: true, AllowDuplicateShadowValues: true,
		// Without one, [a.b] would have the keys of [a] besides its own.
		ChildSectionDelimiter: "\x00",
	}, trimMark(data))
	if err != nil {
		return nil, ErrMalformed
	}
	return f, nil
}

// splitKey takes a section and a key apart, at the last dot: the names of sections
// are addresses now and then. Keys above all sections are in the one called DEFAULT.
func splitKey(path string) (section, key string) {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return ini.DefaultSection, path
	}
	return path[:i], path[i+1:]
}

// iniTexts are the values of a key, whatever its case, in all sections of a name.
func iniTexts(f *ini.File, path string) []string {
	name, key := splitKey(path)
	section, err := f.GetSection(name)
	if err != nil {
		return nil
	}
	var all []string
	for _, k := range section.Keys() {
		if strings.EqualFold(k.Name(), key) {
			all = append(all, k.ValueWithShadows()...)
		}
	}
	return all
}
