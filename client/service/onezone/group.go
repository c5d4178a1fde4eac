package onezone

import "sync"

// waitGroup runs functions side by side. A panic in one of them is had by whoever
// waits, so that it can be recovered there as in a call.
type waitGroup struct {
	running sync.WaitGroup
	mu      sync.Mutex
	fault   any
}

// Go runs f beside the caller.
func (g *waitGroup) Go(f func()) {
	g.running.Go(func() {
		defer func() {
			if fault := recover(); fault != nil {
				g.mu.Lock()
				defer g.mu.Unlock()
				g.fault = fault
			}
		}()
		f()
	})
}

// Wait returns when all have ended.
func (g *waitGroup) Wait() {
	g.running.Wait()
	if g.fault != nil {
		panic(g.fault)
	}
}
