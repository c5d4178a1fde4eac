package ui

import (
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

func TestGaugeAndSparkline(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		g := NewStyles(Look{ASCII: ascii}).glyphs
		for percent := -20; percent < 130; percent++ {
			full, rest := gauge(g, float64(percent)/100, 10)
			if n := ansi.StringWidth(full + rest); n != 10 {
				t.Fatalf("gauge at %d %% is %d wide", percent, n)
			}
			if (percent > 0) != (full != "") {
				t.Errorf("gauge at %d %% is %q", percent, full)
			}
		}
	}
	g := NewStyles(Look{}).glyphs
	full, rest := gauge(g, 0.55, 10)
	if full+rest != "█████▌░░░░" {
		t.Errorf("gauge at 0.55 is %s", full+rest)
	}
	h := []time.Duration{9, 10, 0, 70, 35}
	if got := sparkline(g, h, 4); got != "▂·▇▄" {
		t.Errorf("sparkline is %q", got)
	}
}
