package cmd

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"runtime"
	"slices"

	"rollcall/client/text"
	"rollcall/client/together"
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
	opened := together.Start(func() error { return c.startBrowser(u.String()) })
	select {
	case o := <-opened:
		err = o.Value()
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

// startBrowser starts the browser on a page. It gets no secret of a profile, and cannot
// write over what is on the terminal.
func (c *console) startBrowser(address string) error {
	var missing error
	for _, starter := range browserStarters(runtime.GOOS) {
		path, err := exec.LookPath(starter[0])
		if err != nil {
			missing = err
			continue
		}
		cmd := exec.Command(path, append(starter[1:], address)...)
		cmd.Env = c.bystanderEnviron()
		return cmd.Run()
	}
	return missing
}

// browserStarters are the programs that show a page, with their first arguments: the
// first that is there does.
func browserStarters(system string) [][]string {
	switch system {
	case "darwin":
		return [][]string{{"open"}}
	case "windows":
		return [][]string{{"rundll32", "url.dll,FileProtocolHandler"}}
	case "linux":
		return [][]string{{"xdg-open"}, {"x-www-browser"}, {"www-browser"}, {"wslview"}}
	}
	return [][]string{{"xdg-open"}}
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
