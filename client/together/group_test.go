package together_test

import (
	"runtime"
	"strings"
	"sync"
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

// Of a limited group, no more run at a time than may, a panic gives its place back, and who
// waits has it.
func TestLimited(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	running, most, done := 0, 0, 0
	count := func(by int) {
		mu.Lock()
		defer mu.Unlock()
		running += by
		most = max(most, running)
		if by < 0 {
			done++
		}
	}
	g := together.Limited(2)
	for i := range 20 {
		g.Go(func() {
			defer count(-1)
			count(1)
			if runtime.Gosched(); i < 3 {
				panic("a fault")
			}
		})
	}
	defer func() {
		if recover() == nil || done != 20 || most > 2 {
			t.Errorf("%d ended, %d at a time", done, most)
		}
	}()
	g.Wait()
}

// What runs beside the caller has its value, or its panic where that is asked for.
func TestStart(t *testing.T) {
	t.Parallel()
	if got := (<-together.Start(func() int { return 7 })).Value(); got != 7 {
		t.Errorf("%d", got)
	}
	o := <-together.Start(func() int { panic("a fault") })
	defer func() {
		told, _ := recover().(error)
		if told == nil || !strings.HasPrefix(told.Error(), "a fault\n") || !strings.Contains(told.Error(), "group_test.go:") {
			t.Errorf("it told %v", told)
		}
	}()
	t.Errorf("the fault is lost: %d", o.Value())
}
