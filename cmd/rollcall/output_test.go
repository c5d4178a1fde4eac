package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
)

// TestFullDisk tells of output that is lost, whoever prints it, and nothing
// besides.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no device that is always full")
	}
	defer full.Close()
	w := newWorld(t)
	for _, line := range []string{
		"--help", "help status", "status --help", "--version", "completion", "completion bash", "man", "list --demo",
	} {
		c := w.command(strings.Fields(line)...)
		var stderr bytes.Buffer
		c.Stdout, c.Stderr = full, &stderr
		_ = c.Run()
		said := stderr.String()
		if status := c.ProcessState.ExitCode(); status != 2 || strings.Count(said, "\n") != 1 || !strings.Contains(said, "no space left") {
			t.Errorf("%s: status %d, said:\n%s", line, status, said)
		}
	}
}

// TestLibrariesSayNothing has a service send more than its answer, which net/http tells
// the standard logger of, with what was sent.
func TestLibrariesSayNothing(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	const user = `{"user":{"id":"user_1","first_name":"Sam"},"organizations":[],"api_token_id":null}`
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = http.ReadRequest(bufio.NewReader(c))
			fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%sHTTP/1.1 200 OK\r\n\r\nkt-some-token", len(user), user)
			c.Close()
		}
	}()
	w := newWorld(t)
	w.write(".config/rollcall/config.toml", "[profiles.work]\nprovider = \"katapult\"\nbase_url = \"http://"+l.Addr().String()+"\"\ntoken = \"kt-some-token\"\n")
	if got := w.run("status"); got.status != 0 || got.stderr != "" {
		t.Errorf("status %d, said:\n%s", got.status, got.stderr)
	}
}
