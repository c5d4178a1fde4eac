//go:build unix

package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
)

// TestInterrupt stops a command that waits for a service that never answers.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{}, 8)
	service := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
	}))
	defer service.Close()
	w := newWorld(t)
	w.env = []string{"DEMO_TOKEN=kt-interrupted"}
	path := w.write("config.toml", "[profiles.slow]\nprovider = \"katapult\"\nbase_url = \""+service.URL+"\"\ntoken = { env = \"DEMO_TOKEN\" }\n")
	c := w.command("status", "--config", path)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	<-asked
	if err := c.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	if status := c.ProcessState.ExitCode(); status != 130 {
		t.Errorf("exit status %d, want 130; it printed:\n%s", status, out.String())
	}
	if strings.Contains(out.String(), "unreachable") {
		t.Errorf("an interrupted check was told as a failure:\n%s", out.String())
	}
}
