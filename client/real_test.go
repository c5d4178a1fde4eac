package client

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/service/declared"
)

// foreign is what the environment names of a foreign server, which a script of .github makes. Where it
// names none, the test is left out.
func foreign(t *testing.T, variable, script string) string {
	t.Helper()
	path := os.Getenv(variable)
	if path == "" {
		t.Skipf("this needs a foreign server: run 'eval \"$(%s)\"' first, which sets %s", script, variable)
	}
	return path
}

// freePort is a port of loopback that nobody listens on now.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// startReal runs a server until the test ends, and waits until it answers at an
// address.
func startReal(t *testing.T, ready string, cmd *exec.Cmd) {
	t.Helper()
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	t.Cleanup(func() { _ = cmd.Process.Kill(); <-ended })
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	look := time.NewTicker(50 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case <-ended:
			t.Fatalf("%s has ended:\n%s", cmd.Path, said.String())
		case <-ctx.Done():
			t.Fatalf("%s does not answer at %s", cmd.Path, ready)
		case <-look.C:
		}
		r, _ := http.NewRequestWithContext(ctx, http.MethodGet, ready, nil)
		if a, err := http.DefaultClient.Do(r); err == nil {
			a.Body.Close()
			return
		}
	}
}

// realCheck asks a real server once, for details too.
func realCheck(t *testing.T, provider, base, username, secret string) account.Snapshot {
	t.Helper()
	p := Profile{Name: "real", Provider: provider, BaseURL: base, Username: username, Credential: fixedCredential{secret: secret}, Timeout: time.Minute}
	return NewPoller([]*Client{New(p, realNetwork(t))}, open(t, "")).Once(t.Context())[0]
}

// realNetwork knows the services that are described, too.
func realNetwork(t *testing.T) *Network {
	t.Helper()
	all := slices.Clone(services)
	for _, s := range declared.Shipped() {
		all = append(all, s)
	}
	n := NewNetwork("rollcall/test", all)
	t.Cleanup(n.Close)
	return n
}

// realCase is what a real server is expected to make rollcall say.
type realCase struct {
	name, provider, base, username, secret string
	state                                  account.State
	code, says                             string
	action                                 account.Action
}

func (c realCase) run(t *testing.T) {
	t.Helper()
	t.Run(c.name, func(t *testing.T) {
		s := realCheck(t, c.provider, c.base, c.username, c.secret)
		if s.Health.State != c.state || s.Health.Code != c.code || !strings.Contains(s.Health.Explanation, c.says) || c.action != "" && s.Remedial() != c.action {
			t.Errorf("%s (%s), %d: %s %s [%s]\nwant %s (%s): %s [%s]", s.Health.State, s.Health.Code, s.Health.HTTPStatus,
				s.Health.Explanation, s.Health.Remedy, s.Remedial(), c.state, c.code, c.says, c.action)
		}
		if strings.Contains(fmt.Sprintf("%+v", s), c.secret) {
			t.Error("the secret is in the snapshot")
		}
		if (s.Account == nil) == s.Health.State.Answered() {
			t.Errorf("account %+v", s.Account)
		}
	})
}

// output runs a command and is what it printed last.
func output(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.Output()
	if err != nil {
		if e, ok := errors.AsType[*exec.ExitError](err); ok {
			t.Fatalf("%v: %v\n%s%s", cmd.Args, err, out, e.Stderr)
		}
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
