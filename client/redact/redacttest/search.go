package redacttest

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// half is how many letters and digits of a secret tell that it is there. Each secret
// of [Secret] has two such parts, so that it is found by its beginning or its end.
const half = 10

// Secret makes a secret for the source that is named. It has characters that URLs,
// JSON and base64 escape or write in two ways, and one within it that ends the path of
// a URL.
func Secret(source string) string {
	parts := halves(source)
	return "kt-" + parts[0] + "?" + parts[1] + "/+~?"
}

// halves are the letters and digits of the secret of a source.
func halves(source string) [2]string {
	sum := sha256.Sum256([]byte(source))
	letters := strings.NewReplacer("+", "0", "/", "9").Replace(base64.StdEncoding.EncodeToString(sum[:]))
	return [2]string{letters[:half], letters[half : 2*half]}
}

// Search looks for secrets in bytes. Several goroutines may use it.
type Search struct {
	traces []trace
	mu     sync.Mutex
	bytes  int64
	places map[string]bool
}

// trace is what one way of writing leaves of a part of a secret when only letters and
// digits are looked at, whatever their case.
type trace struct {
	text         []byte
	source, echo string
}

// NewSearch looks for the secrets of sources, each made by [Secret].
func NewSearch(sources ...string) *Search {
	s := &Search{places: map[string]bool{}}
	for _, source := range sources {
		for _, part := range halves(source) {
			add := func(echo, text string) {
				s.traces = append(s.traces, trace{squeezed([]byte(text)), source, echo})
			}
			add("raw", part)
			add("hexadecimal", hex.EncodeToString([]byte(part)))
			for _, format := range []string{`\u%04x`, `\x%02x`, "&#%d;"} {
				add(format, byBytes(format)(part))
			}
			for phase := range 3 {
				all := base64.RawStdEncoding.EncodeToString(append(make([]byte, phase), part...))
				add("base64", all[(8*phase+5)/6:8*(phase+half)/6])
			}
		}
	}
	return s
}

// squeezed are the letters and digits of a text, in lower case: nothing that stands
// between them keeps a person from reading it.
func squeezed(text []byte) []byte {
	kept := make([]byte, 0, len(text))
	for _, c := range text {
		switch {
		case 'A' <= c && c <= 'Z':
			kept = append(kept, c+'a'-'A')
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			kept = append(kept, c)
		}
	}
	return kept
}

// In looks for the secrets in what one place holds, and tells what it found there:
// which secret in which way, and what stands around it.
func (s *Search) In(place string, text []byte) (found []string) {
	s.mu.Lock()
	s.bytes += int64(len(text))
	s.places[place] = true
	s.mu.Unlock()
	in := squeezed(text)
	for _, t := range s.traces {
		if i := bytes.Index(in, t.text); i >= 0 {
			around := in[max(0, i-60):min(len(in), i+len(t.text)+20)]
			found = append(found, fmt.Sprintf("%s: the secret of %s, %s: %s", place, t.source, t.echo, around))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// Totals tells how much was searched.
func (s *Search) Totals() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("searched %d bytes in %d places", s.bytes, len(s.places))
}
