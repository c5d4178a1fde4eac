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
// spares that nobody has shown to the service yet. It deletes the old ones, too.
type desk struct {
	service sample.Service

	mu             sync.Mutex
	shown, deleted map[string]bool
}

func newDesk(s sample.Service) *desk {
	return &desk{service: s, shown: map[string]bool{}, deleted: map[string]bool{}}
}

// wrap serves the page beside the service, and notes which tokens were shown. One that
// was deleted is none that the service knows.
func (d *desk) wrap(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == tokenPath {
			d.page(w, r)
			return
		}
		token := d.service.TokenOf(r)
		d.mu.Lock()
		d.shown[token] = true
		gone := d.deleted[token]
		d.mu.Unlock()
		if gone {
			r = spoiled(r, token)
		}
		h.ServeHTTP(w, r)
	})
}

// spoiled is a request with a token of the same kind that the service has never given
// out.
func spoiled(r *http.Request, token string) *http.Request {
	r = r.Clone(r.Context())
	cut := max(1, len(token)-4)
	unknown := token[:cut] + strings.Map(func(c rune) rune {
		switch {
		case c == 'x':
			return 'y'
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
			return 'x'
		}
		return c
	}, token[cut:])
	for _, values := range r.Header {
		for i, v := range values {
			values[i] = strings.Replace(v, token, unknown, 1)
		}
	}
	return r
}

// used are the tokens of an account that are good and were shown, the oldest first. The
// caller has mu.
func (d *desk) used(p sample.Profile) (all []string) {
	for _, token := range append([]string{p.Token}, p.Spares...) {
		if token != "" && d.shown[token] && !d.deleted[token] {
			all = append(all, token)
		}
	}
	return all
}

// remove deletes the tokens of an account but the newest that was shown, and reports
// how many there were.
func (d *desk) remove(profile string) (n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range d.service.Profiles {
		if used := d.used(p); p.Name == profile && len(used) > 1 {
			for _, token := range used[:len(used)-1] {
				d.deleted[token] = true
				n++
			}
		}
	}
	return n
}

// offer is a new token for an account, and how many older ones it has that can be
// deleted.
type offer struct {
	Profile, About, Token string
	Old                   int
}

// offers are the new tokens of all accounts, in the order of the configuration.
func (d *desk) offers() []offer {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []offer
	for _, p := range d.service.Profiles {
		for _, token := range p.Spares {
			if !d.shown[token] {
				all = append(all, offer{p.Name, p.About, token, max(0, len(d.used(p))-1)})
				break
			}
		}
	}
	return all
}

// removing is the field of a form that names the account whose old tokens are to go.
const removing = "delete"

// page shows the new tokens: as a page to a browser, and in lines to others. A form on
// it, or such a request, deletes the old tokens of an account.
func (d *desk) page(w http.ResponseWriter, r *http.Request) {
	browser := strings.Contains(r.Header.Get("Accept"), "text/html")
	if r.Method == http.MethodPost {
		n := d.remove(r.PostFormValue(removing))
		if browser {
			http.Redirect(w, r, tokenPath, http.StatusSeeOther)
			return
		}
		if n == 0 {
			http.Error(w, "It has no token that is older than the one in use.", http.StatusConflict)
			return
		}
		fmt.Fprintf(w, "Deleted: %d\n", n)
		return
	}
	if browser {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, deskPage(d.service.About, d.offers()))
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	for _, o := range d.offers() {
		fmt.Fprintf(w, "%-12s %s\n", o.Profile, o.Token)
	}
	fmt.Fprintf(w, "# curl -d %s=NAME http://%s%s deletes the old token of a profile that has a new one.\n", removing, r.Host, tokenPath)
}

// deskPage is the page for browsers. A template would have the linker keep every
// method of the program.
func deskPage(title string, offers []offer) string {
	var rows strings.Builder
	for _, o := range offers {
		old := ""
		if o.Old > 0 {
			old = fmt.Sprintf(`<form method="post"><button name="%s" value="%s">Delete the old token</button></form>`, removing, html.EscapeString(o.Profile))
		}
		fmt.Fprintf(&rows, "\n<tr id=\"%[1]s\"><td><b>%[1]s</b></td><td><code>%s</code><br><small>%s</small></td><td>%s</td></tr>",
			html.EscapeString(o.Profile), html.EscapeString(o.Token), html.EscapeString(o.About), old)
	}
	return fmt.Sprintf(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>%[1]s: new tokens</title>
<style>body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color-scheme:light dark}
td{vertical-align:top;padding:.3em 1em .3em 0}code{word-break:break-all;user-select:all}</style></head>
<body><h1>%[1]s: new tokens</h1>
<p>This page belongs to the demo of rollcall. Copy the token of the profile that you rotate, and paste it there.
Once the new one is in use, delete the old one here.</p>
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
