package store

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A panic is had by whoever waits for what panics, and told by a notice where nobody waits
// any more.
func TestFaultOfWhatIsLate(t *testing.T) {
	t.Parallel()
	for name, path := range map[string]string{"in a file": filepath.Join(t.TempDir(), "state.db"), "in memory": ""} {
		t.Run(name, func(t *testing.T) {
			told := make(chan string, 1)
			d := newDatabase(path, func(s string) { told <- s }, surroundings{fileSystem, patience})
			defer d.close()
			fails := func(after <-chan struct{}) error {
				return d.write(time.Minute, func(*session) error { <-after; panic("a fault") })
			}
			now, later := make(chan struct{}), make(chan struct{})
			close(now)
			func() {
				defer func() {
					if fault := recover(); fault != "a fault" {
						t.Errorf("it panics with %v", fault)
					}
				}()
				t.Errorf("it ends with %v", fails(now))
			}()
			begun := make(chan struct{})
			for waiting := true; waiting; {
				err := d.write(time.Millisecond, func(*session) error { close(begun); <-later; panic("a late fault") })
				if !errors.Is(err, errSlow) {
					t.Fatalf("who does not wait is told %v", err)
				}
				select {
				case <-begun:
					waiting = false
				default:
				}
			}
			select {
			case notice := <-told:
				t.Errorf("at once: %s", notice)
			default:
			}
			close(later)
			if notice := <-told; !strings.Contains(notice, "a late fault") || !strings.Contains(notice, path) {
				t.Errorf("the notice is %q", notice)
			}
			if err := d.write(time.Minute, func(*session) error { return nil }); err != nil {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}
