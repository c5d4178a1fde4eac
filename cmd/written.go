package cmd

import (
	"bytes"
	"os"
	"sync"
)

// written is a terminal that tells when it was given a text.
type written struct {
	*os.File

	mu      sync.Mutex
	awaited map[chan struct{}]string
}

// await gives a channel that is closed when a write held the text, or failed.
func (w *written) await(text string) <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.awaited == nil {
		w.awaited = map[chan struct{}]string{}
	}
	came := make(chan struct{})
	w.awaited[came] = text
	return came
}

func (w *written) Write(p []byte) (int, error) {
	n, err := w.File.Write(p)
	w.mu.Lock()
	defer w.mu.Unlock()
	for came, text := range w.awaited {
		if err != nil || bytes.Contains(p, []byte(text)) {
			close(came)
			delete(w.awaited, came)
		}
	}
	return n, err
}
