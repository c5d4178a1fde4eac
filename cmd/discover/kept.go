package discover

import (
	"cmp"
	"strings"

	"github.com/theory/jsonpath"
	"github.com/theory/jsonpath/spec"

	"rollcall/config/credential/extract"
)

// kept are the tokens of one sort in a file that is a tree of values.
type kept struct {
	// at leads to the tokens, with [*] where there can be many.
	at string
	// by is the key beside a token that tells it from others of its list, whose order
	// may change.
	by string
	// address is the key beside the token that has the address of its service, or a
	// path from the top of the file. hosted is set where the key above the token is the
	// host itself.
	address string
	hosted  bool
	// public is the host that needs no address.
	public string
	// needsAddress is set where the service has no public address.
	needsAddress bool
}

// entry is one token in a file, or what is told of it.
type entry struct {
	// path leads to the token, in the words of the format.
	path string
	// part tells it from others in the file; empty for the only one. called is what the
	// name of the profile has of it.
	part, called, address string
	// command prints the token, and variable has it, where the file refers to another
	// place.
	command  []string
	variable string
	// provider is that of the token where the tool has several services.
	provider string
	problem  string
}

// entries are the tokens of a tree, in the order of its lists and else of its keys.
func (k kept) entries(format string, tree any) (all []entry) {
	before, _, many := strings.Cut(k.at, "[*]")
	nodes := jsonpath.MustParse(k.at).SelectLocated(tree)
	nodes.Sort()
	for _, node := range nodes {
		token, is := node.Node.(string)
		if !is || token == "" {
			continue
		}
		e := entry{}
		parent := valueAt(tree, node.Path[:len(node.Path)-1])
		if many {
			// The parts before it have one name each.
			step := node.Path[len(jsonpath.MustParse(before).Query().Segments())]
			if name, is := step.(spec.Name); is {
				e.part = string(name)
			}
		}
		if k.by != "" {
			e.part = textAt(parent, k.by)
		}
		e.path, e.called = pathOf(format, node.Path, k.by, e.part), e.part
		switch {
		case k.hosted:
			e.address = e.part
		case strings.HasPrefix(k.address, "$"):
			for _, v := range jsonpath.MustParse(k.address).Select(tree) {
				e.address, _ = v.(string)
			}
		case k.address != "":
			e.address = textAt(parent, k.address)
		}
		if e.address = withScheme(e.address); k.public != "" && hostOf(e.address) == k.public {
			e.address = ""
			if k.hosted {
				e.called = ""
			}
		} else if e.address == "" && k.needsAddress {
			e.problem = "its address is not known; make a profile with 'rollcall add'"
		}
		all = append(all, e)
	}
	return all
}

// valueAt is the value at a place of a tree.
func valueAt(tree any, path spec.NormalizedPath) any {
	for _, step := range path {
		switch s := step.(type) {
		case spec.Name:
			all, _ := tree.(map[string]any)
			tree = all[string(s)]
		case spec.Index:
			switch list := tree.(type) {
			case []any:
				tree = list[int(s)]
			case []map[string]any:
				tree = list[int(s)]
			}
		}
	}
	return tree
}

// textAt is the text of a key; empty where there is none.
func textAt(tree any, key string) string {
	all, _ := tree.(map[string]any)
	text, _ := all[key].(string)
	return text
}

// pathOf writes a place in the words of a format, where the element of a list is the
// one whose key by has the value part.
func pathOf(format string, path spec.NormalizedPath, by, part string) string {
	if format == extract.INI {
		var names []string
		for _, step := range path {
			if name, is := step.(spec.Name); is {
				names = append(names, string(name))
			}
		}
		return strings.Join(names, ".")
	}
	out := "$"
	for _, step := range path {
		switch s := step.(type) {
		case spec.Name:
			out += keyStep(string(s))
		case spec.Index:
			if by != "" {
				out += "[?@" + keyStep(by) + " == " + quoted(part) + "]"
				continue
			}
			out += spec.Normalized(s).String()[1:]
		}
	}
	return out
}

// keyStep goes to a key: ".name", or "['a key']" for one that is no plain name.
func keyStep(key string) string {
	plain := key != "" && !strings.ContainsFunc(key, func(r rune) bool {
		return !(r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9')
	}) && (key[0] < '0' || key[0] > '9')
	if plain {
		return "." + key
	}
	return "[" + quoted(key) + "]"
}

// quoted is a text in the quotes of a path.
func quoted(text string) string {
	return strings.TrimSuffix(strings.TrimPrefix(spec.Normalized(spec.Name(text)).String(), "$["), "]")
}

// named is the part of an entry in the name of a find.
func (e entry) named() string { return cmp.Or(e.part, "default") }
