package cmd

import (
	"go/ast"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// goroutines are the files that begin goroutines by themselves, with why a panic in one of
// those does not end the process while the terminal is as no shell can use it. All others
// leave that to client/together.
var goroutines = map[string]string{
	"client/together/group.go":              "who waits has the panic",
	"client/together/outcome.go":            "who waits has the panic",
	"client/store/database.go":              "who waits has the panic; without anybody it is told",
	"client/store/known.go":                 "who asks has the panic",
	"plainfile/read.go":                     "who waits has the panic",
	"config/sweep.go":                       "what a part of it leaves, another run removes; the other only waits",
	"config/credential/command_pty_unix.go": "who gives the terminal back has the panic",
	"config/credential/present.go":          "a keyring that panics is none",
	"config/credential/keyring_queue.go":    "a keyring that panics is broken",
	"cmd/background.go":                     "the screen ends first, and the panic is told; the other only waits",
	"cmd/session.go":                        "who waits has it as an error",
	"cmd/workfolder.go":                     "what it leaves, another run removes",
	"cmd/crash.go":                          "the terminal is let go first",
	"cmd/exit.go":                           "it only hears signals and passes them on",
	"cmd/complete_flags.go":                 "completion has no screen",
}

// TestGoroutines wants every goroutine to be begun where a panic in it is had by somebody,
// and no exception for what begins none.
func TestGoroutines(t *testing.T) {
	for _, p := range loadPackages(t) {
		for _, f := range p.Syntax {
			file, begun := ourFile(p, f), false
			ast.Inspect(f, func(n ast.Node) bool {
				if !begins(p, n) {
					return true
				}
				begun = true
				if !strings.HasPrefix(file, ".") && goroutines[file] == "" {
					t.Errorf("%s begins a goroutine: leave that to client/together, or say why not", p.Fset.Position(n.Pos()))
				}
				return true
			})
			if goroutines[file] != "" && !begun {
				t.Errorf("%s begins no goroutine: take it out of the list", file)
			}
		}
	}
	// What is of another system was not looked into.
	wantThere(t, slices.Collect(maps.Keys(goroutines)))
}

// ourFile is the path of a file from the top.
func ourFile(p *packages.Package, f *ast.File) string {
	folder := strings.TrimPrefix(p.PkgPath, "rollcall/")
	return folder + "/" + filepath.Base(p.Fset.Position(f.Pos()).Filename)
}

// begins reports whether a goroutine begins there in which nobody has a panic.
func begins(p *packages.Package, n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GoStmt:
		return true
	case *ast.SelectorExpr:
		s := p.TypesInfo.Selections[n]
		if s == nil || s.Obj().Name() != "Go" && s.Obj().Name() != "TryGo" {
			return false
		}
		of := s.Obj().Pkg().Path()
		return of == "sync" || of == "golang.org/x/sync/errgroup"
	}
	return false
}
