package together_test

import (
	"strings"
	"testing"

	"rollcall/client/together"
)

// All run to their ends, and whoever waits has the first fault, with where that was.
func TestGroup(t *testing.T) {
	t.Parallel()
	broken, done := 0, make([]bool, 3)
	g := together.Group{Broken: func() { broken++ }}
	for i := range done {
		g.Go(func() {
			done[i] = true
			if i == 1 {
				panic("a fault")
			}
		})
	}
	defer func() {
		told, _ := recover().(error)
		if told == nil || !strings.HasPrefix(told.Error(), "a fault\n") || !strings.Contains(told.Error(), "group_test.go:") ||
			broken != 1 || !done[0] || !done[1] || !done[2] {
			t.Errorf("it told %v, %d times, with %v", told, broken, done)
		}
	}()
	g.Wait()
	t.Error("the fault is lost")
}
