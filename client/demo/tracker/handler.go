package tracker

import (
	"net/http"
	"strconv"
	"time"

	"rollcall/client/demo/web"
)

// account is what the tracker knows of a token.
type account struct {
	id                         int
	login, first, last         string
	projects                   []project
	tokenName, scopes, problem string
	ends                       time.Time
	// quota is how many requests a minute the token may send; 0 for fifty.
	quota int
	// joined is a project that the user is in from a moment on.
	joined project
	from   time.Time
}

type project struct{ Key, Name, Role string }

// What the tracker says of tokens that it does not let in.
const (
	revoked = "revoked"
	mayNot  = "may_not"
	team    = "belongs_to_a_team"
	crowded = "too_many"
	guest   = "guest"
)

// server answers for all accounts.
type server struct {
	now     func() time.Time
	limits  *web.Limiter
	byToken map[string]*account
}

func newHandler(s *server) http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("GET /api/me", s.me)
	routes.HandleFunc("GET /avatars/{picture}", web.ServeAvatar) // for anybody
	routes.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, http.StatusNotFound, "no_such_page", "There is nothing at this address")
	})
	return routes
}

func refuse(w http.ResponseWriter, status int, problem, text string) {
	web.SendJSON(w, status, web.Object{"problem": problem, "text": text})
}

// me tells who the token's owner is.
func (s *server) me(w http.ResponseWriter, r *http.Request) {
	token := web.Bearer(r)
	acc := s.byToken[token]
	switch {
	case token == "":
		refuse(w, http.StatusUnauthorized, "no_token", "The request has no token")
		return
	case acc == nil:
		refuse(w, http.StatusUnauthorized, "unknown_token", "This token is not known")
		return
	}
	quota := acc.quota
	if quota == 0 {
		quota = 50
	}
	left, ok := s.limits.Take(token, quota)
	if acc.problem == crowded {
		left, ok = 0, false
	}
	w.Header().Set("X-Quota", strconv.Itoa(quota))
	w.Header().Set("X-Quota-Left", strconv.Itoa(left))
	w.Header().Set("X-Quota-Seconds", "60")
	switch {
	case !ok:
		refuse(w, http.StatusTooManyRequests, crowded, "Wait a minute")
	case acc.problem == revoked:
		refuse(w, http.StatusForbidden, revoked, "The token was revoked")
	case acc.problem == mayNot:
		refuse(w, http.StatusForbidden, mayNot, "The token may only report issues")
	case acc.problem == team:
		refuse(w, http.StatusConflict, team, "The token belongs to a team")
	case acc.problem == guest:
		web.SendJSON(w, http.StatusOK, web.Object{"id": nil, "guest": true})
	default:
		web.SendJSON(w, http.StatusOK, acc.json(r.Host, s.now()))
	}
}

func (acc *account) json(host string, now time.Time) web.Object {
	projects := []web.Object{}
	for _, p := range acc.in(now) {
		projects = append(projects, web.Object{"key": p.Key, "name": p.Name, "role": p.Role})
	}
	var ends any
	if !acc.ends.IsZero() {
		ends = acc.ends.UTC().Format(time.RFC3339)
	}
	return web.Object{
		"id": acc.id, "login": acc.login, "first": acc.first, "last": acc.last, "email": acc.login + "@example.com",
		"picture": web.AvatarURL(host, acc.login), "projects": projects,
		"token": web.Object{"name": acc.tokenName, "ends": ends, "may": acc.scopes},
	}
}

// in are the projects of the user at a moment.
func (acc *account) in(now time.Time) []project {
	if acc.from.IsZero() || now.Before(acc.from) {
		return acc.projects
	}
	return append(acc.projects[:len(acc.projects):len(acc.projects)], acc.joined)
}
