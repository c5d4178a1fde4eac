package cmd

import (
	"strings"
	"testing"
)

// TestOpenURL lets nothing but a page through, and nothing at all where a
// browser would open in the terminal.
func TestOpenURL(t *testing.T) {
	t.Parallel()
	c := &console{services: builtIn(), getenv: func(string) string { return "" }}
	for _, address := range []string{
		"", "file:///etc/passwd", "javascript:alert(1)", "/usr/bin/true", "-x", "https://", "ssh://host", "http:", "https:host", "%",
	} {
		if err := c.openURL(t.Context(), address); err == nil || !strings.HasPrefix(err.Error(), "only pages") {
			t.Errorf("%q: %v", address, err)
		}
	}
	if c.hasDesktop() {
		return
	}
	if err := c.openURL(t.Context(), "https://example.org/x"); err == nil || !strings.Contains(err.Error(), "open https://example.org/x yourself") {
		t.Errorf("without a desktop: %v", err)
	}
}
