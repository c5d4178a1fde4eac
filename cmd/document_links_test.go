package cmd

import (
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// markdown is one document of the repository.
type markdown struct {
	path string
	// prose is what stands outside blocks of code, blocks are those.
	prose  string
	blocks []codeBlock
}

// codeBlock is a block of code with what stands behind its opening mark.
type codeBlock struct {
	kind, text string
	line       int
}

// markdowns are all documents of the repository.
func markdowns(t *testing.T) (all []markdown) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || d.Name() == "testdata"):
			return fs.SkipDir
		case filepath.Ext(path) != ".md":
			return nil
		}
		data, err := os.ReadFile(path)
		all = append(all, readMarkdown(path, string(data)))
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d documents: %v", len(all), err)
	}
	return all
}

func readMarkdown(path, text string) markdown {
	m := markdown{path: path}
	var open *codeBlock
	line := 0
	for l := range strings.Lines(text) {
		line++
		kind, fence := strings.CutPrefix(strings.TrimSpace(l), "```")
		switch {
		case fence && open == nil:
			open = &codeBlock{kind: kind, line: line}
		case fence:
			m.blocks = append(m.blocks, *open)
			open = nil
		case open != nil:
			open.text += l
		default:
			m.prose += l
		}
	}
	return m
}

var (
	// linked are the targets of links and pictures; those of HTML stand in attributes.
	linked   = regexp.MustCompile(`\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"`)
	headings = regexp.MustCompile(`(?m)^#{1,6} +(.+)$`)
	code     = regexp.MustCompile("`[^`]*`")
	link     = regexp.MustCompile(`!?\[([^\]]*)\]\([^)]*\)`)
)

// anchors are the places in a document that a link can lead to, as GitHub names them.
func (m markdown) anchors() map[string]bool {
	all := map[string]bool{}
	for _, h := range headings.FindAllStringSubmatch(m.prose, -1) {
		title := link.ReplaceAllString(h[1], "$1")
		anchor := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, title)
		one := anchor
		for i := 1; all[one]; i++ {
			one = fmt.Sprintf("%s-%d", anchor, i)
		}
		all[one] = true
	}
	return all
}

// TestDocumentLinks follows every link within the repository, its anchor included.
func TestDocumentLinks(t *testing.T) {
	anchors := map[string]map[string]bool{}
	all := markdowns(t)
	for _, m := range all {
		anchors[filepath.Clean(m.path)] = m.anchors()
	}
	for _, m := range all {
		for _, found := range linked.FindAllStringSubmatch(code.ReplaceAllString(m.prose, ""), -1) {
			target := found[1] + found[2]
			u, err := url.Parse(target)
			if err != nil || u.Scheme != "" {
				if err != nil || u.Scheme != "https" || u.Host == "" {
					t.Errorf("%s: %s is no address of https", m.path, target)
				}
				continue
			}
			file := filepath.Clean(m.path)
			if u.Path != "" {
				file = filepath.Join(filepath.Dir(m.path), u.Path)
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s: there is no %s", m.path, target)
			} else if u.Fragment != "" && !anchors[file][u.Fragment] {
				t.Errorf("%s: there is no heading for %s", m.path, target)
			}
		}
	}
}

// TestPicturesAreSmall holds what a reader has to load within limits.
func TestPicturesAreSmall(t *testing.T) {
	for pattern, most := range map[string]int64{"../.github/*.png": 400_000, "../.github/*.gif": 1_500_000} {
		pictures, err := filepath.Glob(pattern)
		if err != nil || len(pictures) == 0 {
			t.Fatalf("%s: %v, %v", pattern, pictures, err)
		}
		for _, path := range pictures {
			if info, err := os.Stat(path); err != nil || info.Size() > most {
				t.Errorf("%s has more than %d bytes: %v", path, most, err)
			}
		}
	}
}

// TestReadmeIsShort keeps the first page one that is read.
func TestReadmeIsShort(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if lines := strings.Count(string(readme), "\n"); err != nil || lines > 250 {
		t.Errorf("README.md has %d lines, 250 at most: %v", lines, err)
	}
}
