package demo

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"strings"
	"sync"

	"rollcall/client/demo/sample"
)

// tokenPath is where a demo service gives out new tokens, in the place of the page
// that the real one has for that.
const tokenPath = "/new-token"

// desk gives out the new tokens of one service: for each account the first of its
// spares that nobody has shown to the service yet.
type desk struct {
	service sample.Service

	mu    sync.Mutex
	shown map[string]bool
}

func newDesk(s sample.Service) *desk { return &desk{service: s, shown: map[string]bool{}} }

// wrap serves the page beside the service, and notes which tokens were shown.
func (d *desk) wrap(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == tokenPath {
			d.page(w, r)
			return
		}
		d.mu.Lock()
		d.shown[d.service.TokenOf(r)] = true
		d.mu.Unlock()
		h.ServeHTTP(w, r)
	})
}

// offer is a new token for an account.
type offer struct{ Profile, About, Token string }

// offers are the new tokens of all accounts, in the order of the configuration.
func (d *desk) offers() []offer {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []offer
	for _, p := range d.service.Profiles {
		for _, token := range p.Spares {
			if !d.shown[token] {
				all = append(all, offer{p.Name, p.About, token})
				break
			}
		}
	}
	return all
}

// page shows the new tokens: as a page to a browser, and in lines to others.
func (d *desk) page(w http.ResponseWriter, r *http.Request) {
	if strings.Contains(r.Header.Get("Accept"), "text/html") {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, deskPage(d.service.About, d.offers()))
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	for _, o := range d.offers() {
		fmt.Fprintf(w, "%-12s %s\n", o.Profile, o.Token)
	}
}

// deskPage is the page for browsers. A template would have the linker keep every
// method of the program.
func deskPage(title string, offers []offer) string {
	var rows strings.Builder
	for _, o := range offers {
		fmt.Fprintf(&rows, "\n<tr id=\"%[1]s\"><td><b>%[1]s</b></td><td><code>%s</code><br><small>%s</small></td></tr>",
			html.EscapeString(o.Profile), html.EscapeString(o.Token), html.EscapeString(o.About))
	}
	return fmt.Sprintf(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>%[1]s: new tokens</title>
<style>body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color-scheme:light dark}
td{vertical-align:top;padding:.3em 1em .3em 0}code{word-break:break-all;user-select:all}</style></head>
<body><h1>%[1]s: new tokens</h1>
<p>This page belongs to the demo of rollcall. Copy the token of the profile that you rotate, and paste it there.</p>
<table>%[2]s
</table></body></html>
`, html.EscapeString(title), rows.String())
}

// TokenPage is where the demo gives out new tokens for the service that a profile
// asks; empty where that is none of the demo's.
func (s *Server) TokenPage(provider, baseURL string) string {
	for _, one := range s.services {
		if one.Provider == provider && (baseURL == one.URL || strings.HasPrefix(baseURL, one.URL+"/")) {
			return s.desks[provider]
		}
	}
	return ""
}
