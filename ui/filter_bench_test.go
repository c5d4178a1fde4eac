package ui

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"rollcall/client/account"
)

// BenchmarkFilterLetters is the slowest letter of what is written into the filter, each of
// which makes another text to look for, as longest-ns of processor time: each letter counts
// as the fastest that it ever was. It is an Update with its frame. What is written is a
// word, a word that only resembles names, and queries, in the usual order and sorted by name.
func BenchmarkFilterLetters(b *testing.B) {
	for name, sort := range map[string][]string{"usual": nil, "sorted": {"s", "n"}} {
		b.Run(name, func(b *testing.B) {
			forSizes(b, func(b *testing.B, d *bench, _ []account.Snapshot) {
				runtime.LockOSThread()
				defer runtime.UnlockOSThread()
				d.press(sort...)
				d.press("/")
				var fastest []time.Duration
				for b.Loop() {
					at := 0
					for _, text := range []string{"sample", "wrkq", "state:invalid ends<30d", "!off user:sam"} {
						for _, letter := range text {
							began := spent()
							d.Update(keyPress(string(letter)))
							d.View()
							if at == len(fastest) {
								fastest = append(fastest, time.Hour)
							}
							fastest[at] = min(fastest[at], spent()-began)
							at++
						}
						d.Update(keyPress("ctrl+u"))
						d.View()
					}
				}
				b.ReportMetric(float64(slices.Max(fastest)), "longest-ns")
			})
		})
	}
}
