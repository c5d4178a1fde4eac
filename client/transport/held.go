package transport

import (
	"bytes"
	"context"
	"io"
	"runtime"
	"time"

	"golang.org/x/sync/semaphore"

	"rollcall/client/service"
)

const (
	// heldBodies is how many bytes the bodies of large answers have together that are in
	// memory at a time, over all origins: enough for two that have to be unpacked, so that
	// a slow one of these leaves as much to others.
	heldBodies = 4 * maxAnswer
	// smallBody is up to how many bytes an answer waits for none of that.
	smallBody = 64 << 10
	// unknownSize is the length of a body that does not say how long it is.
	unknownSize = -1
)

// share is the part that one answer has of the memory for large ones. Whoever has one
// must not wait for another.
type share struct {
	of *semaphore.Weighted
	// turn is what the answers of one origin take their share in turns by, so that one
	// which sends them slowly neither has all of the room nor stands before all others.
	turn *semaphore.Weighted
	// reading bounds the large answers that are read at a time. reads is set while this one
	// is, and since is from when on.
	reading *semaphore.Weighted
	held    int64
	reads   bool
	since   time.Time
}

// readAtOnce is how many large answers are read at a time. Each of them keeps a processor
// busy for as long as some frames of the screen take, and one processor is left to that, so
// that a key does not wait.
func readAtOnce() int64 { return int64(max(1, runtime.GOMAXPROCS(0)-1)) }

// After an answer was read its place rests for so many times as long as that took, up to a
// bound for what was held up. What was read is kept and shown then, and the next is
// fetched: all of that together, without a rest, left no processor to the screen after all.
const (
	restFor     = 2
	longestRest = 100 * time.Millisecond
)

// toRead waits until a large answer, which is in memory as a whole, may be read. Whoever
// reads waits for nothing. The error is that of ctx, which ended first.
func (s *share) toRead(ctx context.Context) error {
	if s == nil || s.held == 0 || s.reads {
		return nil
	}
	if err := s.reading.Acquire(ctx, 1); err != nil {
		return err
	}
	s.reads, s.since = true, time.Now()
	return nil
}

// take waits until there is room for n bytes, unless the answer has its share already.
// Whoever waits for room has the turn of its origin, and never the other way around. The
// error is that of ctx, which ended first.
func (s *share) take(ctx context.Context, n int64) error {
	if s.held > 0 {
		return nil
	}
	if err := s.turn.Acquire(ctx, 1); err != nil {
		return err
	}
	if err := s.of.Acquire(ctx, n); err != nil {
		s.turn.Release(1)
		return err
	}
	s.held = n
	return nil
}

// keep gives back what an answer of n bytes does not need. It keeps a byte at least, which
// the turn of its origin goes with.
func (s *share) keep(n int) {
	if more := s.held - int64(max(n, 1)); s.held > 0 && more > 0 {
		s.of.Release(more)
		s.held -= more
	}
}

// release gives all of it back, and the turn with it; the place to read only after a rest.
func (s *share) release() {
	if s != nil && s.reads {
		time.AfterFunc(min(restFor*time.Since(s.since), longestRest), func() { s.reading.Release(1) })
		s.reads = false
	}
	if s != nil && s.held > 0 {
		s.of.Release(s.held)
		s.turn.Release(1)
		s.held = 0
	}
}

// holder reads the body of one answer.
type holder struct {
	share *share
	// wait waits for the share.
	wait func(n int64) error
	// packed is set where the body has to be unpacked: both forms of it are then in
	// memory.
	packed bool
}

// holding has a body read that takes its share while ctx lasts. The time limit stands
// still meanwhile; nil for none.
func (s *share) holding(ctx context.Context, limit *timeLimit) *holder {
	wait := func(n int64) error {
		take := func() error { return s.take(ctx, n) }
		if s.held > 0 || limit == nil {
			return take()
		}
		return limit.pause(take)
	}
	return &holder{share: s, wait: wait}
}

// readMost reads a body up to the limit of an answer. size is what it says to be its
// length.
func (h *holder) readMost(r io.Reader, size int64) (body []byte, err error) {
	if body, err = io.ReadAll(io.LimitReader(r, smallBody)); err != nil || len(body) < smallBody {
		return body, err
	}
	most := int64(maxAnswer)
	if h.packed {
		most *= 2
	} else if smallBody <= size && size < most {
		most = size
	}
	if err := h.wait(most); err != nil {
		return body, err
	}
	return rest(body, r, min(max(size, 2*smallBody), maxAnswer)+1)
}

// rest reads what follows the beginning of a body, for which there is room to begin with.
// It never takes more room than an answer may have.
func rest(body []byte, r io.Reader, room int64) ([]byte, error) {
	body = append(make([]byte, 0, room), body...)
	for {
		n, err := r.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		switch {
		case len(body) > maxAnswer:
			return body, errTooLarge
		case err == io.EOF:
			return body, nil
		case err != nil:
			return body, err
		case len(body) == cap(body):
			body = append(make([]byte, 0, min(2*cap(body), maxAnswer+1)), body...)
		}
	}
}

// Beginning is as much of a body as is shown of it, in place of one that takes much
// memory.
func Beginning(body []byte) []byte {
	if len(body) <= smallBody {
		return body
	}
	// What is trimmed off only when it is shown would make a body that was cut look like a
	// whole one, in which nobody looks for the beginning of a secret at its end.
	for before := -1; before != len(body); {
		before, body = len(body), service.TrimBody(body)
	}
	if len(body) <= 2*shownBody {
		return bytes.Clone(body)
	}
	// One more byte tells that it was longer, and is none that could be trimmed off.
	return append(bytes.Clone(body[:2*shownBody]), '.')
}
