package client

import (
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
)

// brokenService is one that fails where nothing can be told any more without it.
type brokenService struct {
	plainService
	broken *atomic.Bool
}

func (s brokenService) Info() account.ServiceInfo {
	if s.broken.Load() {
		panic("a fault")
	}
	return s.plainService.Info()
}

// TestFaultBesideThePoller has rollcall fail in one of the goroutines of the poller, after
// it has begun: all of them end, and whoever runs the poller has the fault.
func TestFaultBesideThePoller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var broken atomic.Bool
		n := newFakeService().network()
		c := newPlainClient(n, "https://work.example")
		c.service = brokenService{broken: &broken}
		p := NewPoller([]*Client{c, newPlainClient(n, "https://other.example", func(p *Profile) { p.Name = "other" })}, memory(t))
		told := make(chan any)
		go func() {
			defer func() { told <- recover() }()
			p.Run(t.Context(), func(account.Event) {})
		}()
		pass(time.Minute)
		select {
		case fault := <-told:
			t.Fatalf("it has ended with %v", fault)
		default:
		}
		broken.Store(true)
		p.Refresh("work")
		fault, _ := (<-told).(error)
		if fault == nil || !strings.HasPrefix(fault.Error(), "a fault\n") {
			t.Errorf("told is %v", fault)
		}
	})
}
