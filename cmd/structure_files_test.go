package cmd

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// The limits of what one person takes in at once, in lines.
const (
	longestFile     = 400
	longestFunction = 60
)

// loadPackages reads all packages of ours with their types, tests left out.
func loadPackages(t *testing.T) []*packages.Package {
	t.Helper()
	const mode = packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo |
		packages.NeedImports
	all, err := packages.Load(&packages.Config{Mode: mode, Dir: ".."}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		for _, err := range p.Errors {
			t.Fatal(err)
		}
	}
	return all
}

// TestSizes keeps files and functions to a size that is read in one go.
func TestSizes(t *testing.T) {
	for _, p := range loadPackages(t) {
		for _, f := range p.Syntax {
			file := p.Fset.Position(f.Pos()).Filename
			if lines := p.Fset.Position(f.End()).Line; lines > longestFile {
				t.Errorf("%s has %d lines, %d at most", file, lines, longestFile)
			}
			for _, d := range f.Decls {
				f, ok := d.(*ast.FuncDecl)
				if !ok || f.Body == nil {
					continue
				}
				lines := p.Fset.Position(f.Body.Rbrace).Line - p.Fset.Position(f.Body.Lbrace).Line - 1
				if lines > longestFunction {
					t.Errorf("%s: %s has %d lines, %d at most", file, f.Name.Name, lines, longestFunction)
				}
			}
		}
	}
}

// TestCircles keeps the files of a package in layers: a lower file does not name
// what a higher one defines. Files that name each other, directly or by way of
// others, lie in one circle. With -v it tells the largest one of every package.
func TestCircles(t *testing.T) {
	for _, p := range loadPackages(t) {
		files, uses := usesOfFiles(p)
		circle := largestCircle(files, uses)
		t.Logf("%-42s %2d of %2d files in the largest circle", p.PkgPath, len(circle), len(files))
		if most := mostInACircle(p.PkgPath, len(files)); len(circle) > most {
			t.Errorf("%s: %d of %d files name each other, %d at most: %s",
				p.PkgPath, len(circle), len(files), most, strings.Join(circle, " "))
		}
	}
}

// mostInACircle is how many files of a package may lie in one circle: three in a
// ten, a little more in ui, whose files share one model.
func mostInACircle(pkgPath string, files int) int {
	switch {
	case files < 10:
		return 3
	case pkgPath == "rollcall/ui":
		return files * 45 / 100
	default:
		return files * 30 / 100
	}
}

// usesOfFiles are the files of a package, and which of them each names: by a
// name of the package, or by a method of one of its types.
func usesOfFiles(p *packages.Package) (files []string, uses map[string]map[string]bool) {
	fileOf := func(at token.Pos) string { return filepath.Base(p.Fset.Position(at).Filename) }
	uses = map[string]map[string]bool{}
	for _, f := range p.Syntax {
		name := fileOf(f.Pos())
		files = append(files, name)
		uses[name] = map[string]bool{}
	}
	for id, used := range p.TypesInfo.Uses {
		if used.Pkg() != p.Types {
			continue
		}
		method, ok := used.(*types.Func)
		if ok = ok && method.Signature().Recv() != nil; ok {
			used = method.Origin()
		}
		if ok || used.Parent() == p.Types.Scope() {
			uses[fileOf(id.Pos())][fileOf(used.Pos())] = true
		}
	}
	slices.Sort(files)
	return files, uses
}

// largestCircle is the largest set of files each of which reaches every other by
// what it names. A file alone is a circle of one.
func largestCircle(files []string, uses map[string]map[string]bool) (largest []string) {
	reached := map[string]map[string]bool{}
	for _, f := range files {
		reached[f] = map[string]bool{f: true}
		for next := []string{f}; len(next) > 0; {
			at := next[0]
			next = next[1:]
			for _, to := range slices.Sorted(maps.Keys(uses[at])) {
				if !reached[f][to] {
					reached[f][to] = true
					next = append(next, to)
				}
			}
		}
	}
	for _, f := range files {
		var circle []string
		for _, other := range files {
			if reached[f][other] && reached[other][f] {
				circle = append(circle, other)
			}
		}
		if len(circle) > len(largest) {
			largest = circle
		}
	}
	return largest
}

// TestLargestCircle checks the measure itself.
func TestLargestCircle(t *testing.T) {
	names := func(pairs ...string) map[string]map[string]bool {
		uses := map[string]map[string]bool{}
		for _, pair := range pairs {
			from, to, _ := strings.Cut(pair, ">")
			if uses[from] == nil {
				uses[from] = map[string]bool{}
			}
			uses[from][to] = true
		}
		return uses
	}
	for want, uses := range map[string]map[string]map[string]bool{
		"a":     names("a>b", "b>c", "c>c"),
		"b c":   names("a>b", "b>c", "c>b"),
		"a b c": names("a>b", "b>c", "c>a", "c>d", "d>d"),
		"c d e": names("a>b", "b>a", "b>c", "c>d", "d>e", "e>c"),
	} {
		if got := strings.Join(largestCircle(strings.Fields("a b c d e"), uses), " "); got != want {
			t.Errorf("%v: the circle is %q, want %q", uses, got, want)
		}
	}
}

// TestServiceNames keeps the names of services in their own folders, and in what is
// about one service only: nothing else decides by one.
func TestServiceNames(t *testing.T) {
	ours := []string{"/client/service/", "/client/demo/", "/cmd/discover/"}
	some := map[string]bool{}
	for _, p := range loadPackages(t) {
		for _, f := range p.Syntax {
			file := filepath.ToSlash(p.Fset.Position(f.Pos()).Filename)
			own := slices.IndexFunc(ours, func(folder string) bool { return strings.Contains(file, folder) })
			ast.Inspect(f, func(n ast.Node) bool {
				text, ok := n.(*ast.BasicLit)
				switch {
				case !ok || !slices.Contains([]string{`"katapult"`, `"onezone"`}, text.Value):
				case own >= 0:
					some[ours[own]] = true
				default:
					t.Errorf("%s names the service %s", p.Fset.Position(text.Pos()), text.Value)
				}
				return true
			})
		}
	}
	for _, folder := range ours {
		if !some[folder] {
			t.Errorf("nothing in %s names a service: take it out of the list", folder)
		}
	}
}
