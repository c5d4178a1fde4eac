//go:build !linux

package ui

import "time"

// spent is the time of day, where that of a thread cannot be had.
func spent() time.Duration { return time.Duration(time.Now().UnixNano()) }
