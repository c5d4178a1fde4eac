package cmd

import (
	"math"
	"runtime"
	"runtime/debug"
)

// lyingGarbage is how much memory a command that ends with its answers takes before it
// collects garbage, in bytes. To ask 100 profiles leaves less than half of it.
const lyingGarbage = 64 << 20

// usualGarbage is how much garbage may lie where nobody has said so, in percent of what
// is used.
const usualGarbage = 100

// collectLate has garbage lie while a command runs that ends with its answers: to look
// for it takes a seventh of the time of the processors, and to end frees all of it. Where
// there turns out to be much, the first collection finds the mark that is left here, and
// garbage is collected as usual from then on. Who has said how it should be is heeded.
func (a *app) collectLate() {
	if a.getenv("GOGC") != "" || a.getenv("GOMEMLIMIT") != "" {
		return
	}
	mark := new([64]byte) // The runtime gives less than 16 bytes no place of its own.
	runtime.AddCleanup(mark, func(int) {
		// The order is the other one than below: at worst, a command that begins
		// meanwhile has its garbage collected as usual.
		debug.SetMemoryLimit(math.MaxInt64)
		debug.SetGCPercent(usualGarbage)
	}, 0)
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(lyingGarbage)
}
