package draw

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// Whatever the terminal library calls a key is a key.
func TestKeysThatThereAre(t *testing.T) {
	codes := []rune{
		tea.KeyEnter, tea.KeyTab, tea.KeyBackspace, tea.KeyEscape, tea.KeySpace, tea.KeyUp, tea.KeyDown, tea.KeyLeft,
		tea.KeyRight, tea.KeyHome, tea.KeyEnd, tea.KeyPgUp, tea.KeyPgDown, tea.KeyInsert, tea.KeyDelete, tea.KeyBegin,
		tea.KeyFind, tea.KeySelect, tea.KeyF1, tea.KeyF12, tea.KeyF20, 'a', '+', '/', 'é', '山',
	}
	for _, code := range codes {
		for _, mod := range []tea.KeyMod{0, tea.ModCtrl, tea.ModAlt, tea.ModShift, tea.ModCtrl | tea.ModAlt | tea.ModShift} {
			if name := (tea.Key{Code: code, Mod: mod}).Keystroke(); !IsKey(name) {
				t.Errorf("%q is taken for none", name)
			}
		}
	}
}
