package together

import "sync"

// Group runs functions side by side. A panic in one of them is had by whoever waits, so
// that it can be recovered there as in a call.
type Group struct {
	// Broken is called with each panic, for others to end that would go on without what
	// has panicked; nil for nobody.
	Broken func()

	running sync.WaitGroup
	mu      sync.Mutex
	fault   error
	// places has a value for each function that runs; nil where any number may.
	places chan struct{}
}

// Limited is a group of which so many functions run at a time.
func Limited(most int) *Group { return &Group{places: make(chan struct{}, most)} }

// Go runs f beside the caller. In a [Limited] group it waits for a place.
func (g *Group) Go(f func()) {
	if g.places != nil {
		g.places <- struct{}{}
	}
	g.running.Go(func() {
		defer func() {
			if fault := recover(); fault != nil {
				g.breaks(broken(fault))
			}
			if g.places != nil {
				<-g.places
			}
		}()
		f()
	})
}

// breaks notes the first fault.
func (g *Group) breaks(fault error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.fault == nil {
		g.fault = fault
	}
	if g.Broken != nil {
		g.Broken()
	}
}

// Wait returns when all have ended. It panics with the first fault and where that was.
func (g *Group) Wait() {
	g.running.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.fault != nil {
		panic(g.fault)
	}
}
