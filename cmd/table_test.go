package cmd

import (
	"strings"
	"testing"
)

func TestWriteTable(t *testing.T) {
	rows := [][]cell{
		heading("NAME", "USER", "NOTE"),
		{{"work", nil}, {"李明", nil}, {"a note that is long", nil}},
		{{"a title alone, wider than its column", bold()}},
		{{"x", nil}, {"", nil}, {"end", nil}},
		{{"\x1b]\a", nil}, {"a\nb", bold()}},
	}
	for _, tt := range []struct {
		name string
		sc   screen
		want string
	}{
		{"a pipe", screen{}, "NAME  USER  NOTE\nwork  李明  a note that is long\na title alone, wider than its column\nx           end\n\ufffd]\ufffd   a b\n"},
		{"a narrow terminal", screen{width: 22}, "NAME  USER  NOTE\nwork  李明  a note th…\na title alone, wider …\nx           end\n\ufffd]\ufffd   a b\n"},
		{"without Unicode", screen{width: 22, ascii: true}, "NAME  USER  NOTE\nwork  李明  a note ...\na title alone, wide...\nx           end\n\ufffd]\ufffd   a b\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			if err := writeTable(&b, tt.sc, rows); err != nil {
				t.Fatal(err)
			}
			if b.String() != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", b.String(), tt.want)
			}
		})
	}
}
