package extract

import (
	"errors"
	"fmt"
	"strings"

	"github.com/theory/jsonpath"
)

// parsePath reads a path of RFC 9535. One with more than one ".." is refused: what
// it costs grows much faster than the file.
func parsePath(path, example string) (*jsonpath.Path, error) {
	if !strings.HasPrefix(path, "$") {
		return nil, fmt.Errorf(`path must begin with "$", the whole of the file; write one such as %q`, example)
	}
	parsed, err := jsonpath.Parse(path)
	switch {
	case err != nil:
		why := strings.TrimPrefix(err.Error(), jsonpath.ErrPathParse.Error()+": ")
		return nil, fmt.Errorf("path cannot be read (%s); write one such as %q", why, example)
	case descents(path) > 1:
		return nil, errors.New(`path has ".." in it more than once; name the keys between`)
	}
	return parsed, nil
}

// descents counts how often a path goes down to whatever depth. What is in quotes
// is a name.
func descents(path string) int {
	n, quote := 0, byte(0)
	for i := 0; i < len(path); i++ {
		switch c := path[i]; {
		case quote != 0 && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case strings.HasPrefix(path[i:], ".."):
			n++
			i++
		}
	}
	return n
}

// treeTexts are the texts at a path of a tree.
func treeTexts(path *jsonpath.Path, tree any) ([]string, error) {
	var all []string
	for _, node := range path.Select(tree) {
		switch text, is := node.(string); {
		case node == nil:
		case !is:
			return nil, ErrNoText
		default:
			all = append(all, text)
		}
	}
	return all, nil
}
