package store

import (
	"strings"
	"time"

	"rollcall/client/account"
)

// storedChange is a change as the state file has it. Each value is one text, as
// programs read it. The parts of a user and of a linked account stand beside it:
// name and id, provider and subject.
type storedChange struct {
	At       time.Time          `json:"at"`
	Kind     account.ChangeKind `json:"kind"`
	What     string             `json:"what,omitempty"`
	Was      string             `json:"was,omitempty"`
	Is       string             `json:"is,omitempty"`
	WasParts []string           `json:"was_parts,omitempty"`
	IsParts  []string           `json:"is_parts,omitempty"`
}

func newStoredChange(c account.Change) storedChange {
	parts := func(v account.Value) []string {
		if v.ID == "" {
			return nil
		}
		return []string{v.Name, v.ID}
	}
	was, is := c.Texts()
	return storedChange{c.At, c.Kind, c.What, was, is, parts(c.Was), parts(c.Is)}
}

func (s storedChange) change() account.Change {
	return account.Change{At: s.At, Kind: s.Kind, What: s.What, Was: s.value(s.Was, s.WasParts), Is: s.value(s.Is, s.IsParts)}
}

// value is the value of a text and its parts. A file from before there were parts
// has them in the text alone.
func (s storedChange) value(text string, parts []string) account.Value {
	switch {
	case text == "":
		return account.Value{}
	case len(parts) == 2:
		return account.Value{Name: parts[0], ID: parts[1]}
	case s.Kind == account.ChangeState:
		return account.Value{State: account.State(text)}
	case s.Kind == account.ChangeToken && s.What == "expiry":
		if at, err := time.Parse(time.RFC3339, text); err == nil {
			return account.Value{Ends: account.ExpiryDate, At: at}
		}
		return account.Value{Ends: account.ExpiryKind(text)}
	case s.Kind == account.ChangeToken && s.What == "networks":
		if text == account.AnyAddress {
			return account.Value{Networks: []string{}}
		}
		return account.Value{Networks: strings.Split(text, ", ")}
	case s.Kind == account.ChangeUser && s.What == "":
		if i := strings.LastIndex(text, " ("); i >= 0 {
			return account.Value{Name: text[:i], ID: strings.TrimSuffix(text[i+2:], ")")}
		}
		return account.Value{ID: text}
	case s.Kind == account.ChangeLinkedAccount:
		provider, subject, _ := strings.Cut(text, " ")
		return account.Value{Name: provider, ID: subject}
	}
	return account.Value{Name: text}
}
