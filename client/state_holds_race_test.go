package client

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/redact"
)

// Whoever gets the place of a request that was refused knows of the refusal,
// however long it takes to note it.
func TestHoldComesBeforeThePlaceIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.set(429, "", "Retry-After", "300")
		network := f.network()
		var noted atomic.Bool
		for range 4 * requestsPerOrigin {
			c := newPlainClient(network, "https://shared.example")
			c.withGate(
				func(string, string) (time.Time, bool) { return time.Now().Add(time.Minute), noted.Load() },
				func(string, string, time.Time) {
					time.Sleep(time.Second)
					noted.Store(true)
				})
			go c.Check(t.Context())
		}
		pass(time.Minute)
		if n := len(f.asked("/me")); n != requestsPerOrigin {
			t.Errorf("the service was asked %d times, and %d can be under way", n, requestsPerOrigin)
		}
	})
}

// However many look at the file, it is read once for all who wait, and those
// who come after the reading began are not served by it.
func TestCrowdIsServedTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turn := newFileTurn(&stateFile{}, func(string, error) {})
		var c crowd
		var reads, served atomic.Int64
		going := make(chan struct{})
		ask := func() {
			go func() {
				turn.soon(&c, func() (string, error) { reads.Add(1); <-going; return "", nil })
				served.Add(1)
			}()
			synctest.Wait()
		}
		turn.turn <- struct{}{}
		for range 50 {
			ask()
		}
		<-turn.turn
		synctest.Wait()
		ask()
		going <- struct{}{}
		synctest.Wait()
		if reads.Load() != 2 || served.Load() != 50 {
			t.Errorf("%d are served by %d readings, the second of which is under way", served.Load(), reads.Load())
		}
		going <- struct{}{}
		synctest.Wait()
		if served.Load() != 51 {
			t.Errorf("%d are served in the end", served.Load())
		}
	})
}

// The budget of a credential is told to all who use it, and could be named like
// the credential.
func TestBudgetDoesNotTellTheSecret(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.answer = func(r *http.Request) *http.Response {
			return respond(200, `{"id":"u1"}`, "X-RateLimit-Remaining", "5", "X-RateLimit-Name", r.Header.Get("X-Auth-Token"))
		}
		s := NewPoller([]*Client{f.client("work")}, memory(t)).Once(t.Context())[0]
		if s.RateLimit.Remaining == nil || s.RateLimit.Name != redact.Mark {
			t.Errorf("the budget is %+v", s.RateLimit)
		}
	})
}

const holdsFolder = "ROLLCALL_TEST_HOLDS"

// Another process knows of a time to wait as soon as hold returns.
func TestHoldsOfAnotherProcessAreObeyed(t *testing.T) {
	dir := t.TempDir()
	other := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestOtherProcess$")
	other.Env = append(os.Environ(), holdsFolder+"="+dir)
	questions, _ := other.StdinPipe()
	out, _ := other.StdoutPipe()
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	answers := bufio.NewScanner(out)
	ask := func(credential string) string {
		_, _ = io.WriteString(questions, credential+"\n")
		answers.Scan()
		return answers.Text()
	}
	s := open(t, dir)
	for i := range 20 {
		credential := fmt.Sprint("token", i)
		if got := ask(credential); got != "false" {
			t.Fatalf("%s is held from the beginning: %s", credential, got)
		}
		s.hold("https://a.example", credential, time.Now().Add(time.Hour))
		if got := ask(credential); got != "true" {
			t.Fatalf("the other process says %s of %s", got, credential)
		}
	}
	questions.Close()
	if err := other.Wait(); err != nil {
		t.Error(err)
	}
}

// TestOtherProcess is the other process: it tells which credentials are held.
func TestOtherProcess(t *testing.T) {
	dir := os.Getenv(holdsFolder)
	if dir == "" {
		t.Skip("it is run by another test")
	}
	s := open(t, dir)
	questions := bufio.NewScanner(os.Stdin)
	for questions.Scan() {
		_, held := s.held("https://a.example", strings.TrimSpace(questions.Text()))
		fmt.Println(held)
	}
}
