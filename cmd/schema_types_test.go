package cmd

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/go/packages"

	"rollcall/client/account"
)

// typeSchemas makes schemas of the types that the program writes as JSON. It reads the
// source, where the words of a kind and the comments are that say what a key means.
type typeSchemas struct {
	t        *testing.T
	packages map[string]*packages.Package
	// comments are those of types and fields, by where their names stand.
	comments map[token.Pos]string
	// made are the definitions so far.
	made part
}

func newTypeSchemas(t *testing.T) *typeSchemas {
	t.Helper()
	const mode = packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports
	all, err := packages.Load(&packages.Config{Mode: mode}, "rollcall/cmd", "rollcall/client/account", "rollcall/client/insight")
	if err != nil {
		t.Fatal(err)
	}
	s := &typeSchemas{t: t, packages: map[string]*packages.Package{}, comments: map[token.Pos]string{}}
	for _, p := range all {
		s.packages[p.PkgPath] = p
		for _, f := range p.Syntax {
			ast.Inspect(f, s.note)
		}
	}
	return s
}

// note keeps the comment of a type or a field.
func (s *typeSchemas) note(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GenDecl:
		for _, spec := range n.Specs {
			if t, ok := spec.(*ast.TypeSpec); ok {
				s.comments[t.Name.Pos()] = meaning(t.Name.Name, n.Doc)
			}
		}
	case *ast.Field:
		for _, name := range n.Names {
			s.comments[name.Pos()] = meaning(name.Name, n.Doc)
		}
	}
	return true
}

// meaning is a comment without the name that it begins with: "LatencyMS is the time …"
// becomes "The time …", and "Active is set where …" becomes "True where …".
func meaning(name string, doc *ast.CommentGroup) string {
	words := strings.Join(strings.Fields(doc.Text()), " ")
	if rest, ok := strings.CutPrefix(words, name+" "); ok {
		words = strings.TrimPrefix(strings.TrimPrefix(rest, "is "), "are ")
		if where, ok := strings.CutPrefix(words, "set "); ok {
			words = "True " + where
		}
	}
	if words == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}

// root is the schema of a type of this package, with the definitions that it needs.
func (s *typeSchemas) root(title, name string) []byte {
	s.t.Helper()
	s.made = nil
	named := s.packages["rollcall/cmd"].Types.Scope().Lookup(name)
	p := s.object(named.Type().Underlying().(*types.Struct))
	return finished(s.t, title, s.comment(named), p, s.made)
}

// comment is what the source says of a type or a field.
func (s *typeSchemas) comment(o types.Object) string {
	said := s.comments[o.Pos()]
	if said == "" {
		s.t.Errorf("%s has no comment that says what it means", o)
	}
	return said
}

// of is the schema of the values of a type.
func (s *typeSchemas) of(t types.Type) part {
	switch t := types.Unalias(t).(type) {
	case *types.Pointer:
		return orNull(s.of(t.Elem()))
	case *types.Slice:
		return schemaOf("type", "array", "items", s.of(t.Elem()))
	case *types.Basic:
		switch {
		case t.Kind() == types.Bool:
			return schemaOf("type", "boolean")
		case t.Kind() == types.String:
			return schemaOf("type", "string")
		case t.Info()&types.IsInteger != 0:
			return schemaOf("type", "integer", "minimum", 0)
		case t.Info()&types.IsFloat != 0:
			return schemaOf("type", "number", "minimum", 0)
		}
	case *types.Named:
		return s.named(t)
	}
	s.t.Fatalf("there is no schema for %s", t)
	return nil
}

