//go:build linux

package main

import (
	"bytes"
	"cmp"
	"debug/elf"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// measureSize is how large the program is that is shipped, against an empty one, with
// what of it each module takes.
func measureSize(c *contest) {
	rivals := make([]series, len(c.rivals))
	for i, path := range c.rivals {
		rivals[i] = series{c.mebibytes(path)}
	}
	c.found("stripped program", " MiB", series{c.mebibytes(c.empty)}, rivals...)
	c.notes = append(c.notes, c.sizes(rivals[0].median()))
}

func (c *contest) mebibytes(path string) float64 {
	info, err := os.Stat(path)
	if err != nil {
		c.t.Fatal(err)
	}
	return float64(info.Size()) / (1 << 20)
}

// sizes tells which module takes how much of a program of so many MiB, in Markdown.
// Functions and data are counted as the linker has placed them; what belongs to no
// module, such as the tables of lines, is shared out by them.
func (c *contest) sizes(whole float64) string {
	path := filepath.Join(c.t.TempDir(), "rollcall")
	c.output("go", "build", "-o", path, ".")
	modules := strings.Fields(c.output("go", "list", "-m", "-f", "{{.Path}}", "all"))
	packages := packagesByName(c.output("go", "list", "-deps", "-f", "{{.ImportPath}}", "."))
	of, sum := map[string]float64{}, 0.0
	for symbol, size := range c.symbols(path) {
		if name := packageOf(symbol); packages[name] {
			of[moduleOf(name, modules)] += size
			sum += size
		}
	}
	var b strings.Builder
	b.WriteString("| module | MiB of the program |\n| --- | --- |\n")
	rest := 0.0
	for _, name := range slices.SortedFunc(maps.Keys(of), func(a, b string) int { return cmp.Compare(of[b], of[a]) }) {
		if share := whole * of[name] / sum; share >= 0.05 {
			fmt.Fprintf(&b, "| %s | %.2f |\n", name, share)
		} else {
			rest += share
		}
	}
	fmt.Fprintf(&b, "| all others | %.2f |", rest)
	return b.String()
}

// symbols are what the linker has placed into a program, with the room that each
// takes in its file.
func (c *contest) symbols(path string) map[string]float64 {
	c.t.Helper()
	f, err := elf.Open(path)
	if err != nil {
		c.t.Fatal(err)
	}
	defer f.Close()
	all, err := f.Symbols()
	if err != nil {
		c.t.Fatal(err)
	}
	sizes := map[string]float64{}
	for _, s := range all {
		// What is zero at the start takes no room.
		if at := int(s.Section); at < len(f.Sections) && f.Sections[at].Type == elf.SHT_PROGBITS {
			sizes[s.Name] += float64(s.Size)
		}
	}
	return sizes
}

// output runs a command, and returns what it prints.
func (c *contest) output(name string, args ...string) string {
	c.t.Helper()
	command := exec.Command(name, args...)
	var said bytes.Buffer
	command.Stderr = &said
	out, err := command.Output()
	if err != nil {
		c.t.Fatalf("%s: %v\n%s", strings.Join(command.Args, " "), err, said.String())
	}
	return string(out)
}

func packagesByName(list string) map[string]bool {
	all := map[string]bool{"main": true}
	for _, name := range strings.Fields(list) {
		all[name] = true
	}
	return all
}

// packageOf is the package of a symbol: what stands before the first dot after the
// last slash, where types of other packages may follow.
func packageOf(symbol string) string {
	for _, prefix := range []string{"type:.eq.", "type:.hash.", "type:*", "type:", "go:itab.*", "go:itab."} {
		if rest, ok := strings.CutPrefix(symbol, prefix); ok {
			symbol = rest
			break
		}
	}
	if i := strings.IndexAny(symbol, "[(, {"); i >= 0 {
		symbol = symbol[:i]
	}
	slash := strings.LastIndex(symbol, "/") + 1
	dot := strings.Index(symbol[slash:], ".")
	if dot < 0 {
		return ""
	}
	return strings.ReplaceAll(symbol[:slash+dot], "%2e", ".")
}

// moduleOf is the module of a package; packages of Go itself are told by their first
// two names.
func moduleOf(name string, modules []string) string {
	best := ""
	for _, m := range modules {
		if (name == m || strings.HasPrefix(name, m+"/")) && len(m) > len(best) {
			best = m
		}
	}
	switch first, _, _ := strings.Cut(name, "/"); {
	case best != "":
		return best
	case name == "main":
		return "rollcall"
	case first == "net" || first == "crypto" || first == "vendor":
		return "Go: net, crypto"
	case first == "runtime":
		return "Go: runtime"
	}
	return "Go: all else"
}
