package transport

import "testing"

func TestTraceIgnoresWhatComesLater(t *testing.T) {
	var tr trace
	tr.begin(&tr.connect)
	if p, last, _ := tr.finish(); last != phaseConnect || p.Connect < 0 {
		t.Errorf("%+v in phase %d", p, last)
	}
	tr.begin(&tr.tls)
	if !tr.tls.start.IsZero() {
		t.Error("a handshake after the end was noted")
	}
}
