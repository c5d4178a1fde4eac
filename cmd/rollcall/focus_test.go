//go:build unix

package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// TestFocus has a terminal tell that nobody looks: checks go on, and only what they
// find is drawn. When somebody looks again, the ages are those of that moment.
func TestFocus(t *testing.T) {
	t.Parallel()
	var refuses atomic.Bool
	asked := make(chan struct{}, 100)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		select {
		case asked <- struct{}{}:
		default:
		}
		if refuses.Load() {
			w.WriteHeader(http.StatusForbidden)
			io.WriteString(w, `{"error":{"code":"invalid_api_token","description":"no","detail":{}}}`)
			return
		}
		io.WriteString(w, `{"user":{"id":"user_1","first_name":"Sam","last_name":"Roe"}}`)
	}))
	defer s.Close()
	w := newWorld(t)
	var profiles strings.Builder
	for i := range 5 {
		fmt.Fprintf(&profiles, "[profiles.p%d]\nprovider = \"katapult\"\nbase_url = %q\ntoken = \"kt-%d\"\n", i, s.URL, i)
	}
	path := w.write(".config/rollcall/config.toml", "refresh_interval = \"2s\"\n"+profiles.String())
	m := start(t, 120, 36, []string{"HOME=" + w.home}, "--config", path, "--profile", "p0")
	m.shows("Sam Roe", "all 5 fine", "next check")
	m.press("\x1b[O")
	m.until("header without a countdown", func(screen string) bool { return !strings.Contains(screen, "next check") })
	_, before := m.framesFrom(-1)
	for range 20 {
		<-asked
	}
	// Twenty checks of five profiles: only those of the selected one are told of, with
	// the time at which they came.
	if frames, now := m.framesFrom(before); now-before > 12 {
		t.Errorf("%d frames are drawn while nobody looks; the last one:\n%s", now-before, frames[len(frames)-1])
	}
	refuses.Store(true)
	m.shows("5 now", "invalid token")
	m.press("\x1b[I")
	m.shows("checked")
	refuses.Store(false)
	m.press("R")
	m.shows("all 5 fine", "next check")
	m.press("q")
	m.exit()
}
