package transport

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/ratelimit"
	"rollcall/client/service"
)

// anyRoom reads a body for which there is always room.
func anyRoom() *holder {
	return NewPool("rollcall/test").room("https://a.example").holding(context.Background(), nil)
}

// served has each request answered with a body, and counts what of large ones is in
// memory.
type served struct {
	body   func(r *http.Request) io.Reader
	header http.Header
	now    atomic.Int64
	most   atomic.Int64
}

// take counts bytes that are in memory, and give those that are not any more.
func (s *served) take(n int64) {
	now := s.now.Add(n)
	for most := s.most.Load(); now > most && !s.most.CompareAndSwap(most, now); most = s.most.Load() {
	}
}

func (s *served) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: 200, Header: s.header, Request: r, ContentLength: -1,
		Body: io.NopCloser(&counted{s: s, r: s.body(r)}),
	}, nil
}

// counted is a body of which is counted what was read beyond a small one.
type counted struct {
	s *served
	r io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	before := max(0, c.n-smallBody)
	c.n += int64(n)
	c.s.take(max(0, c.n-smallBody) - before)
	return n, err
}

// sender asks a host through a pool.
func sender(p *Pool, host string, timeout time.Duration) Sender {
	return Sender{
		Pool: p, Root: "https://" + host, Origin: "https://" + host, Host: host, Timeout: timeout, Prepare: func(http.Header) {},
		Limits: func(http.Header, time.Time) []ratelimit.Bucket { return nil },
		Before: func(service.Request) (time.Time, bool) { return time.Time{}, false }, After: func(service.Answer, service.Request) {},
	}
}

// TestFewLargeAnswersAreInMemory has a hundred profiles at twenty origins get answers of
// almost the largest size at the same time.
func TestFewLargeAnswersAreInMemory(t *testing.T) {
	const size = maxAnswer - 100
	s := &served{body: func(*http.Request) io.Reader { return strings.NewReader(strings.Repeat("x", size)) }}
	p := NewPool("rollcall/test")
	p.Base = s
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			got, failed := sender(p, fmt.Sprintf("h%d.example", i%20), time.Minute).Do(t.Context(), service.Request{Path: "/"}, i%3 == 0)
			if failed != nil || len(got.Answer.Body) != size {
				t.Errorf("%d bytes, %v", len(got.Answer.Body), failed)
			}
			s.take(-(size - smallBody))
			got.Release()
		})
	}
	all.Wait()
	if most := s.most.Load(); most > heldBodies || most < size-smallBody {
		t.Errorf("%d bytes were in memory at a time, %d at most", most, heldBodies)
	}
	if !p.bodies.TryAcquire(heldBodies) {
		t.Error("a share was not given back")
	}
}

// Whatever holds large answers up, small ones come, and who waits can be stopped.
func TestSmallAnswersDoNotWait(t *testing.T) {
	s := &served{body: func(r *http.Request) io.Reader {
		if r.URL.Path == "/large" {
			return bytes.NewReader(make([]byte, maxAnswer))
		}
		return strings.NewReader(strings.Repeat("x", smallBody-1))
	}}
	p := NewPool("rollcall/test")
	p.Base = s
	if !p.bodies.TryAcquire(heldBodies) {
		t.Fatal("there is no room")
	}
	if got, failed := sender(p, "a.example", time.Minute).Do(t.Context(), service.Request{Path: "/small"}, false); failed != nil || len(got.Answer.Body) != smallBody-1 {
		t.Errorf("%v", failed)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancelled := make(chan *Failure)
	go func() {
		_, failed := sender(p, "a.example", time.Minute).Do(ctx, service.Request{Path: "/large"}, false)
		cancelled <- failed
	}()
	cancel()
	if failed := <-cancelled; failed == nil || !failed.Aborted {
		t.Errorf("it ended with %+v", failed)
	}
	p.bodies.Release(heldBodies)
	got, failed := sender(p, "a.example", time.Minute).Do(t.Context(), service.Request{Path: "/large"}, false)
	if failed != nil || len(got.Answer.Body) != maxAnswer {
		t.Errorf("%d bytes, %v", len(got.Answer.Body), failed)
	}
	got.Release()
	got.Release()
	if !p.bodies.TryAcquire(heldBodies) {
		t.Error("a share was not given back")
	}
}

// The service is not to blame for the time in which nobody had room for its answer.
func TestWaitingForRoomIsNotTheServicesTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &served{body: func(*http.Request) io.Reader { return bytes.NewReader(make([]byte, 1<<20)) }}
		p := NewPool("rollcall/test")
		p.Base = s
		if !p.bodies.TryAcquire(heldBodies) {
			t.Fatal("there is no room")
		}
		time.AfterFunc(time.Hour, func() { p.bodies.Release(heldBodies) })
		got, failed := sender(p, "a.example", time.Second).Do(t.Context(), service.Request{Path: "/"}, false)
		if failed != nil || len(got.Answer.Body) != 1<<20 || got.Latency > time.Second {
			t.Errorf("after %s: %v", got.Latency, failed)
		}
		got.Release()
	})
}

