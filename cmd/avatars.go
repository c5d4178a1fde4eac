package cmd

import (
	"path/filepath"

	"rollcall/client"
	"rollcall/config"
	"rollcall/ui"
)

// avatars fetches the pictures of the dashboard. Those of the demo are not
// kept: its addresses are others each time. Without a folder none are.
func (a *app) avatars() ui.AvatarFunc {
	dir := ""
	if !a.demo {
		if cache, err := config.CacheDir(a.getenv); err == nil {
			dir = filepath.Join(cache, "avatars")
		}
	}
	return client.NewAvatars(a.userAgent(), dir).Get
}
