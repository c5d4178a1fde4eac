package ui

import (
	"context"
	"fmt"
	"image"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/ui/draw"
)

// AvatarFunc fetches the picture at an address that the service at endpoint
// gave.
type AvatarFunc func(ctx context.Context, address, endpoint string) (image.Image, error)

// avatars are the pictures of the people that were looked at.
type avatars struct {
	get AvatarFunc
	// on is set where they are wanted.
	on bool
	// graphics is set where the terminal draws pictures itself.
	graphics bool
	known    map[avatarID]*avatar
	// loading is how many are being fetched.
	loading int
	// version counts what changed.
	version int
}

// avatarID is a picture as the service at an endpoint names it.
type avatarID struct{ address, endpoint string }

// graphic is the picture in a size as the terminal knows it.
func (id avatarID) graphic(size draw.Size) draw.Graphic { return draw.NewGraphic(fmt.Sprint(id), size) }

// avatar is one picture. There is none until it was fetched, nor after that
// failed, at the time of tried.
type avatar struct {
	picture image.Image
	loading bool
	tried   time.Time
	blocks  memo[draw.Size, []string]
	// sent says for each size whether the terminal has the picture: not set
	// where it was not sent, false while it is on the way.
	sent map[draw.Size]bool
}

// avatarFetchedMsg brings a picture, or nil where there is none.
type avatarFetchedMsg struct {
	id      avatarID
	picture image.Image
}

// avatarSentMsg tells that the terminal has a picture.
type avatarSentMsg struct {
	id   avatarID
	size draw.Size
}

const (
	maxAvatars = 64
	// maxAvatarsLoading bounds what is fetched at a time.
	maxAvatarsLoading = 4
	avatarTimeout     = 30 * time.Second
	// avatarPause is how long after a failure a picture is asked for again.
	avatarPause = 10 * time.Minute
)

func newAvatars(get AvatarFunc) *avatars {
	return &avatars{get: get, known: map[avatarID]*avatar{}}
}

// allow takes in whether pictures are wanted.
func (a *avatars) allow(on bool) {
	if on = on && a.get != nil; on != a.on {
		a.on = on
		a.version++
	}
}

// handle takes in what came of a fetch, and what the terminal is.
func (a *avatars) handle(msg tea.Msg, now time.Time) {
	switch msg := msg.(type) {
	case tea.TerminalVersionMsg:
		a.graphics = draw.HasGraphics(msg.Name)
	case avatarFetchedMsg:
		a.loading--
		if v := a.known[msg.id]; v != nil {
			v.picture, v.loading, v.tried = msg.picture, false, now
		}
	case avatarSentMsg:
		if v := a.known[msg.id]; v != nil && v.sent != nil {
			v.sent[msg.size] = true
		}
	case tea.ResumeMsg:
		// The terminal forgets the pictures of a screen that it left.
		for _, v := range a.known {
			v.sent = nil
		}
	}
	a.version++
}

// of is the picture of a row's user; nil where none was fetched.
func (a *avatars) of(r *row) (avatarID, *avatar) {
	id, ok := avatarOf(r)
	if !ok {
		return id, nil
	}
	v := a.known[id]
	if v == nil || v.picture == nil {
		return id, nil
	}
	return id, v
}

// avatarOf is the picture that the service has of a row's user.
func avatarOf(r *row) (avatarID, bool) {
	if r == nil || r.snap.Account == nil || r.snap.Account.User.AvatarURL == "" {
		return avatarID{}, false
	}
	return avatarID{r.snap.Account.User.AvatarURL, r.snap.Endpoint}, true
}

// want asks for the picture of a row, and sends it to a terminal that draws
// it in a size.
func (a *avatars) want(r *row, size draw.Size, now time.Time) tea.Cmd {
	id, ok := avatarOf(r)
	if !ok || !a.on || size.H == 0 {
		return nil
	}
	v := a.known[id]
	switch {
	case v != nil && v.picture != nil:
		if _, sent := v.sent[size]; sent || !a.graphics {
			return nil
		}
		if v.sent == nil {
			v.sent = map[draw.Size]bool{}
		}
		v.sent[size] = false
		return sendAvatarCmd(id, v.picture, size)
	case a.loading >= maxAvatarsLoading, v != nil && (v.loading || now.Sub(v.tried) < avatarPause):
		return nil
	}
	var forget tea.Cmd
	if len(a.known) >= maxAvatars {
		forget = a.forget()
	}
	a.loading++
	a.known[id] = &avatar{loading: true}
	return tea.Batch(forget, fetchAvatarCmd(a.get, id))
}

func fetchAvatarCmd(get AvatarFunc, id avatarID) tea.Cmd {
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), avatarTimeout)
		defer cancel()
		picture, err := get(ctx, id.address, id.endpoint)
		if err != nil {
			// The initials stand there instead, which says enough.
			picture = nil
		}
		return avatarFetchedMsg{id, picture}
	}
}

// sendAvatarCmd sends a picture to the terminal, for the placeholders of a
// size. They are drawn when it is there.
func sendAvatarCmd(id avatarID, picture image.Image, size draw.Size) tea.Cmd {
	send := func() tea.Msg {
		raw, err := id.graphic(size).Transmission(picture)
		if err != nil {
			return nil
		}
		return tea.RawMsg{Msg: raw}
	}
	return tea.Sequence(send, func() tea.Msg { return avatarSentMsg{id, size} })
}

// forget drops all pictures, here and in the terminal.
func (a *avatars) forget() tea.Cmd {
	if raw := a.drop(); raw != "" {
		return tea.Raw(raw)
	}
	return nil
}

// drop drops all pictures here, and is what has the terminal drop them.
func (a *avatars) drop() (raw string) {
	for id, v := range a.known {
		for size := range v.sent {
			raw += id.graphic(size).Deletion()
		}
	}
	clear(a.known)
	a.version++
	return raw
}
