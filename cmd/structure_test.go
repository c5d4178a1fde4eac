package cmd

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports holds the packages to their places: data flows from config and
// client to ui, and cmd wires them.
func TestImports(t *testing.T) {
	allowed := map[string][]string{
		"rollcall/cmd/rollcall": {"rollcall/cmd"},
		"rollcall/cmd":          {"rollcall/client", "rollcall/client/demo", "rollcall/config", "rollcall/ui"},
		"rollcall/ui":           {"rollcall/client", "rollcall/config"},
		"rollcall/client":       nil,
		"rollcall/client/demo":  nil,
		"rollcall/config":       nil,
	}
	// The client knows of no screen, and the screen of no network.
	forbidden := map[string][]string{
		"rollcall/client": {"charm.land/", "github.com/spf13/"},
		"rollcall/config": {"charm.land/", "github.com/spf13/", "net/http"},
		"rollcall/ui":     {"net/http", "github.com/spf13/", "os/exec"},
	}
	for _, p := range listPackages(t) {
		ours, ok := allowed[p.ImportPath]
		if !ok {
			t.Errorf("%s is a package that the structure does not know", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, "rollcall/") && !slices.Contains(ours, imported) {
				t.Errorf("%s may not import %s", p.ImportPath, imported)
			}
			for _, f := range forbidden[p.ImportPath] {
				if strings.HasPrefix(imported, f) {
					t.Errorf("%s may not import %s", p.ImportPath, imported)
				}
			}
		}
	}
}

type goPackage struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "rollcall/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// TestTopLevel keeps the top of the repository small.
func TestTopLevel(t *testing.T) {
	known := []string{"cmd", "ui", "client", "config", "go.mod", "go.sum", "README.md", "LICENSE", "CHANGELOG.md"}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(known, e.Name()) {
			t.Errorf("%s does not belong at the top level", e.Name())
		}
	}
}
