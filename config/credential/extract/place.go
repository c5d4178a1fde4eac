package extract

import (
	"errors"
	"fmt"
	"strings"
)

// Place is where in the text of a file a text is.
type Place struct {
	// Format is what the file is written in.
	Format string
	// Path leads to the text: a path of RFC 9535 for JSON, YAML and TOML, the
	// section and the key for INI, the machine for netrc, the key for npmrc.
	Path string
}

// IsZero reports whether there is no place: the file holds the text alone.
func (p Place) IsZero() bool { return p == Place{} }

// Check says in a whole sentence what is wrong with the path; nil for one that can
// be followed.
func (p Place) Check() error {
	example := Example(p.Format)
	switch p.Format {
	case JSON, YAML, TOML:
		_, err := parsePath(p.Path, example)
		return err
	case INI:
		if _, key := splitKey(p.Path); key == "" {
			return fmt.Errorf("path must be a section and a key with a dot between them, such as %q", example)
		}
	case Netrc:
		if strings.ContainsAny(p.Path, " \t/") {
			return fmt.Errorf("path must be the name of a machine, such as %q", example)
		}
	case NPMRC:
		if strings.ContainsAny(p.Path, " \t=") {
			return fmt.Errorf("path must be a key without a space or a sign =, such as %q", example)
		}
	default:
		return errors.New("there is no such format")
	}
	return nil
}

// Texts are all that the place leads to, two at most: whoever looks for one text
// needs no more to know that it is not alone.
func (p Place) Texts(data []byte) ([]string, error) {
	var all []string
	var err error
	data = trimMark(data)
	switch p.Format {
	case JSON, YAML, TOML:
		all, err = documentTexts(p.Format, p.Path, data)
	case INI:
		all, err = iniTexts(data, p.Path)
	case Netrc:
		for _, m := range Machines(data) {
			if m.Name == p.Path && m.Password != "" {
				all = append(all, m.Password)
			}
		}
	case NPMRC:
		for _, s := range Settings(data) {
			if s.Key == p.Path {
				all = append(all, s.Value)
			}
		}
	default:
		return nil, p.Check()
	}
	return all[:min(len(all), 2)], err
}
