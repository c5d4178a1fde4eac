package client

import "rollcall/client/service"

// The limits of what is kept of answers to stand for later ones, in bytes: of one answer,
// beyond which it is asked for anew, and of those of all profiles together.
const (
	maxKept = 256 << 10
	allKept = 16 << 20
	// keptBeside is what an answer takes beside its texts.
	keptBeside = 1 << 10
)

// answers are kept by what they answer, as many as there is room for.
type answers[K comparable] struct {
	known map[K]service.Answer
	// size is that of all of them.
	size int
}

// keep keeps an answer that is not too large, in place of any others where there is no
// room for all: with more profiles than that, some are asked for what has changed, and not
// each of them in turn pushes out the one that is asked next.
func (k *answers[K]) keep(key K, a service.Answer) {
	k.drop(key)
	size := sizeOf(a)
	if size > maxKept {
		return
	}
	if k.known == nil {
		k.known = map[K]service.Answer{}
	}
	for other := range k.known {
		if k.size+size <= allKept {
			break
		}
		k.drop(other)
	}
	k.known[key] = a
	k.size += size
}

// drop forgets an answer.
func (k *answers[K]) drop(key K) {
	if a, ok := k.known[key]; ok {
		k.size -= sizeOf(a)
		delete(k.known, key)
	}
}

// sizeOf is what it takes to keep an answer. Its headers count, too: there can be as many
// of them as in a short body, and more with each answer that says that nothing has changed.
func sizeOf(a service.Answer) int {
	size := keptBeside + len(a.Body) + len(a.URL)
	for name, values := range a.Header {
		size += len(name)
		for _, value := range values {
			size += len(value)
		}
	}
	return size
}
