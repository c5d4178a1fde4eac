package cmd

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// room is a package with what it may import of ours.
type room struct {
	path string
	uses []string
}

// rooms lists every package from the ground floor up. A package uses only those
// that stand above it in this list, and of these only the ones named here.
var rooms = []room{
	{"plainfile", nil},
	{"plainfile/documenttest", nil},
	{"plainfile/deadtest", nil},
	{"client/text", nil},
	{"client/together", nil},
	{"client/account", []string{"client/text"}},
	{"client/account/accounttest", nil},
	{"client/redact", []string{"client/account"}},
	{"client/redact/redacttest", nil},
	{"client/ratelimit", []string{"client/account", "client/text"}},
	{"client/service", []string{"client/account", "client/ratelimit", "client/redact", "client/text"}},
	{"client/service/servicetest", []string{"client/account", "client/ratelimit", "client/service", "client/text"}},
	{"client/service/servicetest/harbor", []string{"client/account", "client/service"}},
	{"client/service/katapult", []string{"client/account", "client/service", "client/text"}},
	{"client/service/katapult/katapulttest", []string{"client/account", "client/service/servicetest"}},
	{"client/service/onezone", []string{"client/account", "client/service", "client/text", "client/together"}},
	{"client/service/onezone/onezonetest", []string{"client/account", "client/service/servicetest"}},
	{"client/service/declared/library", nil},
	{"client/service/declared", []string{"client/account", "client/ratelimit", "client/service", "client/service/declared/library", "client/text"}},
	{"client/service/declared/declaredtest", []string{"client/account", "client/ratelimit", "client/service", "client/service/declared", "client/service/servicetest"}},
	{"client/service/github", []string{"client/account", "client/service", "client/text"}},
	{"client/service/github/githubtest", []string{"client/account", "client/service/servicetest"}},
	{"client/service/gitlab", []string{"client/account", "client/service", "client/text"}},
	{"client/service/gitlab/gitlabtest", []string{"client/account", "client/service/servicetest"}},
	{"client/service/gitea", []string{"client/account", "client/service", "client/text"}},
	{"client/service/gitea/giteatest", []string{"client/account", "client/service/servicetest"}},
	{"client/service/oidc", []string{"client/account", "client/service", "client/text"}},
	{"client/service/oidc/oidctest", []string{"client/account", "client/service", "client/service/servicetest"}},
	{"client/transport", []string{"client/account", "client/ratelimit", "client/redact", "client/service", "client/text", "plainfile"}},
	{"client/transport/authoritytest", nil},
	{"client/store", []string{"client/account", "client/ratelimit", "plainfile"}},
	{"client/insight", []string{"client/account", "client/service", "client/text"}},
	{"client/privacy", []string{"client/account", "client/redact", "client/service", "client/text"}},
	{"client/avatar", []string{"client/service", "client/transport", "plainfile"}},
	{"client", []string{"client/account", "client/insight", "client/ratelimit", "client/redact", "client/service", "client/store", "client/text", "client/together", "client/transport"}},
	{"client/faults", nil},
	{"client/demo/web", nil},
	{"client/demo/fault", nil},
	{"client/demo/sample", []string{"client/account", "client/demo/fault"}},
	{"client/demo/demotest", []string{"client/demo/sample", "client/demo/web"}},
	{"client/demo/katapult", []string{"client/account", "client/demo/fault", "client/demo/sample", "client/demo/web"}},
	{"client/demo/onezone", []string{"client/account", "client/demo/fault", "client/demo/sample", "client/demo/web"}},
	{"client/demo/github", []string{"client/account", "client/demo/sample", "client/demo/web"}},
	{"client/demo/gitlab", []string{"client/account", "client/demo/sample", "client/demo/web"}},
	{"client/demo/gitea", []string{"client/account", "client/demo/sample", "client/demo/web"}},
	{"client/demo/oidc", []string{"client/account", "client/demo/sample", "client/demo/web"}},
	{"client/demo/tracker", []string{"client/account", "client/demo/sample", "client/demo/web"}},
	{"client/demo", []string{"client/account", "client/demo/fault", "client/demo/gitea", "client/demo/github", "client/demo/gitlab", "client/demo/katapult", "client/demo/oidc", "client/demo/onezone", "client/demo/sample", "client/demo/tracker", "client/store", "client/together"}},
	{"config/atomicfile", []string{"plainfile"}},
	{"config/atomicfile/killtest", nil},
	{"config/credential/extract", nil},
	{"config/credential", []string{"config/atomicfile", "config/credential/extract", "plainfile"}},
	{"config/spelling", nil},
	{"config/query", []string{"config/spelling"}},
	{"config", []string{"config/atomicfile", "config/credential", "config/credential/extract", "plainfile", "config/query", "config/spelling"}},
	{"ui/theme", []string{"client/account"}},
	{"ui/draw", []string{"client/account", "client/text", "ui/theme"}},
	{"ui", []string{"client/account", "client/insight", "client/privacy", "client/text", "config", "config/credential", "config/credential/extract", "config/query", "config/spelling", "ui/theme", "ui/draw"}},
	{"cmd/manage", []string{"client/account", "client/store", "client/text", "config", "config/credential", "plainfile"}},
	{"cmd/discover", []string{"config", "config/credential", "config/credential/extract", "plainfile"}},
	{"cmd/export", []string{"client/account", "client/insight", "client/service", "client/text", "client/together"}},
	{"cmd/child", []string{"client/together"}},
	{"cmd/roff", nil},
	{"cmd/hook", []string{"cmd/child", "config"}},
	{"cmd/talk", []string{"client/account", "client/insight", "client/text", "client/together", "cmd/manage", "config", "config/credential", "config/query", "config/spelling"}},
	{"cmd", []string{"client", "client/account", "client/avatar", "client/demo", "client/insight", "client/privacy", "client/redact", "client/service", "client/service/declared", "client/service/gitea", "client/service/github", "client/service/gitlab", "client/service/katapult", "client/service/oidc", "client/service/onezone", "client/store", "client/text", "client/together", "client/transport", "cmd/child", "cmd/discover", "cmd/export", "cmd/hook", "cmd/manage", "cmd/roff", "cmd/talk", "config", "config/atomicfile", "config/credential", "config/credential/extract", "plainfile", "config/query", "config/spelling", "ui", "ui/theme"}},
	{"cmd/rollcall", []string{"cmd"}},
}

