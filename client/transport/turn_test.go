package transport

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/service"
)

// dribbling gives a large body at once at one host, and slowly at another.
func dribbling() *Pool {
	p := NewPool("rollcall/test")
	p.Base = &served{body: func(r *http.Request) io.Reader {
		if r.URL.Host == "slow.example" {
			return io.MultiReader(strings.NewReader(strings.Repeat("x", 2*smallBody)), slowly{r.Context()})
		}
		return bytes.NewReader(make([]byte, maxAnswer))
	}}
	return p
}

// An origin whose answers come byte by byte delays those of no other one.
func TestASlowOriginDelaysNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := dribbling()
		var slow sync.WaitGroup
		for range RequestsPerOrigin {
			slow.Go(func() {
				_, failed := sender(p, "slow.example", 10*time.Second).Do(t.Context(), service.Request{Path: "/"}, false)
				if failed == nil || failed.Code != "timeout_reading" {
					t.Errorf("the slow origin ended with %+v", failed)
				}
			})
		}
		synctest.Wait()
		start := time.Now()
		got, failed := sender(p, "fast.example", 10*time.Second).Do(t.Context(), service.Request{Path: "/"}, false)
		if failed != nil || time.Since(start) != 0 {
			t.Errorf("the other origin got through after %s: %v", time.Since(start), failed)
		}
		got.Release()
		slow.Wait()
		if !p.bodies.TryAcquire(heldBodies) || !p.limit("https://slow.example").large.TryAcquire(1) {
			t.Error("a share was not given back")
		}
	})
}

// Who stops waiting for room leaves the turn of its origin to the next one.
func TestATurnIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := dribbling()
		if !p.bodies.TryAcquire(heldBodies) {
			t.Fatal("there is no room")
		}
		ask := func(ctx context.Context) chan *Failure {
			ended := make(chan *Failure, 1)
			go func() {
				got, failed := sender(p, "fast.example", time.Second).Do(ctx, service.Request{Path: "/"}, false)
				got.Release()
				ended <- failed
			}()
			synctest.Wait()
			return ended
		}
		first, stopFirst := context.WithCancel(t.Context())
		second, stopSecond := context.WithCancel(t.Context())
		ended := []chan *Failure{ask(first), ask(second), ask(t.Context())}
		// The first one waits for room, and the second one for its turn.
		stopSecond()
		stopFirst()
		for _, failed := range []*Failure{<-ended[0], <-ended[1]} {
			if failed == nil || !failed.Aborted {
				t.Errorf("it ended with %+v", failed)
			}
		}
		time.Sleep(time.Hour)
		p.bodies.Release(heldBodies)
		if failed := <-ended[2]; failed != nil {
			t.Errorf("the third one ended with %+v", failed)
		}
		if !p.bodies.TryAcquire(heldBodies) || !p.limit("https://fast.example").large.TryAcquire(1) {
			t.Error("a share was not given back")
		}
	})
}
