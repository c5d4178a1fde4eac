package store

import (
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
)

// legacyChange is a change as the JSON file had it: each value is one text, with
// the parts of a user and of a linked account beside it.
type legacyChange struct {
	At       time.Time          `json:"at"`
	Kind     account.ChangeKind `json:"kind"`
	What     string             `json:"what"`
	Was      string             `json:"was"`
	Is       string             `json:"is"`
	WasParts []string           `json:"was_parts"`
	IsParts  []string           `json:"is_parts"`
}

func (c legacyChange) change() account.Change {
	return account.Change{At: c.At, Kind: c.Kind, What: c.What, Was: c.value(c.Was, c.WasParts), Is: c.value(c.Is, c.IsParts)}
}

// value is the value of a text and its parts. A file from before there were parts
// has them in the text alone.
func (c legacyChange) value(text string, parts []string) account.Value {
	switch {
	case text == "":
		return account.Value{}
	case len(parts) == 2:
		return account.Value{Name: parts[0], ID: parts[1]}
	case c.Kind == account.ChangeState:
		return account.Value{State: account.State(text)}
	case c.Kind == account.ChangeToken && c.What == "expiry":
		if at, err := time.Parse(time.RFC3339, text); err == nil {
			return account.Value{Ends: account.ExpiryDate, At: at}
		}
		return account.Value{Ends: account.ExpiryKind(text)}
	case c.Kind == account.ChangeToken && c.What == "networks":
		if text == account.AnyAddress {
			return account.Value{Networks: []string{}}
		}
		return account.Value{Networks: strings.Split(text, ", ")}
	case c.Kind == account.ChangeUser && c.What == "":
		if i := strings.LastIndex(text, " ("); i >= 0 {
			return account.Value{Name: text[:i], ID: strings.TrimSuffix(text[i+2:], ")")}
		}
		return account.Value{ID: text}
	case c.Kind == account.ChangeLinkedAccount:
		provider, subject, _ := strings.Cut(text, " ")
		return account.Value{Name: provider, ID: subject}
	}
	return account.Value{Name: text}
}

// recall completes a snapshot from before there were verdicts, as far as its
// checks tell.
func recall(s *account.Snapshot, checks []account.Check) {
	state := s.Health.State
	if state.Inconclusive() && s.UnaskedSince.IsZero() {
		s.UnaskedSince = s.Since
	}
	if s.Verdict.State != "" {
		return
	}
	if state.Judges() {
		s.Verdict = account.Verdict{State: state, At: s.Health.CheckedAt, Since: s.Since}
		return
	}
	for _, c := range slices.Backward(checks) {
		switch {
		case !c.State.Judges():
		case s.Verdict.State == "":
			s.Verdict = account.Verdict{State: c.State, At: c.At, Since: c.At}
		case c.State == s.Verdict.State:
			s.Verdict.Since = c.At
		default:
			return
		}
	}
}
