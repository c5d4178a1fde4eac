package extract

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"gopkg.in/ini.v1"
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
func (p Place) Texts(data []byte) ([]string, error) { return Read(p.Format, data).Texts(p.Path) }

// Reading is the text of a file as it was read once, for all of its places.
type Reading struct {
	format string
	// One of these has what was read, as the format wants it.
	tree     any
	sections *ini.File
	machines []Machine
	settings []Setting
	err      error
}

// Read reads the text of a file in a format.
func Read(format string, data []byte) Reading {
	r := Reading{format: format}
	data = trimMark(data)
	switch format {
	case JSON, YAML, TOML:
		r.tree, r.err = Document(format, data)
	case INI:
		r.sections, r.err = Sections(data)
	case Netrc:
		r.machines = Machines(data)
	case NPMRC:
		r.settings = Settings(data)
	default:
		r.err = Place{Format: format}.Check()
	}
	return r
}

// Texts are those of [Place.Texts].
func (r Reading) Texts(path string) (all []string, err error) {
	switch r.format {
	case JSON, YAML, TOML:
		parsed, wrong := parsePath(path, Example(r.format))
		if err = cmp.Or(wrong, r.err); err == nil {
			all, err = treeTexts(parsed, r.tree)
		}
	case INI:
		if err = r.err; err == nil {
			all = iniTexts(r.sections, path)
		}
	case Netrc:
		for _, m := range r.machines {
			if m.Name == path && m.Password != "" {
				all = append(all, m.Password)
			}
		}
	case NPMRC:
		for _, s := range r.settings {
			if s.Key == path {
				all = append(all, s.Value)
			}
		}
	default:
		err = r.err
	}
	return all[:min(len(all), 2)], err
}
