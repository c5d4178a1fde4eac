package onezone

import (
	"errors"
	"testing"
)

func TestAWaitGroupWaitsForAll(t *testing.T) {
	t.Parallel()
	fault := errors.New("a fault")
	var g waitGroup
	done := make([]bool, 3)
	for i := range done {
		g.Go(func() {
			done[i] = true
			if i == 1 {
				panic(fault)
			}
		})
	}
	defer func() {
		if got := recover(); got != fault || !done[0] || !done[1] || !done[2] {
			t.Errorf("it told %v, with %v", got, done)
		}
	}()
	g.Wait()
}
