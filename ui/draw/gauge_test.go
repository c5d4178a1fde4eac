package draw

import (
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/ui/theme"
)

func TestGaugeAndSparkline(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		g := theme.NewStyles(theme.Look{ASCII: ascii}).Glyphs
		for percent := -20; percent < 130; percent++ {
			full, rest := Gauge(g, float64(percent)/100, 10)
			if n := ansi.StringWidth(full + rest); n != 10 {
				t.Fatalf("gauge at %d %% is %d wide", percent, n)
			}
			if (percent > 0) != (full != "") {
				t.Errorf("gauge at %d %% is %q", percent, full)
			}
		}
	}
	g := theme.NewStyles(theme.Look{}).Glyphs
	full, rest := Gauge(g, 0.55, 10)
	if full+rest != "█████▌░░░░" {
		t.Errorf("gauge at 0.55 is %s", full+rest)
	}
	h := []time.Duration{9, 10, 0, 70, 35}
	if got := Sparkline(g, h, 4); got != "▂·▇▄" {
		t.Errorf("sparkline is %q", got)
	}
}
