package account

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"rollcall/client/text"
)

// CaveatKind says what a caveat is about.
type CaveatKind int

// The kinds of caveat.
const (
	// CaveatOther is one that rollcall does not know: its text says it all.
	CaveatOther CaveatKind = iota
	// CaveatUntil ends the token.
	CaveatUntil
	// CaveatAddress, CaveatNetwork, CaveatCountry and CaveatRegion say where
	// requests may come from.
	CaveatAddress
	CaveatNetwork
	CaveatCountry
	CaveatRegion
	// CaveatService says where the token may be used, CaveatConsumer by whom,
	// CaveatInterface over what, and CaveatOperation for what.
	CaveatService
	CaveatConsumer
	CaveatInterface
	CaveatOperation
	// CaveatPath and CaveatFile limit the files that the token opens, and
	// CaveatReadOnly what may be done with them.
	CaveatPath
	CaveatFile
	CaveatReadOnly
	// CaveatIdentity allows nothing but to prove who the user is.
	CaveatIdentity
	// CaveatFurther stands for the caveats that are not told one by one.
	CaveatFurther
)

// caveatForm is how a kind is written and told.
type caveatForm struct {
	// key is the kind in the state file.
	key string
	// lead goes before the values: "from". noun says what they are, and none
	// stands in their place where they are not known.
	lead, noun, none string
}

func (k CaveatKind) form() caveatForm {
	return [...]caveatForm{
		CaveatOther:     {key: "other"},
		CaveatUntil:     {key: "until"},
		CaveatAddress:   {"address", "from", "", "certain addresses"},
		CaveatNetwork:   {"network", "from", "network", "certain networks"},
		CaveatCountry:   {"country", "from", "country", "certain countries"},
		CaveatRegion:    {"region", "from", "region", "certain regions"},
		CaveatService:   {"service", "at", "", "other services"},
		CaveatConsumer:  {"consumer", "used by", "", "certain users"},
		CaveatInterface: {"interface", "over", "", "an interface of another kind"},
		CaveatOperation: {"operation", "for", "operation", "certain operations"},
		CaveatPath:      {"path", "for", "path", "certain paths"},
		CaveatFile:      {"file", "for", "file id", "certain files"},
		CaveatReadOnly:  {key: "read_only"},
		CaveatIdentity:  {key: "identity"},
		CaveatFurther:   {key: "further"},
	}[k]
}

// MarshalText writes the kind for the state file.
func (k CaveatKind) MarshalText() ([]byte, error) { return []byte(k.form().key), nil }

// UnmarshalText reads it. One that this rollcall does not know is another one.
func (k *CaveatKind) UnmarshalText(key []byte) error {
	for *k = CaveatFurther; *k > CaveatOther && k.form().key != string(key); {
		*k--
	}
	return nil
}

// Caveat is one restriction of a token.
type Caveat struct {
	Kind CaveatKind `json:"kind"`
	// Values are what the token is limited to, in words; empty where they are
	// not known. More is how many there are besides.
	Values []string `json:"values,omitempty"`
	More   int      `json:"more,omitempty"`
	// Not turns it round: the values are what the token is not good for.
	Not bool `json:"not,omitempty"`
	// At is the end that a caveat sets; zero where it is not known.
	At time.Time `json:"at,omitzero"`
	// Text is a caveat of another kind as the service writes it.
	Text string `json:"text,omitempty"`
}

// UnmarshalJSON reads a caveat of the state file. An earlier rollcall stored its
// words alone.
func (c *Caveat) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		*c = Caveat{}
		return json.Unmarshal(data, &c.Text)
	}
	type plain Caveat
	return json.Unmarshal(data, (*plain)(c))
}

// String is the caveat in words: "only from 10.0.0.0/8", "read-only",
// "until 2026-12-01".
func (c Caveat) String() string {
	only := "only "
	if c.Not {
		only = "not "
	}
	words := ""
	switch c.Kind {
	case CaveatOther:
		words = c.Text
	case CaveatUntil:
		words = "until " + c.At.UTC().Format(time.DateOnly)
	case CaveatReadOnly:
		words = "read-only"
	case CaveatIdentity:
		words = "only to prove who its user is"
	case CaveatFurther:
		words = fmt.Sprintf("and under %d more conditions", c.More)
	default:
		words = only + c.Kind.form().lead + " " + c.Terms()
	}
	return text.Clip(words, text.MaxFact)
}

// Terms are the values in a clause: "10.0.0.0/8", "the networks AS1 or AS2",
// "certain countries".
func (c Caveat) Terms() string {
	form, listed := c.Kind.form(), text.AnyOf(c.Values)
	if c.More > 0 {
		listed = strings.Join(c.Values, ", ") + fmt.Sprintf(" or %d more", c.More)
	}
	if listed == "" || form.noun == "" {
		return cmp.Or(listed, form.none)
	}
	noun := form.noun
	if len(c.Values)+c.More > 1 {
		noun = plural(noun)
	}
	return "the " + noun + " " + listed
}

func plural(noun string) string {
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		return stem + "ies"
	}
	return noun + "s"
}

// Conditions are the caveats of the token in words.
func (t Token) Conditions() []string {
	var all []string
	for _, c := range t.Caveats {
		all = append(all, c.String())
	}
	return all
}
