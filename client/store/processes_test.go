package store

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// However many look at the file, it is read once for all who wait, and those
// who come after the reading began are not served by it.
func TestCallersAreServedTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turn := newFileQueue(&stateFile{}, func(string, error) {})
		var c singleFlight
		var reads, served atomic.Int64
		going := make(chan struct{})
		ask := func() {
			go func() {
				turn.share(&c, func() (string, error) { reads.Add(1); <-going; return "", nil })
				served.Add(1)
			}()
			synctest.Wait()
		}
		turn.sem <- struct{}{}
		for range 50 {
			ask()
		}
		<-turn.sem
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

const holdsFolder = "ROLLCALL_TEST_HOLDS"

// Another process knows of a time to wait as soon as hold returns.
func TestCooldownsOfAnotherProcessAreObeyed(t *testing.T) {
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
	s := opened(t, dir)
	for i := range 20 {
		credential := fmt.Sprint("token", i)
		if got := ask(credential); got != "false" {
			t.Fatalf("%s is held from the beginning: %s", credential, got)
		}
		s.StartCooldown("https://a.example", credential, time.Now().Add(time.Hour))
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
	s := opened(t, dir)
	questions := bufio.NewScanner(os.Stdin)
	for questions.Scan() {
		_, held := s.Cooldown("https://a.example", strings.TrimSpace(questions.Text()))
		fmt.Println(held)
	}
}
