package transport

import (
	"context"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/service"
)

// largeAnswers has each request answered with as much as there may be.
func largeAnswers() *Pool {
	p := NewPool("rollcall/test")
	p.Base = &served{body: func(*http.Request) io.Reader { return strings.NewReader(strings.Repeat("x", maxAnswer)) }}
	return p
}

// Fewer large answers are read at a time than there are processors, so that one of these
// is left to the screen; and all of them come to be read.
func TestAProcessorIsLeftToTheScreen(t *testing.T) {
	for processors, most := range map[int]int64{1: 1, 2: 1, 3: 2} {
		before := runtime.GOMAXPROCS(processors)
		p := largeAnswers()
		runtime.GOMAXPROCS(before)
		synctest.Test(t, func(t *testing.T) {
			var mu sync.Mutex
			var reading, highest int64
			read := func(n int64) {
				mu.Lock()
				defer mu.Unlock()
				reading += n
				highest = max(highest, reading)
			}
			var all sync.WaitGroup
			for _, host := range []string{"a.example", "b.example", "c.example", "d.example", "a.example"} {
				all.Go(func() {
					got, failed := sender(p, host, time.Second).Do(t.Context(), service.Request{Path: "/"}, false)
					if failed != nil || len(got.Answer.Body) != maxAnswer {
						t.Errorf("%d bytes, %v", len(got.Answer.Body), failed)
					}
					read(1)
					// Much longer than an answer may take to come: who waits to read it is not late.
					time.Sleep(time.Minute)
					read(-1)
					got.Release()
					got.Release()
				})
			}
			all.Wait()
			time.Sleep(longestRest)
			synctest.Wait()
			if highest != most {
				t.Errorf("with %d processors %d answers were read at a time, not %d", processors, highest, most)
			}
			if !p.reading.TryAcquire(most) || !p.bodies.TryAcquire(heldBodies) {
				t.Error("a place was not given back")
			}
		})
	}
}

// Between two large answers there is time for the screen, in proportion to what the first
// took, and bounded: who is stopped while he reads keeps nobody else from it for long.
func TestLargeAnswersLeaveTimeToTheScreen(t *testing.T) {
	for reading, rest := range map[time.Duration]time.Duration{
		10 * time.Millisecond: 20 * time.Millisecond, time.Hour: 100 * time.Millisecond,
	} {
		before := runtime.GOMAXPROCS(2)
		p := largeAnswers()
		runtime.GOMAXPROCS(before)
		synctest.Test(t, func(t *testing.T) {
			do := func(host string) Result {
				got, failed := sender(p, host, time.Second).Do(t.Context(), service.Request{Path: "/"}, false)
				if failed != nil {
					t.Fatalf("%+v", failed)
				}
				return got
			}
			first := do("a.example")
			time.Sleep(reading)
			first.Release()
			released := time.Now()
			second := do("b.example")
			if waited := time.Since(released); waited != rest {
				t.Errorf("after %s of reading there was a rest of %s, not %s", reading, waited, rest)
			}
			second.Release()
		})
	}
}

// Who waits to read an answer can be stopped, and leaves its room to others.
func TestWaitingToReadIsStopped(t *testing.T) {
	p := largeAnswers()
	for p.reading.TryAcquire(1) {
		continue
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan *Failure)
		go func() {
			got, failed := sender(p, "a.example", time.Second).Do(ctx, service.Request{Path: "/"}, false)
			if len(got.Answer.Body) > smallBody {
				t.Errorf("%d bytes of the body are left", len(got.Answer.Body))
			}
			got.Release()
			ended <- failed
		}()
		synctest.Wait()
		if p.bodies.TryAcquire(heldBodies) {
			t.Fatal("the answer is not there yet")
		}
		cancel()
		if failed := <-ended; failed == nil || !failed.Aborted {
			t.Errorf("it ended with %+v", failed)
		}
		if !p.bodies.TryAcquire(heldBodies) || !p.limit("https://a.example").large.TryAcquire(1) {
			t.Error("the room was not given back")
		}
		if p.reading.TryAcquire(1) {
			t.Error("a place to read was given back that nobody had")
		}
	})
}
