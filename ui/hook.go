package ui

import (
	"time"

	"rollcall/config"
)

// HookMsg tells how a hook has ended.
type HookMsg struct {
	Hook config.Hook
	// Wrong is a sentence without a full stop, empty where all went well, and Remedy what
	// to do.
	Wrong, Remedy string
	At            time.Time
}
