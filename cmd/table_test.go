package cmd

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestWriteTable(t *testing.T) {
	columns := []column{{title: "NAME", whole: true}, {title: "USER"}, {title: "SIZE", whole: true, spare: 1}, {title: "NOTE", spare: 2}}
	for _, tt := range []struct {
		name string
		sc   screen
		want string
	}{
		{
			"a pipe", screen{},
			"NAME  USER                 SIZE  NOTE\nwork  李明                 12    a note that is long\n" +
				"\ufffd]\ufffd   Ada Quist, Observer        a b\n",
		}, {
			"room enough", screen{width: 54},
			"NAME  USER                 SIZE  NOTE\nwork  李明                 12    a note that is long\n" +
				"\ufffd]\ufffd   Ada Quist, Observer        a b\n",
		}, {
			"texts are cut", screen{width: 45},
			"NAME  USER              SIZE  NOTE\nwork  李明              12    a note that is…\n" +
				"\ufffd]\ufffd   Ada Quist, Obse…        a b\n",
		}, {
			"a column less", screen{width: 37},
			"NAME  USER             NOTE\nwork  李明             a note that i…\n\ufffd]\ufffd   Ada Quist, Obs…  a b\n",
		}, {
			"two columns less", screen{width: 20},
			"NAME  USER\nwork  李明\n\ufffd]\ufffd   Ada Quist, Ob…\n",
		}, {
			"without Unicode", screen{width: 20, ascii: true},
			"NAME  USER\nwork  李明\n?]?   Ada Quist, ...\n",
		}, {
			"no room for what stays whole", screen{width: 3},
			"NA…\nwo…\n\ufffd]…\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows := [][]cell{
				{{"work", nil}, {"李明", nil}, {"12", nil}, {"a note that is long", nil}},
				{{"\x1b]\a", nil}, {"Ada Quist, Observer", nil}, {"", nil}, {"a\nb", bold()}},
			}
			var b strings.Builder
			if err := writeTable(&b, tt.sc, columns, rows); err != nil {
				t.Fatal(err)
			}
			if b.String() != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", b.String(), tt.want)
			}
		})
	}
}

func TestWriteRows(t *testing.T) {
	var b strings.Builder
	err := writeRows(&b, screen{width: 10}, [][]cell{
		{{"a title alone, wider than its column", bold()}}, {{"x", nil}, {"", nil}, {"end", nil}}, {{"name", nil}, {"李明", nil}, {"1", nil}},
	})
	want := "a title alone, wider than its column\nx           end\nname  李明  1\n"
	if err != nil || b.String() != want {
		t.Errorf("%v, got:\n%s\nwant:\n%s", err, b.String(), want)
	}
}

// TestWriteRowsWraps has a value that is wider than a terminal.
func TestWriteRowsWraps(t *testing.T) {
	for width, want := range map[int]string{
		30: "  remedy  Make a new one and\n          put it here.\n  x       y\n",
		0:  "  remedy  Make a new one and put it here.\n  x       y\n",
		12: "  remedy  Make a new one and put it here.\n  x       y\n",
	} {
		var b strings.Builder
		rows := [][]cell{{{"  remedy", nil}, {"Make a new one and put it here.", nil}}, {{"  x", nil}, {"y", nil}}}
		if err := writeRows(&b, screen{width: width}, rows); err != nil || b.String() != want {
			t.Errorf("%d columns: %v, got\n%s", width, err, b.String())
		}
	}
}

// TestCutJoined has characters that some terminals draw as one and others as each of
// their parts: neither wraps the line.
func TestCutJoined(t *testing.T) {
	line := cut(screen{width: 20}, strings.Repeat("👩🏽\u200d🔬 x ", 5))
	if w := max(ansi.StringWidth(line), ansi.StringWidthWc(line)); w > 20 {
		t.Errorf("%d columns: %q", w, line)
	}
}
