package ui

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/ui/draw"
)

// quarters is a picture of four colours.
func quarters() image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, 128, 128))
	for y := range 128 {
		for x := range 128 {
			m.SetNRGBA(x, y, color.NRGBA{uint8(x / 64 * 200), uint8(y / 64 * 200), 90, 0xff})
		}
	}
	return m
}

// portraits are the samples with a picture for the first.
func portraits() []account.Snapshot {
	all := sampleSnapshots()
	all[0].Account.User.AvatarURL = "https://pictures.example.org/sam.png"
	return all
}

// showing is a dashboard on which pictures are got.
func showing(get AvatarFunc, o Options, w, h int) *bench {
	o.Avatar = get
	if o.Config == nil {
		o.Config = sampleProfiles()
	}
	o.Config.UI.Avatars = true
	b := newBench(o)
	b.send(tea.WindowSizeMsg{Width: w, Height: h}, account.Event{Snapshots: portraits()})
	return b
}

func getQuarters(context.Context, string, string) (image.Image, error) { return quarters(), nil }

// firstPicture runs the commands of the last message and takes in what they
// tell of pictures.
func (b *bench) firstPicture(t *testing.T) {
	t.Helper()
	for _, msg := range b.run(t) {
		if _, ok := msg.(avatarFetchedMsg); ok {
			b.send(msg)
			return
		}
	}
	t.Fatal("no picture was asked for")
}

func TestPictureTakesThePlaceOfInitials(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []string
		b := showing(func(ctx context.Context, address, endpoint string) (image.Image, error) {
			if _, limited := ctx.Deadline(); !limited {
				t.Error("no time limit")
			}
			asked = append(asked, address+" of "+endpoint)
			return quarters(), nil
		}, Options{}, 120, 36)
		b.wants(t, "   SR   ", "user_8bXgZk3QpL")
		before := strings.Split(b.text(), "\n")
		b.firstPicture(t)
		b.wants(t, "▀▀▀▀▀▀▀▀  Sam Roe")
		b.lacks(t, "   SR   ")
		for i, l := range strings.Split(b.text(), "\n") {
			if c, d := strings.Index(l, "Organizations"), strings.Index(before[i], "Organizations"); c != d {
				t.Errorf("the screen moved: %q was %q", l, before[i])
			}
		}
		want := []string{"https://pictures.example.org/sam.png of https://api.katapult.io/core/v1/users/current"}
		if !slices.Equal(asked, want) {
			t.Errorf("asked for %q", asked)
		}
		// It is asked for once, whatever happens.
		b.press("down", "up")
		b.send(account.Event{Snapshots: portraits()[:1]})
		b.run(t)
		if len(asked) != 1 {
			t.Errorf("asked for %q", asked)
		}
	})
}

func TestPictureThatCannotBeHad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		b := showing(func(context.Context, string, string) (image.Image, error) {
			asked++
			return image.NewNRGBA(image.Rectangle{}), errors.New("no")
		}, Options{}, 120, 36)
		b.firstPicture(t)
		b.wants(t, "   SR   ")
		later := func(d time.Duration) {
			b.now = b.now.Add(d)
			b.send(clockTickedMsg{b.now, b.clock.generation})
			b.run(t)
		}
		later(avatarPause - time.Second)
		if asked != 1 {
			t.Errorf("asked %d times at once", asked)
		}
		later(2 * time.Second)
		if asked != 2 {
			t.Errorf("asked %d times later", asked)
		}
	})
}

func TestNoPictures(t *testing.T) {
	t.Parallel()
	never := func(context.Context, string, string) (image.Image, error) {
		t.Error("a picture was asked for")
		return nil, errors.New("no")
	}
	for name, c := range map[string]struct {
		o       Options
		theme   string
		keys    []string
		w, h    int
		off     bool
		present string
	}{
		"turned off":    {Options{}, "auto", nil, 120, 36, true, "user id"},
		"16 colours":    {Options{FewColors: true}, "auto", nil, 120, 36, false, "│ SR │"},
		"no colour":     {Options{NoColor: true}, "auto", nil, 120, 36, false, "│ SR │"},
		"mono":          {Options{}, "mono", nil, 120, 36, false, "│ SR │"},
		"ASCII":         {Options{ASCII: true}, "auto", nil, 120, 36, false, "| SR |"},
		"another view":  {Options{}, "auto", []string{"o"}, 120, 36, false, "Overview"},
		"another pane":  {Options{}, "auto", nil, 60, 20, false, "Profiles"},
		"little height": {Options{}, "auto", []string{"tab"}, 80, 6, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c.o.Config = sampleProfiles()
			c.o.Config.UI.Theme = c.theme
			b := showing(never, c.o, 1, 1)
			b.config.UI.Avatars = !c.off
			b.press(c.keys...)
			b.send(tea.WindowSizeMsg{Width: c.w, Height: c.h})
			b.wants(t, c.present)
			if c.off {
				b.lacks(t, "SR")
			}
			if b.avatars.loading != 0 {
				t.Error("a picture is being fetched")
			}
		})
	}
	b := newBench(Options{})
	b.config.UI.Avatars = true
	b.send(tea.WindowSizeMsg{Width: 120, Height: 36}, account.Event{Snapshots: portraits()})
	if b.lacks(t, "   SR   "); b.avatars.loading != 0 {
		t.Error("a picture is being fetched by nothing")
	}
}

func TestPicturesAreTurnedOffWhileRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := showing(getQuarters, Options{}, 120, 36)
		b.firstPicture(t)
		b.config.UI.Avatars = false
		b.send(clockTickedMsg{b.now, b.clock.generation})
		b.lacks(t, "▀▀▀▀▀▀▀▀", "   SR   ")
		b.config.UI.Avatars = true
		b.send(clockTickedMsg{b.now, b.clock.generation})
		b.wants(t, "▀▀▀▀▀▀▀▀")
	})
}

func TestFewPicturesAtATimeAndInAll(t *testing.T) {
	t.Parallel()
	a := newAvatars(getQuarters)
	a.allow(true)
	rowOf := func(i int) *row {
		return &row{snap: &account.Snapshot{Account: &account.Account{User: account.User{AvatarURL: fmt.Sprint("https://pictures.example.org/", i)}}}}
	}
	size := draw.Size{W: 8, H: 4}
	for i := range maxAvatarsLoading + 3 {
		if cmd := a.want(rowOf(i), size, noon); (cmd != nil) != (i < maxAvatarsLoading) {
			t.Errorf("picture %d: asked for is %t", i, cmd != nil)
		}
	}
	for i := range 3 * maxAvatars {
		a.loading = 0
		a.want(rowOf(i), size, noon)
		id, _ := avatarOf(rowOf(i))
		a.handle(avatarFetchedMsg{id, quarters()}, noon)
		if len(a.known) > maxAvatars {
			t.Fatalf("%d are kept", len(a.known))
		}
	}
	if _, v := a.of(rowOf(3*maxAvatars - 1)); v == nil {
		t.Error("the last one is not kept")
	}
	a.handle(avatarFetchedMsg{avatarID{"https://pictures.example.org/0", ""}, quarters()}, noon) // was dropped
}

func TestGoldenPictures(t *testing.T) {
	for _, c := range []struct {
		name string
		o    Options
		keys []string
		w, h int
	}{
		{"picture", Options{}, nil, 80, 24}, {"picture", Options{}, nil, 120, 36}, {"picture", Options{}, nil, 200, 50},
		{"picture", Options{}, []string{"tab"}, 40, 10}, {"initials", Options{}, []string{"2"}, 80, 24},
		{"initials", Options{}, []string{"4"}, 120, 36}, {"initials-ascii", Options{ASCII: true}, []string{"2"}, 80, 24},
	} {
		name := fmt.Sprintf("%s-%dx%d", c.name, c.w, c.h)
		t.Run(name, func(t *testing.T) {
			b := showing(getQuarters, c.o, c.w, c.h)
			b.press(c.keys...)
			if id, ok := avatarOf(b.selection.current()); ok {
				b.send(avatarFetchedMsg{id, quarters()})
			}
			checkSize(t, b, c.w, c.h)
			golden(t, name, b.text())
		})
	}
}

// TestEverySizeWithAPicture fills each size exactly, with and without one.
func TestEverySizeWithAPicture(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{{}, {ASCII: true, NoColor: true}} {
		b := showing(getQuarters, o, 100, 30)
		id, _ := avatarOf(b.selection.current())
		for _, w := range []int{40, 41, 55, 69, 70, 80, 95, 110, 120, 160, 300} {
			for _, h := range []int{10, 12, 15, 20, 24, 36, 50, 100} {
				b.send(tea.WindowSizeMsg{Width: w, Height: h})
				for _, key := range []string{"2", "tab", "4", "1"} {
					b.press(key)
					checkSize(t, b, w, h)
				}
				if w == 95 {
					b.send(avatarFetchedMsg{id, quarters()}, tea.TerminalVersionMsg{Name: "kitty(0.40.0)"})
				}
			}
		}
	}
}

func TestNoPictureWhilePrivate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := showing(getQuarters, Options{}, 120, 36)
		b.firstPicture(t)
		b.wants(t, "▀▀▀▀▀▀▀▀  Sam Roe")
		b.setPrivate(true)
		b.send(spinnerTurnedMsg{})
		if id, ok := avatarOf(b.selection.current()); ok {
			t.Errorf("the picture %v is shown", id)
		}
		b.lacks(t, "   SR   ", "Sam Roe")
		b.setPrivate(false)
		b.send(spinnerTurnedMsg{})
		b.wants(t, "▀▀▀▀▀▀▀▀  Sam Roe")
	})
}

// BenchmarkPicture is a key that moves to a profile with a picture, or away
// from it, and its screen.
func BenchmarkPicture(b *testing.B) {
	forSizes(b, func(b *testing.B, d *bench, _ []account.Snapshot) {
		d.avatars.get = getQuarters
		d.config.UI.Avatars = true
		d.roster.rows[0].snap.Account.User.AvatarURL = "https://pictures.example.org/sam.png"
		d.press("home")
		id, _ := avatarOf(d.selection.current())
		d.send(avatarFetchedMsg{id, quarters()})
		down, up := keyPress("down"), keyPress("up")
		for b.Loop() {
			d.Update(down)
			d.View()
			d.Update(up)
			d.View()
		}
	})
}
