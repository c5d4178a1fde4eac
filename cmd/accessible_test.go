package cmd

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"rollcall/client/service"
	"rollcall/client/service/katapult"
	"rollcall/cmd/child"
)

// faulty is a service with a fault that shows when it is to be asked.
type faulty struct{ katapult.Service }

func (f faulty) Address(base string, parts map[string]string) (service.Address, error) {
	if bytes.Contains(debug.Stack(), []byte("rollcall/client.New(")) {
		panic("a fault of a service")
	}
	return f.Service.Address(base, parts)
}

// TestAccessibleFault ends the conversation after a fault beside it, although the person
// types nothing: it tells the profiles that there are, and the fault after all else.
func TestAccessibleFault(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, out := filepath.Join(dir, "config.toml"), filepath.Join(dir, "out")
	if err := os.WriteFile(path, []byte("[profiles.work]\nprovider = 'katapult'\ntoken = { env = 'X' }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	in, typed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	defer typed.Close()
	stdout, err := os.Create(out)
	if err != nil {
		t.Fatal(err)
	}
	defer stdout.Close()
	a := &app{
		console: console{
			services: newServices(service.Catalog{faulty{}}, nil), alone: &child.Pack{}, bystanders: &bystanders{},
			stdin: in, stdout: stdout, stderr: stdout,
			getenv: func(name string) string { return map[string]string{"HOME": dir}[name] },
		},
		now: time.Now, version: "test",
	}
	ended := make(chan int)
	go func() {
		root := a.rootCommand()
		root.SetArgs([]string{"--accessible", "--config", path})
		root.SetOut(io.Discard)
		ended <- a.finish(root, nil, root.ExecuteContext(t.Context()))
	}()
	select {
	case status := <-ended:
		if status == 0 {
			t.Error("its status is 0")
		}
	case <-time.After(time.Minute):
		t.Fatal("it goes on")
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	said := string(data)
	at := 0
	for _, next := range []string{"Checking 1 profile.", "No profile needs you now.", "1 is waiting", "rollcall: a fault of rollcall, please report it: a fault of a service"} {
		i := strings.Index(said[at:], next)
		if i < 0 {
			t.Fatalf("%q does not come next in\n%s", next, said)
		}
		at += i + len(next)
	}
}
