package together

import (
	"fmt"
	"runtime/debug"
)

// Outcome is what a function that ran beside its caller has come to.
type Outcome[T any] struct {
	value T
	fault error
}

// Value is what the function returned. It panics where that did, with where that was.
func (o Outcome[T]) Value() T {
	if o.fault != nil {
		panic(o.fault)
	}
	return o.value
}

// Start runs f beside the caller, for who waits for something else, too. Its outcome comes
// once; nobody need take it.
func Start[T any](f func() T) <-chan Outcome[T] {
	ended := make(chan Outcome[T], 1)
	go func() {
		var o Outcome[T]
		defer func() {
			if fault := recover(); fault != nil {
				o.fault = broken(fault)
			}
			ended <- o
		}()
		o.value = f()
	}()
	return ended
}

// broken is what a panic is had as.
func broken(fault any) error { return fmt.Errorf("%v\n%s", fault, debug.Stack()) }
