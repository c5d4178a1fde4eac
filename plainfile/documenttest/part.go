package documenttest

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Part fails where the part of a document that is made from the code is not want.
// It stands between the lines "<!-- made: NAME -->" and "<!-- end -->". With update
// it is written anew.
func Part(t testing.TB, path, name, want string, update bool) {
	t.Helper()
	whole := read(t, path)
	mark := "<!-- made: " + name + " -->\n"
	before, rest, begun := strings.Cut(whole, mark)
	got, after, ended := strings.Cut(rest, "<!-- end -->\n")
	if !begun || !ended {
		t.Fatalf("%s has no part %s: write %q and below it %q", path, name, strings.TrimSpace(mark), "<!-- end -->")
	}
	want = "\n" + strings.TrimSpace(want) + "\n\n"
	if got == want {
		return
	}
	if !update {
		t.Errorf("the part %s of %s is not what the code says: run this test with -update. It should be:%s", name, path, want)
		return
	}
	if err := os.WriteFile(path, []byte(before+mark+want+"<!-- end -->\n"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Table fails where the first table below the line "<!-- keys: NAME -->" of a document
// does not name in its first column, as code, just the words that the code knows.
func Table(t testing.TB, path, name string, known []string) {
	t.Helper()
	told := named(t, path, name)
	for _, word := range known {
		if !slices.Contains(told, word) {
			t.Errorf("%s does not tell of %s in its table %s", path, word, name)
		}
	}
	for _, word := range told {
		if !slices.Contains(known, word) {
			t.Errorf("%s tells of %s in its table %s, which the code does not know", path, word, name)
		}
	}
}

func named(t testing.TB, path, name string) (words []string) {
	t.Helper()
	mark := "<!-- keys: " + name + " -->\n"
	_, rest, found := strings.Cut(read(t, path), mark)
	if !found {
		t.Fatalf("%s has no table %s: write %q above it", path, name, strings.TrimSpace(mark))
	}
	for line := range strings.Lines(rest) {
		cells, row := strings.CutPrefix(line, "|")
		if !row {
			break
		}
		first, _, _ := strings.Cut(cells, "|")
		for _, m := range code.FindAllStringSubmatch(first, -1) {
			words = append(words, m[1])
		}
	}
	return words
}

var code = regexp.MustCompile("`([^`]+)`")

func read(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
