package cmd

import (
	"os"

	tea "charm.land/bubbletea/v2"
)

// input leaves the input as it is: the console tells of keys, not of bytes.
func input(*os.File) []tea.ProgramOption { return nil }
