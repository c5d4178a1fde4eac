package ui

import "time"

// clockTickedMsg tells what time it is; the answer to an older question is
// dropped.
type clockTickedMsg struct {
	now        time.Time
	generation int
}

// spinnerTurnedMsg turns the spinner by one.
type spinnerTurnedMsg struct{}

// noticeEndedMsg takes a notice away, unless another has come since.
type noticeEndedMsg struct{ generation int }
