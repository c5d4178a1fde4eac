//go:build unix

package credential

import "testing"

// A fault of what runs beside a command is had by who gives the terminal back, once it has
// ended.
func TestWorkBesideACommand(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	w := begin(func() { <-hold; panic("a fault") })
	w.tell()
	close(hold)
	<-w.ended
	defer func() {
		if fault := recover(); fault != "a fault" {
			t.Errorf("it told %v", fault)
		}
	}()
	w.tell()
	t.Error("the fault is lost")
}
