package client

import (
	"sync"
	"time"

	"rollcall/client/service"
	"rollcall/client/transport"
)

// keptFor is how long an answer stands for a new one at most.
const keptFor = time.Hour

// keptAnswers have the answers of this run that are not asked for at every check.
type keptAnswers struct {
	mu    sync.Mutex
	known map[string]service.Answer
}

// get is the answer to a request; ok is false where it has to be sent.
func (k *keptAnswers) get(r service.Request) (a service.Answer, ok bool) {
	if !r.Kept || !r.Bare {
		return a, false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	a, ok = k.known[r.Path]
	return a, ok && transport.WallTime().Sub(a.At) < keptFor
}

// settle keeps the answers of a check that has ended well. After any other, all are
// asked for anew: one of them may be why.
func (k *keptAnswers) settle(well bool, fresh map[string]service.Answer) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !well {
		k.known = nil
		return
	}
	for path, a := range fresh {
		if k.known == nil {
			k.known = map[string]service.Answer{}
		}
		k.known[path] = a
	}
}