func (s *typeSchemas) named(t *types.Named) part {
	switch o := t.Obj(); {
	case o.Name() == "timeJSON":
		return schemaOf("type", []any{"string", "null"}, "format", "date-time")
	case o.Pkg().Path() == "encoding/json" && o.Name() == "RawMessage":
		return part{}
	case types.Identical(t.Underlying(), types.Typ[types.String]):
		return schemaOf("type", "string", "enum", s.words(o))
	}
	name := strings.TrimSuffix(t.Obj().Name(), "JSON")
	if !slices.Contains(s.made.names(), name) {
		// It holds its place before what it is made of.
		at := len(s.made)
		s.made = s.made.with(name, nil)
		object := s.object(t.Underlying().(*types.Struct))
		if name == "verdict" {
			// Only some states are one.
			object.set(verdicts(), "properties", "state", "enum")
		}
		s.made[at].value = append(schemaOf("description", s.comment(t.Obj())), object...)
	}
	return refTo(name)
}

// words are the constants of a type, in the order of the source.
func (s *typeSchemas) words(o types.Object) (words []string) {
	declared := s.packages[o.Pkg().Path()]
	if declared == nil {
		s.t.Fatalf("%s is declared in a package that is not read", o)
	}
	ids := slices.SortedFunc(maps.Keys(declared.TypesInfo.Defs), func(a, b *ast.Ident) int { return int(a.Pos() - b.Pos()) })
	for _, id := range ids {
		if c, ok := declared.TypesInfo.Defs[id].(*types.Const); ok && c.Parent() == declared.Types.Scope() && isNamed(c.Type(), o) {
			words = append(words, constant.StringVal(c.Val()))
		}
	}
	// The zero value of an action is none of its constants.
	if o.Name() == reflect.TypeFor[account.Action]().Name() {
		words = append(words, "")
	}
	return words
}

// verdicts are the states in which a service judged the credential.
func verdicts() (all []account.State) {
	for _, state := range account.States() {
		if state.Judges() {
			all = append(all, state)
		}
	}
	return all
}

func isNamed(t types.Type, o types.Object) bool {
	n, ok := t.(*types.Named)
	return ok && n.Obj().Pkg().Path() == o.Pkg().Path() && n.Obj().Name() == o.Name()
}

// object is the schema of a struct. More keys may come in a later version.
func (s *typeSchemas) object(t *types.Struct) part {
	properties, required, together := s.fields(t)
	p := schemaOf("type", "object", "properties", properties, "required", required)
	if len(together) > 0 {
		// They are all there, or none is.
		need := part{}
		for _, key := range together {
			need = need.with(key, together)
		}
		p = p.with("dependentRequired", need)
	}
	return p
}

// fields are the keys of a struct, those that are always there, and those that are there
// together or not at all.
func (s *typeSchemas) fields(t *types.Struct) (properties part, required, together []string) {
	for i := range t.NumFields() {
		f := t.Field(i)
		if f.Embedded() {
			inner, isPointer := types.Unalias(f.Type()).(*types.Pointer)
			embedded := f.Type()
			if isPointer {
				embedded = inner.Elem()
			}
			p, keys, more := s.fields(embedded.Underlying().(*types.Struct))
			properties = append(properties, p...)
			if isPointer {
				together = append(together, keys...)
			} else {
				required, together = append(required, keys...), append(together, more...)
			}
			continue
		}
		if !f.Exported() {
			continue
		}
		key, options, _ := strings.Cut(reflect.StructTag(t.Tag(i)).Get("json"), ",")
		properties = properties.with(key, s.field(key, f))
		if options != "omitempty" {
			required = append(required, key)
		}
	}
	return properties, required, together
}

// field is the schema of a key, which can say more than that of its type.
func (s *typeSchemas) field(key string, f *types.Var) part {
	p := s.of(f.Type())
	switch key {
	case "schema":
		p = schemaOf("const", schema)
	case "at", "generated_at":
		p = schemaOf("type", "string", "format", "date-time")
	case "access":
		p = p.with("enum", []string{"", account.AccessSSORequired, account.AccessPending})
	case "scopes", "allowed_networks":
		if p[0].value == "array" {
			p = orNull(p)
		}
	}
	return append(schemaOf("description", s.comment(f)), p...)
}
