package config

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// ReadDescription reads a file of services.d, or the service of a configuration that
// describes just one. The error is a [Problem] where that is no description at all.
func ReadDescription(path string) (d Declaration, err error) {
	_, data, err := readVersion(path)
	if err != nil {
		return d, err
	}
	data = []byte(strings.TrimPrefix(string(data), byteOrderMark))
	values, wrong := decode(path, data)
	if wrong != nil {
		return d, wrong
	}
	name, key := strings.TrimSuffix(filepath.Base(path), ".toml"), toml.Key(nil)
	if all, ok := values["services"].(map[string]any); ok {
		names := slices.Sorted(maps.Keys(all))
		if len(names) != 1 {
			return d, fmt.Errorf("%s describes %d services; write the one to test into a file of its own", path, len(names))
		}
		name = names[0]
		if values, ok = all[name].(map[string]any); !ok {
			return d, Problem{File: path, Message: "services." + shown(name) + " must be a table: [services." + shown(name) + "]"}
		}
		key = toml.Key{"services", name}
	}
	d = Declaration{Name: name, Values: values, File: path, Line: 1, Alone: key == nil}
	d.locate = &described{Declaration: d, path: key, data: data}
	return d, nil
}
