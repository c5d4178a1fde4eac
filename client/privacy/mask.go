package privacy

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rollcall/client/account"
	"rollcall/client/text"
)

// shortestCut is the shortest beginning of a value, in bytes, that is
// recognised where a text was shortened.
const shortestCut = 4

// Mask replaces personal values with stand-ins such as "Person 1". A value
// keeps its stand-in for as long as the mask lives. A mask is made by [New] and
// is for use by one goroutine at a time.
type Mask struct {
	// services know which part of an endpoint is the same for all of their
	// users, and so needs no stand-in.
	services []account.ServiceInfo
	// paths are those of files that have a stand-in as a whole, but not before more names.
	paths map[string]bool
	// shown are the places of files and folders that other programs have, from a folder on.
	shown map[string]bool
	// home is the home folder; empty where that is not known.
	home string
	// standIns maps each value to its stand-in; taken holds the stand-ins that
	// are in use, each with the last second number that was added to it, so that the
	// next one is found at once; 1 for none.
	standIns map[string]string
	taken    map[string]int
	// numbers holds the number of each person, organization and so on, by kind
	// and name; counts holds the highest number of each kind.
	numbers map[[2]string]int
	counts  map[string]int
	// starts maps a word to the values that begin with it, longest first; beginnings
	// maps the first shortestCut bytes of longer values to those.
	starts, beginnings map[string][]string
	// plain has the values as [plainWords] without the spaces between.
	plain map[string]bool
}

// New returns a mask without any stand-ins for snapshots of the services.
func New(services []account.ServiceInfo) *Mask {
	return &Mask{
		services:   services,
		standIns:   map[string]string{},
		taken:      map[string]int{},
		numbers:    map[[2]string]int{},
		counts:     map[string]int{},
		starts:     map[string][]string{},
		beginnings: map[string][]string{},
		plain:      map[string]bool{},
		paths:      map[string]bool{},
		shown:      map[string]bool{},
	}
}

// Know has the mask take these services for the ones that there are.
func (m *Mask) Know(services []account.ServiceInfo) { m.services = services }

// Known is how many values have a stand-in.
func (m *Mask) Known() int { return len(m.standIns) }

// number returns the number of something of a kind, such as a person, by its
// name. The same name always gets the same number.
func (m *Mask) number(kind, name string) int {
	key := [2]string{kind, name}
	n := m.numbers[key]
	if n == 0 {
		m.counts[kind]++
		n = m.counts[kind]
		m.numbers[key] = n
	}
	return n
}

// give returns the stand-in of a value, and makes one of the format and the
// number n where there is none yet. If another value has that stand-in already,
// a second number is added: "Person 1.2".
func (m *Mask) give(value, format string, n int) string {
	if value == "" {
		return ""
	}
	if known, ok := m.standIns[value]; ok {
		return known
	}
	first := fmt.Sprintf(format, fmt.Sprint(n))
	s, i := first, m.taken[first]
	for m.taken[s] > 0 {
		i++
		s = fmt.Sprintf(format, fmt.Sprintf("%d.%d", n, i))
	}
	m.taken[s] = 1
	m.taken[first] = max(m.taken[first], i)
	m.put(value, s)
	return s
}

// put makes s the stand-in of a value, unless the value has one or either is
// empty. Other texts may have the value as people see it, or as they type it: those
// forms get the stand-in as well. A single letter that is left would be found in
// too many words.
func (m *Mask) put(value, s string) {
	m.name(value, s)
	for _, form := range [...]string{
		text.Printable(value), text.Bare(value), strings.Trim(text.Bare(value), string(utf8.RuneError)),
	} {
		if form != value && utf8.RuneCountInString(form) > 1 {
			m.name(form, s)
		}
	}
}

// name makes s the stand-in of one form of a value, as put does.
func (m *Mask) name(value, s string) {
	if _, known := m.standIns[value]; known || value == "" || s == "" {
		return
	}
	m.standIns[value] = s
	if plain := strings.Join(plainWords(value), ""); telling(plain) {
		m.plain[plain] = true
	}
	if len(value) > shortestCut {
		begins := value[:shortestCut]
		m.beginnings[begins] = append(m.beginnings[begins], value)
	}
	start := firstWord(value)
	longer := m.starts[start]
	at, _ := slices.BinarySearchFunc(longer, len(value), func(other string, n int) int {
		if len(other) >= n {
			return -1
		}
		return 1
	})
	m.starts[start] = slices.Insert(longer, at, value)
}

// single returns the stand-in of a value that is numbered by itself, not
// together with other values of the same person.
func (m *Mask) single(value, format string) string {
	if known, ok := m.standIns[value]; ok || value == "" {
		return known
	}
	return m.give(value, format, m.number(format, value))
}

// firstWord returns the word that a text begins with. Where it begins with
// another character than one of a word, that character is returned.
func firstWord(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !wordRune(r) })
	switch end {
	case -1:
		return s
	case 0:
		_, n := utf8.DecodeRuneInString(s)
		return s[:n]
	}
	return s[:end]
}

// wordRune reports whether a character can be part of a word.
func wordRune(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// withheld takes the place of a value that may be personal and has no stand-in.
const withheld = "…"
