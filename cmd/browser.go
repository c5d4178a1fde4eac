package cmd

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"runtime"
	"slices"

	"github.com/cli/browser"

	"rollcall/client/text"
)

// openURL shows a page in the browser. Only pages are shown: other addresses
// could start other programs.
func (c *console) openURL(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return errors.New("only pages with http:// or https:// are opened")
	}
	if !c.hasDesktop() {
		return fmt.Errorf("there is no desktop here to show a page on; open %s yourself", text.Printable(address))
	}
	// Some systems have the browser itself in the place of a program that
	// starts it, which goes on until it is closed.
	opened := make(chan error, 1)
	go func() { opened <- browser.OpenURL(u.String()) }()
	select {
	case err = <-opened:
	case <-ctx.Done():
		return ctx.Err()
	}
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("there is no program here that opens pages; open %s yourself", text.Printable(address))
	}
	if err != nil {
		return fmt.Errorf("the browser did not open: %w; open %s yourself", err, text.Printable(address))
	}
	return nil
}

// hasDesktop reports whether a browser would open beside the terminal. Without a
// desktop it would be one for the terminal, and write over what is there.
func (c *console) hasDesktop() bool {
	if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
		return true
	}
	return slices.ContainsFunc([]string{"DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "WSL_DISTRO_NAME"},
		func(name string) bool { return c.getenv(name) != "" })
}
