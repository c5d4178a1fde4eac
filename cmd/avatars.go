package cmd

import (
	"path/filepath"

	"rollcall/client/avatar"
	"rollcall/config"
	"rollcall/ui"
)

// avatars fetches the pictures of the dashboard. They are kept in the folder for
// caches, if there is one. The pictures of the demo are not, since their
// addresses differ from run to run.
func (a *app) avatars() ui.AvatarFunc {
	dir := ""
	if !a.demo {
		if cache, err := config.CacheDir(a.getenv); err == nil {
			dir = filepath.Join(cache, "avatars")
		}
	}
	return avatar.New(a.userAgent(), dir).Get
}
