package discover

import (
	"context"
	"errors"
	"io/fs"
	"strconv"

	"github.com/kballard/go-shellquote"

	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/config/credential/extract"
	"rollcall/plainfile"
)

// maxFile is how much of a file is read: what is longer keeps no tokens.
const maxFile = 1 << 20

// mostKept is of how many tokens in one file finds are made: nobody chooses from more,
// and each is read for itself.
const mostKept = 100

// file is one in which a tool keeps tokens.
type file struct {
	// paths are where it can be, as [Machine.expand] reads them; the first that is there
	// is the one that the tool reads.
	paths []string
	// format is empty for a file that holds the token alone.
	format string
	kept   []kept
	// address gives the address of a token that is alone in its file.
	address func(Machine) string
	// needsAddress is set where the service has no public address.
	needsAddress bool
	// tree reads a file that has more to it than kept can say, lines one that is no tree;
	// nil for all others.
	tree  func(m Machine, tree any) []entry
	lines func(m Machine, path string, data []byte) []entry
	// not says why no profile can refer to what is in it, and what to do; empty where
	// one can.
	not string
}

// finds are the tokens in the file.
func (f file) finds(m Machine, s source) []Find {
	for _, path := range f.paths {
		if path = m.expand(path); path == "" {
			continue
		}
		data, err := readFile(path)
		wrong, is := errors.AsType[*plainfile.Error](err)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case is:
			return []Find{s.told(m, path, wrong.About("it"))}
		case err != nil:
			return []Find{s.told(m, path, "it cannot be read: "+withoutPath(err).Error()+"; let its owner give you the right to read it")}
		case f.not != "":
			return []Find{s.told(m, path, f.not)}
		case f.format == "":
			return []Find{f.whole(m, s, path)}
		}
		return f.within(m, s, path, data)
	}
	return nil
}

// whole is the find of a file that holds the token alone.
func (f file) whole(m Machine, s source, path string) Find {
	find := s.told(m, path, "")
	find.Draft.Source, find.Draft.Reference = credential.SourceFile, m.written(path)
	if f.address != nil {
		find.Draft.BaseURL = f.address(m)
	}
	if f.needsAddress && find.Draft.BaseURL == "" {
		find.Problem = "its address is not known; make a profile with 'rollcall add'"
	}
	return find
}

// within are the finds of a file that holds more than one token.
func (f file) within(m Machine, s source, path string, data []byte) (all []Find) {
	var entries []entry
	if f.lines != nil {
		entries = f.lines(m, path, data)
	} else {
		tree, err := treeOf(f.format, data)
		if err != nil {
			return []Find{s.told(m, path, err.Error()+" as "+f.format+"; correct it, or sign in anew with "+s.tool)}
		}
		if f.tree != nil {
			entries = f.tree(m, tree)
		}
		for _, k := range f.kept {
			entries = append(entries, k.entries(f.format, tree)...)
		}
	}
	for _, e := range entries[:min(len(entries), mostKept)] {
		find := s.told(m, path, e.problem)
		find.Name = s.tool + ":" + e.named()
		if e.provider != "" {
			find.Draft.Provider = e.provider
		}
		find.Draft.Name, find.Draft.BaseURL = draftName(find.Draft.Provider, e.called), e.address
		switch {
		case e.path != "":
			find.Draft.Source, find.Draft.Reference = credential.SourceFile, m.written(path)
			find.Draft.Within = extract.Place{Format: f.format, Path: e.path}
			if find.Problem == "" && find.Draft.Within.Check() != nil {
				find.Problem = "no profile can name its place in the file; keep its token elsewhere, and make a profile with 'rollcall add'"
			}
		case len(e.command) > 0:
			find.Draft.Source, find.Draft.Reference = credential.SourceCommand, shellquote.Join(e.command...)
		case e.variable != "":
			find.Draft.Source, find.Draft.Reference = credential.SourceEnv, e.variable
		}
		all = append(all, find)
	}
	if more := len(entries) - mostKept; more > 0 {
		find := s.told(m, path, "it has "+strconv.Itoa(more)+" more tokens; make profiles of those with 'rollcall add --file'")
		find.Name = s.tool + ":more"
		all = append(all, find)
	}
	return all
}

// told is a find of a source in a file, with what is the matter with it.
func (s source) told(m Machine, path, problem string) Find {
	return Find{Name: s.tool + ":default", Tool: s.tool, Where: m.written(path), Problem: problem,
		Draft: config.Draft{Name: s.provider, Provider: s.provider}}
}

// treeOf is a file as a tree; the sections of INI are its first level.
func treeOf(format string, data []byte) (any, error) {
	if format != extract.INI {
		return extract.Document(format, data)
	}
	sections, err := extract.Sections(data)
	if err != nil {
		return nil, err
	}
	tree := map[string]any{}
	for _, s := range sections.Sections() {
		keys := map[string]any{}
		for _, k := range s.Keys() {
			keys[k.Name()] = k.Value()
		}
		tree[s.Name()] = keys
	}
	return tree, nil
}

// readFile reads a file of a tool.
func readFile(path string) ([]byte, error) {
	data, _, err := plainfile.Read(context.Background(), path, maxFile)
	return data, err
}

// withoutPath is an error without the path that is named beside it already.
func withoutPath(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
