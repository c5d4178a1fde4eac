package cmd

import (
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
)

// painted has a function ask for frames, and says on which ticks a screen would have
// been painted until d later. It is for a bubble of synctest.
func painted(ask func(*frames), d time.Duration) (ticks []time.Duration) {
	f := &frames{ticker: time.NewTicker(oneFrame)}
	began, done := time.Now(), make(chan struct{})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case at := <-f.ticker.C:
				ticks = append(ticks, at.Sub(began))
			case <-done:
				return
			}
		}
	}()
	ask(f)
	time.Sleep(time.Until(began.Add(d)))
	f.ticker.Stop()
	close(done)
	<-ended
	return ticks
}

// One frame is painted when it is wanted, one more for what came at that moment, and
// then few.
func TestFramesRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, d := range []time.Duration{atOnce, oneFrame} {
			got := painted(func(f *frames) { f.within(d) }, time.Minute)
			if len(got) < 2 || len(got) > 8+int(time.Minute/restFrame) || got[0] != d || got[1] > d+d/2+oneFrame {
				t.Errorf("within %v: painted at %v", d, got)
			}
		}
	})
}

// What must come sooner comes sooner, and what comes often puts nothing off.
func TestFramesAreNotPutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		got := painted(func(f *frames) { f.within(oneFrame); f.within(atOnce) }, time.Second)
		if len(got) == 0 || got[0] != atOnce {
			t.Errorf("a key after something else is painted at %v", got)
		}
		got = painted(func(f *frames) {
			for range 1000 {
				f.within(oneFrame)
				time.Sleep(time.Millisecond)
			}
		}, time.Second)
		if len(got) < 30 || len(got) > 70 {
			t.Errorf("a second of messages has %d frames", len(got))
		}
	})
}

// counter shows how many messages it had.
type counter int

func (c counter) Init() tea.Cmd                       { return nil }
func (c counter) View() tea.View                      { return tea.NewView(strconv.Itoa(int(c))) }
func (c counter) Update(tea.Msg) (tea.Model, tea.Cmd) { return c + 1, nil }

// stamps notes when it is written to.
type stamps chan time.Time

func (s stamps) Write(p []byte) (int, error) {
	select {
	case s <- time.Now():
	default:
	}
	return len(p), nil
}

// The library paints when it is told to: this fails where a later version keeps its
// ticker elsewhere.
func TestPacedProgram(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := make(stamps, 1)
		p := pacedProgram(counter(0), tea.WithInput(nil), tea.WithOutput(out), tea.WithEnvironment(nil), tea.WithWindowSize(80, 24), tea.WithoutSignalHandler())
		ended := make(chan error, 1)
		go func() {
			_, err := p.Run()
			ended <- err
		}()
		time.Sleep(10*time.Second + 123*time.Millisecond)
		for _, c := range []struct {
			msg    tea.Msg
			within time.Duration
		}{{tea.KeyPressMsg{Code: 'j', Text: "j"}, atOnce}, {"news", oneFrame}, {tea.WindowSizeMsg{Width: 90, Height: 24}, atOnce}} {
			select {
			case <-out:
			default:
			}
			time.Sleep(5 * time.Second)
			sent := time.Now()
			p.Send(c.msg)
			if took := (<-out).Sub(sent); took > c.within {
				t.Errorf("%T is painted after %v, want %v", c.msg, took, c.within)
			}
		}
		p.Quit()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		time.Sleep(time.Second)
	})
}