// slowly gives a byte a second.
type slowly struct{ ctx context.Context }

func (s slowly) Read(p []byte) (int, error) {
	select {
	case <-time.After(time.Second):
		return copy(p, "x"), nil
	case <-s.ctx.Done():
		return 0, context.Cause(s.ctx)
	}
}

func TestTimeLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &served{body: func(r *http.Request) io.Reader { return slowly{r.Context()} }}
		p := NewPool("rollcall/test")
		p.Base = s
		start := time.Now()
		_, failed := sender(p, "a.example", 10*time.Second).Do(t.Context(), service.Request{Path: "/"}, false)
		if failed == nil || failed.Code != "timeout_reading" || time.Since(start) != 10*time.Second {
			t.Errorf("after %s: %+v", time.Since(start), failed)
		}
		l := newTimeLimit(t.Context(), time.Minute)
		defer l.end()
		if at, ok := l.Deadline(); !ok || time.Until(at) != time.Minute {
			t.Errorf("the deadline is %s", at)
		}
		if err := l.pause(func() error { time.Sleep(time.Hour); return nil }); err != nil || l.Err() != nil || l.waited != time.Hour {
			t.Errorf("%v, %v after %s", err, l.Err(), l.waited)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if err := l.over(l.Err()); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("it ended with %v", err)
		}
	})
}

// A time that is up waits for nothing, however short the line is.
func TestNobodyWaitsWhenTheTimeIsUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newTimeLimit(t.Context(), time.Minute)
		defer l.end()
		time.Sleep(time.Minute)
		err := l.pause(func() error { t.Error("it waits"); return nil })
		if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(l.over(err), context.DeadlineExceeded) {
			t.Errorf("it ended with %v", err)
		}
	})
}

// A fault while an answer is read must not take its room from all others for ever.
func TestRoomIsGivenBackAfterAPanic(t *testing.T) {
	s := &served{body: func(*http.Request) io.Reader { return bytes.NewReader(make([]byte, 1<<20)) }}
	p := NewPool("rollcall/test")
	p.Base = s
	inSend, after := sender(p, "a.example", time.Minute), sender(p, "a.example", time.Minute)
	inSend.Limits = func(http.Header, time.Time) []ratelimit.Bucket { panic("in send") }
	after.After = func(service.Answer, service.Request) { panic("after it") }
	for _, s := range []Sender{inSend, after} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("there was no panic")
				}
			}()
			s.Do(t.Context(), service.Request{Path: "/"}, false)
		}()
		if !p.bodies.TryAcquire(heldBodies) {
			t.Fatal("a share was not given back")
		}
		p.bodies.Release(heldBodies)
	}
}

// A body that has to be unpacked takes the room of both its forms.
func TestPackedBodies(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(bytes.Repeat([]byte("organization "), 300_000)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	s := &served{header: http.Header{"Content-Encoding": {"gzip"}}, body: func(*http.Request) io.Reader { return bytes.NewReader(packed.Bytes()) }}
	p := NewPool("rollcall/test")
	p.Base = s
	got, failed := sender(p, "a.example", time.Minute).Do(t.Context(), service.Request{Path: "/"}, false)
	if failed != nil || len(got.Answer.Body) != 13*300_000 || got.share.held != 13*300_000 {
		t.Fatalf("%d bytes, %d held, %v", len(got.Answer.Body), got.share.held, failed)
	}
	got.Release()
	if !p.bodies.TryAcquire(heldBodies) {
		t.Error("a share was not given back")
	}
}
