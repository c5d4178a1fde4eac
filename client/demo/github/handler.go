package github

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/client/demo/web"
)

// prefix is what an Enterprise Server has before the paths of its API.
const prefix = "/api/v3"

// limits is the path that tells budgets, and costs nothing of them.
const limits = "/rate_limit"

// endpoint answers a request whose token was accepted.
type endpoint func(s *server, w http.ResponseWriter, r *http.Request, acc *account) (any, *refusal)

// server answers for all accounts.
type server struct {
	now     func() time.Time
	byToken map[string]*account
	budgets *web.Quota
}

// newHandler serves the part of GitHub's API that rollcall asks, to accounts by
// their tokens.
func newHandler(now func() time.Time, byToken map[string]*account) http.Handler {
	s := &server{now: now, byToken: byToken, budgets: web.NewQuota(now, time.Hour)}
	routes := http.NewServeMux()
	for path, answer := range map[string]endpoint{
		"/user":                  showUser,
		"/user/memberships/orgs": listMemberships,
		"/user/orgs":             listOrganizations,
		"/user/emails":           listEmails,
		"/user/social_accounts":  listSocials,
		limits:                   showLimits,
	} {
		routes.Handle("GET "+prefix+path, s.identified(path, answer))
	}
	routes.HandleFunc("GET /avatars/{picture}", web.ServeAvatar) // for anybody
	routes.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { errNotFound().write(w) })
	return routes
}

// identified serves an endpoint to those whose token is accepted. What has not
// changed since the caller saw it is not sent again, and costs nothing.
func (s *server) identified(path string, answer endpoint) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Github-Media-Type", "github.v3; format=json")
		acc, no := s.authenticate(w.Header(), r)
		free := path == limits
		if no == nil && !free {
			no = s.admit(acc)
		}
		var body any
		if no == nil {
			body, no = answer(s, w, r, acc)
		}
		if no != nil {
			s.count(w.Header(), acc, free)
			no.write(w)
			return
		}
		text := web.Encode(body)
		sum := sha256.Sum256(append(text, w.Header().Get("Link")...))
		tag := `W/"` + hex.EncodeToString(sum[:]) + `"`
		w.Header().Set("Etag", tag)
		w.Header().Set("Cache-Control", "private, max-age=60, s-maxage=60")
		unchanged := r.Header.Get("If-None-Match") == tag
		s.count(w.Header(), acc, free || unchanged)
		if unchanged {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Write(text)
	})
}

// bearer is the token of a request, or empty.
func bearer(r *http.Request) string {
	if token, found := strings.CutPrefix(r.Header.Get("Authorization"), "token "); found {
		return token
	}
	return web.Bearer(r)
}

// authenticate finds the token's account, and tells what the token may do in the
// headers of the answer.
func (s *server) authenticate(answer http.Header, r *http.Request) (*account, *refusal) {
	token := bearer(r)
	if token == "" {
		return nil, errNoToken()
	}
	acc := s.byToken[token]
	if acc == nil || acc.revoked || !acc.end.IsZero() && !s.now().Before(acc.end) {
		return nil, errBadToken()
	}
	if version := r.Header.Get("X-Github-Api-Version"); version != "" && version != "2022-11-28" {
		return acc, errVersion()
	}
	if acc.scopes != nil {
		answer.Set("X-Oauth-Scopes", strings.Join(acc.scopes, ", "))
		answer.Set("X-Accepted-Oauth-Scopes", "")
	}
	switch layout := "2006-01-02 15:04:05 UTC"; {
	case acc.end.IsZero():
	case acc.elsewhere:
		answer.Set("Github-Authentication-Token-Expiration", acc.end.In(time.FixedZone("", 2*3600)).Format("2006-01-02 15:04:05 -0700"))
	default:
		answer.Set("Github-Authentication-Token-Expiration", acc.end.UTC().Format(layout))
	}
	return acc, nil
}

// admit refuses what is too much.
func (s *server) admit(acc *account) *refusal {
	switch {
	case acc.user == nil:
		return nil
	case acc.user.suspended:
		return errSuspended()
	case acc.burst:
		return errBurst(2 * time.Minute)
	}
	if used, _ := s.budgets.Used(acc.user.login); used >= acc.budget() {
		return errLimit(acc.user.id)
	}
	return nil
}

// count counts a request of the user of a token, unless it is free, and tells what is
// left.
func (s *server) count(answer http.Header, acc *account, free bool) {
	if acc == nil {
		return
	}
	key := "installation"
	if acc.user != nil {
		key = acc.user.login
	}
	used, _ := s.budgets.Used(key)
	if !free && used < acc.budget() {
		s.budgets.Spend(key)
	}
	used, reset := s.budgets.Used(key)
	for name, n := range map[string]int64{
		"Limit": int64(acc.budget()), "Remaining": int64(acc.budget() - used), "Used": int64(used), "Reset": reset.Unix(),
	} {
		answer.Set("X-Ratelimit-"+name, strconv.FormatInt(n, 10))
	}
	answer.Set("X-Ratelimit-Resource", "core")
}

// showUser tells who the token's owner is.
func showUser(_ *server, _ http.ResponseWriter, r *http.Request, acc *account) (any, *refusal) {
	if acc.user == nil {
		return nil, errIntegration()
	}
	return acc.user.json(r.Host, acc.scopes == nil || slices.Contains(acc.scopes, "user") || slices.Contains(acc.scopes, "read:user")), nil
}

// showLimits tells all budgets.
func showLimits(s *server, _ http.ResponseWriter, _ *http.Request, acc *account) (any, *refusal) {
	key := "installation"
	if acc.user != nil {
		key = acc.user.login
	}
	used, reset := s.budgets.Used(key)
	bucket := func(limit, used int) web.Object {
		return web.Object{"limit": limit, "used": used, "remaining": limit - used, "reset": reset.Unix()}
	}
	core := bucket(acc.budget(), used)
	return web.Object{"rate": core, "resources": web.Object{"core": core, "search": bucket(30, 0), "graphql": bucket(usualLimit, acc.graphql)}}, nil
}
