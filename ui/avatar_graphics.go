package ui

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"image"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi/kitty"
)

// drawsPictures reports whether a terminal, by the name and version it gives
// itself, draws pictures where placeholders stand.
func drawsPictures(name string) bool {
	if strings.HasPrefix(strings.ToLower(name), "ghostty") {
		return true
	}
	var major, minor int
	// Kitty has placeholders since 0.28.
	n, _ := fmt.Sscanf(name, "kitty(%d.%d", &major, &minor)
	return n == 2 && cmp.Or(cmp.Compare(major, 0), cmp.Compare(minor, 28)) >= 0
}

// sendAvatarCmd sends a picture to the terminal, for the placeholders of a
// size. They are drawn when it is there.
func sendAvatarCmd(id avatarID, picture image.Image, size avatarSize) tea.Cmd {
	send := func() tea.Msg {
		var b strings.Builder
		err := kitty.EncodeGraphics(&b, picture, &kitty.Options{
			Action: kitty.TransmitAndPut, Transmission: kitty.Direct, Format: kitty.PNG, Chunk: true, Quiet: 2,
			ID: graphicsID(id, size), VirtualPlacement: true, Columns: size.w, Rows: size.h,
		})
		if err != nil {
			return nil
		}
		return tea.RawMsg{Msg: b.String()}
	}
	return tea.Sequence(send, func() tea.Msg { return avatarSentMsg{id, size} })
}

// graphicsID names a picture in the terminal. It must fit in a colour.
func graphicsID(id avatarID, size avatarSize) int {
	h := fnv.New32a()
	fmt.Fprint(h, id, size)
	return max(1, int(h.Sum32()&0xffffff))
}

// forget drops all pictures, here and in the terminal.
func (a *avatars) forget() tea.Cmd {
	var b strings.Builder
	for id, v := range a.known {
		for size := range v.sent {
			// Into memory: writing cannot fail.
			_ = kitty.EncodeGraphics(&b, nil, &kitty.Options{
				Action: kitty.Delete, Delete: kitty.DeleteID, DeleteResources: true, ID: graphicsID(id, size), Quiet: 2,
			})
		}
	}
	clear(a.known)
	a.version++
	if b.Len() == 0 {
		return nil
	}
	return tea.Raw(b.String())
}
