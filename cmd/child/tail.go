package child

import "sync"

// Printed is what a program printed.
type Printed struct {
	// Text is the last of it.
	Text string
	// Cut is set where there was more before that.
	Cut bool
}

// tail keeps the last of what is written to it.
type tail struct {
	mu   sync.Mutex
	most int
	data []byte
	cut  bool
}

// Write takes all.
func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.data = append(t.data, b...)
	if over := len(t.data) - t.most; over > 0 {
		t.data, t.cut = append(t.data[:0], t.data[over:]...), true
	}
	return len(b), nil
}

func (t *tail) printed() Printed {
	t.mu.Lock()
	defer t.mu.Unlock()
	return Printed{Text: string(t.data), Cut: t.cut}
}
