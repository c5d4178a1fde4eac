package cmd

import (
	"fmt"
	"time"

	"rollcall/config"
)

// period is a duration on the command line, with days and weeks.
type period struct {
	length time.Duration
	text   string
}

func (p *period) String() string { return p.text }
func (p *period) Type() string   { return "duration" }

func (p *period) Set(s string) error { return p.set(s, "7d, 2w or 12h") }

// set takes a duration; examples are good ones.
func (p *period) set(s, examples string) error {
	d, err := config.ParseDuration(s)
	if err != nil {
		return fmt.Errorf("%q %w; use one such as %s", s, err, examples)
	}
	p.length, p.text = d, s
	return nil
}