// strangers are libraries that a package and all below it have no business with.
var strangers = map[string][]string{
	"client":         {"charm.land/", "github.com/spf13/"},
	"client/text":    {"net", "os"},
	"client/account": {"net", "os"},
	"config":         {"charm.land/", "github.com/spf13/", "net/http"},
	"ui":             {"net/http", "github.com/spf13/", "os/exec"},
}

// TestImports holds every package to its floor: data flows from config and
// client to ui, and cmd wires them.
func TestImports(t *testing.T) {
	allowed, below := map[string][]string{}, map[string]bool{}
	wantThere(t, slices.Collect(maps.Keys(strangers)))
	for _, r := range rooms {
		wantThere(t, []string{r.path})
		for _, used := range r.uses {
			if !below[used] {
				t.Errorf("%s may not use %s, which does not stand above it in the list", r.path, used)
			}
		}
		allowed["rollcall/"+r.path], below[r.path] = r.uses, true
	}
	for _, p := range listPackages(t) {
		ours, ok := allowed[p.ImportPath]
		if !ok {
			t.Errorf("%s is a package that the structure does not know", p.ImportPath)
			continue
		}
		for _, path := range ours {
			if !slices.Contains(p.Imports, "rollcall/"+path) {
				t.Errorf("%s may import %s, and does not", p.ImportPath, path)
			}
		}
		for _, imported := range p.Imports {
			if path, is := strings.CutPrefix(imported, "rollcall/"); is && !slices.Contains(ours, path) {
				t.Errorf("%s may not import %s", p.ImportPath, imported)
			}
			for _, prefix := range strangersOf(p.ImportPath) {
				if imported == prefix || strings.HasPrefix(imported, strings.TrimSuffix(prefix, "/")+"/") {
					t.Errorf("%s may not import %s", p.ImportPath, imported)
				}
			}
		}
	}
}

// strangersOf are those of a package and of the folders that it lies in.
func strangersOf(importPath string) (all []string) {
	for folder, prefixes := range strangers {
		if importPath == "rollcall/"+folder || strings.HasPrefix(importPath, "rollcall/"+folder+"/") {
			all = append(all, prefixes...)
		}
	}
	return all
}

type goPackage struct {
	ImportPath string
	Imports    []string
	Module     struct{ Path string }
}

// listPackages are all packages, ours below "rollcall/" wherever the module has its home.
func listPackages(t *testing.T) []goPackage {
	t.Helper()
	list := exec.Command("go", "list", "-json=ImportPath,Imports,Module", "./...")
	list.Dir = ".."
	out, err := list.Output()
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
		home := strings.TrimSuffix(p.Module.Path, "rollcall")
		p.ImportPath = strings.TrimPrefix(p.ImportPath, home)
		for i := range p.Imports {
			p.Imports[i] = strings.TrimPrefix(p.Imports[i], home)
		}
		all = append(all, p)
	}
}

// wantThere wants what a list names by its path from the top to be there.
func wantThere(t *testing.T, listed []string) {
	t.Helper()
	for _, path := range listed {
		if _, err := os.Stat(filepath.Join("..", path)); err != nil {
			t.Errorf("%s is not there: take it out of the list", path)
		}
	}
}

// TestTopLevel keeps the top of the repository small.
func TestTopLevel(t *testing.T) {
	known := []string{"cmd", "ui", "client", "config", "plainfile", "go.mod", "go.sum", "README.md", "LICENSE", "CHANGELOG.md"}
	wantThere(t, known)
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
