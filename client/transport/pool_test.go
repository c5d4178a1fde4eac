package transport

import (
	"encoding/pem"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestOneSetUpSharesConnections has a set-up asked for twice, and once more after
// its file has changed.
func TestOneSetUpSharesConnections(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, caPEM(t), 0o600); err != nil {
		t.Fatal(err)
	}
	p := NewPool("rollcall/test")
	defer p.Close()
	s := Setup{CAFile: file}
	first, _, err := p.transport(s.withFileTimes(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	if again, _, _ := p.transport(s.withFileTimes(t.Context())); again != first || len(p.ways) != 1 {
		t.Errorf("%d transports for one set-up", len(p.ways))
	}
	if other, _, _ := p.transport(Setup{CAFile: file, Insecure: true}.withFileTimes(t.Context())); other == first || len(p.ways) != 2 {
		t.Errorf("%d transports for two set-ups", len(p.ways))
	}
	later := time.Now().Add(time.Second)
	if err := os.Chtimes(file, later, later); err != nil {
		t.Fatal(err)
	}
	if renewed, _, _ := p.transport(s.withFileTimes(t.Context())); renewed == first {
		t.Error("a changed ca_file was not read again")
	}
	if len(p.ways) != 2 {
		t.Error("what its earlier version was for is kept")
	}
}

// TestAFileIsReadAgainWhereThatFailed has a ca_file that cannot be used for a moment, in
// which its time does not change: whoever needs it later has it.
func TestAFileIsReadAgainWhereThatFailed(t *testing.T) {
	file, authorities := filepath.Join(t.TempDir(), "ca.pem"), caPEM(t)
	at := time.Now().Truncate(time.Second)
	write := func(content []byte) {
		t.Helper()
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
	}
	p := NewPool("rollcall/test")
	defer p.Close()
	s := Setup{CAFile: file}
	write([]byte("half of a file"))
	if _, _, err := p.transport(s.withFileTimes(t.Context())); err == nil {
		t.Fatal("a file without a certificate is one of authorities")
	}
	write(authorities)
	_, way, err := p.transport(s.withFileTimes(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	// Those of the system are needed later, and the file is read once more for that.
	write([]byte("half of a file"))
	if _, err := way.wide.get(); err == nil {
		t.Fatal("a file without a certificate is one of authorities")
	}
	write(authorities)
	if _, err := way.wide.get(); err != nil {
		t.Errorf("a reading that failed once lasts: %v", err)
	}
}

// caPEM is the certificate of an authority, as a file has it.
func caPEM(t *testing.T) []byte {
	t.Helper()
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
}
