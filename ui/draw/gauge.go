package draw

import (
	"strings"
	"time"

	"rollcall/ui/theme"
)

// Gauge is a bar of w cells filled to share, from 0 to 1: the full part and
// the rest.
func Gauge(g *theme.Glyphs, share float64, w int) (full, rest string) {
	share = min(1, max(0, share))
	eighths := int(share*float64(w)*8 + 0.5)
	if share > 0 {
		eighths = max(1, eighths)
	}
	n, part := eighths/8, eighths%8
	if n == 0 && len(g.Parts) == 0 && share > 0 {
		n = 1
	}
	full = strings.Repeat(g.Full, n)
	if part > 0 && len(g.Parts) > 0 {
		full += g.Parts[part-1]
		n++
	}
	return full, strings.Repeat(g.Empty, w-n)
}

// Sparkline draws the latest w durations against the longest of them. One that
// is not known is zero.
func Sparkline(g *theme.Glyphs, took []time.Duration, w int) string {
	took = took[max(0, len(took)-max(0, w)):]
	var top time.Duration
	for _, d := range took {
		top = max(top, d)
	}
	var b strings.Builder
	for _, d := range took {
		if d <= 0 {
			b.WriteString(g.Missing)
			continue
		}
		n := len(g.Levels)
		b.WriteString(g.Levels[min(n-1, int(int64(n)*int64(d)/int64(top)))])
	}
	return b.String()
}
