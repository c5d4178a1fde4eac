package transport

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"testing"
)

func TestPlainBody(t *testing.T) {
	t.Parallel()
	const want = "{\"name\":\"Zo\u00eb\"}"
	pack := func(s string) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	latin := "{\"name\":\"Zo\xeb\"}"
	for _, tt := range []struct{ name, body, packing, kind string }{
		{"plain", want, "", "application/json"},
		{"gzip", pack(want), "gzip", "application/json"},
		{"x-gzip", pack(want), "x-gzip", "application/json"},
		{"capitals", pack(want), "GZIP", ""},
		{"twice", pack(pack(want)), "gzip, x-gzip", ""},
		{"not packed", want, "identity", ""},
		{"unpacked on the way", want, "br", ""},
		{"Latin-1", latin, "", "application/json; charset=ISO-8859-1"},
		{"Latin-1 by another name", latin, "", `application/json; charset="latin1"`},
		{"Windows", latin, "", "application/json;charset=windows-1252"},
		{"Latin-9", latin, "", "application/json; charset=iso_8859-15"},
		{"UTF-8 that says Latin-1", want, "", "application/json; charset=iso-8859-1"},
		{"packed Latin-1", pack(latin), "gzip", "application/json; charset=iso-8859-1"},
		{"UTF-16", "\xfe\xff\x00{\x00\"\x00n\x00a\x00m\x00e\x00\"\x00:\x00\"\x00Z\x00o\x00\xeb\x00\"\x00}", "", "application/json; charset=utf-16"},
	} {
		h := http.Header{"Content-Type": {tt.kind}}
		if tt.packing != "" {
			h.Set("Content-Encoding", tt.packing)
		}
		got, err := plainBody([]byte(tt.body), h, anyRoom())
		if err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", tt.name, got, err)
		}
	}
}
