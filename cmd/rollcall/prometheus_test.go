//go:build unix

package main

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestPrometheus has a real Prometheus scrape the demo with the shipped scrape
// configuration, until an alert of the shipped rules fires.
func TestPrometheus(t *testing.T) {
	t.Parallel()
	prometheus, err := exec.LookPath("prometheus")
	if err != nil {
		t.Skip("this test needs the program prometheus")
	}
	w := newWorld(t)
	e := w.serve("--demo")
	shipped := filepath.Join("..", "..", ".github", "prometheus")
	w.write("rules.yml", readFile(t, filepath.Join(shipped, "rules.yml")))
	scrape := readFile(t, filepath.Join(shipped, "scrape.yml"))
	for old, now := range map[string]string{"127.0.0.1:9317": e.address, "scrape_interval: 30s": "scrape_interval: 1s"} {
		if strings.Count(scrape, old) != 1 {
			t.Fatalf("the scrape configuration has not one %q:\n%s", old, scrape)
		}
		scrape = strings.Replace(scrape, old, now, 1)
	}
	config := w.write("prometheus.yml", "global:\n  evaluation_interval: 1s\n"+scrape)
	c := exec.Command(prometheus, "--config.file="+config, "--storage.tsdb.path="+filepath.Join(w.home, "data"),
		"--web.listen-address=127.0.0.1:0", "--log.format=json")
	c.Dir = w.home
	said, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	address := make(chan string, 1)
	go func() {
		listens := regexp.MustCompile(`"Listening on"|"address":"(127\.0\.0\.1:[1-9]\d*)"`)
		for lines := bufio.NewScanner(said); lines.Scan(); {
			m := listens.FindAllStringSubmatch(lines.Text(), -1)
			if len(m) == 2 {
				address <- m[0][1] + m[1][1]
			}
		}
		close(address)
	}()
	at, listens := <-address
	if !listens {
		t.Fatal("Prometheus ended before it listened")
	}
	p := prometheusAt{t, at}
	p.waitFor("an alert", `ALERTS{alertname="RollcallTokenEndsSoon",alertstate="firing",severity="critical",profile="release",job="rollcall"}`)
	p.waitFor("who is not accepted", `rollcall_token_accepted{profile="workshop"} == 0`)
	p.waitFor("every profile", `count(rollcall_profile_info) == count(count by (profile) (rollcall_profile_state))`)
	p.waitFor("the scrapes", `up{job="rollcall"} == 1`)
	p.waitFor("the counter", `sum(rollcall_checks_total) > 20`)
}

// prometheusAt is a Prometheus at an address.
type prometheusAt struct {
	t       *testing.T
	address string
}

// waitFor waits until a query has a result.
func (p prometheusAt) waitFor(what, query string) {
	p.t.Helper()
	deadline := time.Now().Add(time.Minute)
	for {
		var answer struct {
			Status, Error string
			Data          struct{ Result []json.RawMessage }
		}
		r, err := http.Get("http://" + p.address + "/api/v1/query?query=" + url.QueryEscape(query))
		if err == nil {
			err = json.NewDecoder(r.Body).Decode(&answer)
			r.Body.Close()
		}
		if len(answer.Data.Result) > 0 {
			return
		}
		if answer.Status == "error" || time.Now().After(deadline) {
			p.t.Fatalf("%s: %v, %+v", what, err, answer)
		}
		time.Sleep(100 * time.Millisecond)
	}
}
