package gitlab

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"

	"rollcall/client/demo/web"
)

// root is the path that the installation lies below, prefix what its API has before
// its paths.
const (
	root   = "/git"
	prefix = root + "/api/v4"
)

// endpoint answers a request whose token was accepted.
type endpoint func(s *server, w http.ResponseWriter, r *http.Request, acc *account) (any, *refusal)

// server answers for all accounts.
type server struct {
	now     func() time.Time
	byToken map[string]*account
	budgets *web.Quota
}

// newHandler serves the part of GitLab's API that rollcall asks, to accounts by their
// tokens.
func newHandler(now func() time.Time, byToken map[string]*account) http.Handler {
	s := &server{now: now, byToken: byToken, budgets: web.NewQuota(now, time.Minute)}
	routes := http.NewServeMux()
	for path, answer := range map[string]endpoint{
		"/user":                        showUser,
		"/user/emails":                 listEmails,
		"/groups":                      listGroups,
		"/personal_access_tokens/self": showRecord,
		"/personal_access_tokens/self/associations": listAssociations,
	} {
		routes.Handle("GET "+prefix+path, s.identified(answer))
	}
	routes.HandleFunc("GET /avatars/{picture}", web.ServeAvatar) // for anybody
	routes.HandleFunc("/", notFound)
	return routes
}

// tokenOf is the token of a request, or empty.
func tokenOf(r *http.Request) string { return cmp.Or(r.Header.Get("Private-Token"), web.Bearer(r)) }

// identified serves an endpoint to those whose token is accepted.
func (s *server) identified(answer endpoint) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		acc := s.byToken[tokenOf(r)]
		if acc == nil {
			errUnauthorized().write(w)
			return
		}
		if !s.admit(w, acc) {
			return
		}
		no := s.authenticate(acc)
		var body any
		if no == nil {
			body, no = answer(s, w, r, acc)
		}
		if no != nil {
			no.write(w)
			return
		}
		text := web.Encode(body)
		sum := sha256.Sum256(text)
		tag := `W/"` + hex.EncodeToString(sum[:]) + `"`
		w.Header().Set("Etag", tag)
		w.Header().Set("Cache-Control", "max-age=0, private, must-revalidate")
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write(text)
	})
}

// admit counts a request, and tells what is left of the minute. It refuses what is too
// much in plain text, as what stands before the API does.
func (s *server) admit(w http.ResponseWriter, acc *account) bool {
	key := acc.user.username
	used, reset := s.budgets.Used(key)
	if acc.crowded {
		used = acc.budget() + 1
	}
	over := used >= acc.budget()
	if !over {
		s.budgets.Spend(key)
		used++
		_, reset = s.budgets.Used(key)
	}
	for name, value := range map[string]string{
		"Name": "throttle_authenticated_api", "Limit": strconv.Itoa(acc.budget()), "Observed": strconv.Itoa(used),
		"Remaining": strconv.Itoa(max(0, acc.budget()-used)), "Reset": strconv.FormatInt(reset.Unix(), 10),
	} {
		w.Header().Set("Ratelimit-"+name, value)
	}
	if !over {
		return true
	}
	w.Header().Set("Ratelimit-Resettime", reset.UTC().Format(http.TimeFormat))
	w.Header().Set("Retry-After", strconv.Itoa(max(1, int(reset.Sub(s.now())/time.Second))))
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = w.Write([]byte("Retry later\n"))
	return false
}

// authenticate tells whether a token is good.
func (s *server) authenticate(acc *account) *refusal {
	switch {
	case acc.revoked:
		return errRevoked()
	case !acc.end.IsZero() && !s.now().Before(acc.end):
		return errExpired()
	case acc.user.blocked:
		return errBlocked()
	}
	return nil
}
