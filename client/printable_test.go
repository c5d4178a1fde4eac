package client

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestPrintable(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "Sam Roe", "Sam Roe"},
		{"wide and combining", "李小龍 e\u0301 مرحبا", "李小龍 e\u0301 مرحبا"},
		{"emoji family", "👩\u200d👩\u200d👧\ufe0f", "👩\u200d👩\u200d👧\ufe0f"},
		{"line breaks", "a\nb\r\nc\td\re", "a b c d e"},
		{"escape sequence", "\x1b[31mred\x1b]0;title\a", "\ufffd[31mred\ufffd]0;title\ufffd"},
		{"null and delete", "a\x00b\x7f", "a\ufffdb\ufffd"},
		{"C1", "a\u009b31m\u0085", "a\ufffd31m\ufffd"},
		{"broken UTF-8", "a\xffb\xc3", "a\ufffdb\ufffd"},
		{"raw C1 byte", "a\x9b31m", "a\ufffd31m"},
		{"bidirectional", "\u202eevil\u202c \u2066x\u2069 \u200e\u200f\u061c", "evil x "},
		{"separators", "a\u2028b\u2029c", "abc"},
		{"byte order mark, annotations", "\ufeffa\ufff9b\ufffac\ufffb", "abc"},
		{"tags", "a\U000e0041\U000e007fb", "ab"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Printable(tt.in); got != tt.want {
				t.Errorf("Printable(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestPrintableLeavesCleanTextAlone(t *testing.T) {
	text := strings.Repeat("Zoë 李 ", 10)
	if n := testing.AllocsPerRun(100, func() { Printable(text) }); n != 0 {
		t.Errorf("%v allocations for text that needs no change", n)
	}
}

func FuzzPrintable(f *testing.F) {
	f.Add("a\x1b[0m\u202e\r\n")
	f.Fuzz(func(t *testing.T, s string) {
		got := Printable(s)
		if !utf8.ValidString(got) {
			t.Fatalf("%q is not UTF-8", got)
		}
		for _, r := range got {
			if r < ' ' || printableRune(r) != r {
				t.Fatalf("%q holds %U", got, r)
			}
		}
		if again := Printable(got); again != got {
			t.Fatalf("%q becomes %q", got, again)
		}
	})
}

// fillTexts sets every text within v to a telling value with an escape character
// in it, and makes every pointer and slice hold something.
func fillTexts(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(path + "\x1b")
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			fillTexts(v.Field(i), path+"."+v.Type().Field(i).Name)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillTexts(v.Elem(), path)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fillTexts(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	}
}

// textsIn lists every text within v.
func textsIn(v reflect.Value) (all []string) {
	switch v.Kind() {
	case reflect.String:
		return []string{v.String()}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return nil
		}
		for i := range v.NumField() {
			all = append(all, textsIn(v.Field(i))...)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			all = textsIn(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			all = append(all, textsIn(v.Index(i))...)
		}
	}
	return all
}

func TestSnapshotPrintableMissesNothing(t *testing.T) {
	var s Snapshot
	fillTexts(reflect.ValueOf(&s).Elem(), "Snapshot")
	before := textsIn(reflect.ValueOf(s))
	if len(before) < 40 {
		t.Fatalf("only %d texts were found", len(before))
	}
	got := textsIn(reflect.ValueOf(s.Printable()))
	for i, text := range got {
		if want := strings.ReplaceAll(before[i], "\x1b", "\ufffd"); text != want {
			t.Errorf("%q was left as %q", want, text)
		}
	}
	for i, text := range textsIn(reflect.ValueOf(s)) {
		if text != before[i] {
			t.Errorf("the snapshot itself was changed: %q", text)
		}
	}
}

func TestSnapshotPrintableKeepsNil(t *testing.T) {
	s := Snapshot{Account: &Account{Token: Token{Scopes: nil, Networks: []string{}}}}.Printable()
	if s.Account.Token.Scopes != nil || s.Account.Token.Networks == nil {
		t.Errorf("unknown and empty are mixed up: %#v", s.Account.Token)
	}
	if (Snapshot{}).Printable().Account != nil {
		t.Error("an account came from nowhere")
	}
}
