package gitea

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/client/demo/web"
)

// prefix is what the API has before its paths.
const prefix = "/api/v1"

// server answers for all accounts.
type server struct {
	now        func() time.Time
	byToken    map[string]*account
	byPassword map[[2]string]*account
}

// endpoint answers a request whose credential was accepted.
type endpoint struct {
	scopes []string
	answer func(s *server, r *http.Request, acc *account) (any, *refusal)
}

// newHandler serves the part of Gitea's API that rollcall asks.
func newHandler(s *server) http.Handler {
	routes := http.NewServeMux()
	for path, e := range map[string]endpoint{
		"/user":        {[]string{"read:user"}, showUser},
		"/user/emails": {[]string{"read:user"}, listEmails},
		"/user/teams":  {[]string{"read:user"}, listTeams},
		"/user/orgs":   {[]string{"read:user", "read:organization"}, listOrganizations},
		"/admin/cron":  {[]string{"read:admin"}, listTasks},
	} {
		routes.Handle("GET "+prefix+path, s.identified(e))
	}
	routes.HandleFunc("GET /avatars/{picture}", web.ServeAvatar) // for anybody
	routes.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		plain(w, http.StatusNotFound, "404 page not found\n")
	})
	return routes
}

// plain answers in plain text.
func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}

// tokenOf is the token of a request, or empty.
func tokenOf(r *http.Request) string {
	kind, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(kind, "token") || strings.EqualFold(kind, "bearer") {
		return token
	}
	return ""
}

// authenticate finds the account of a request. With a refusal it is nil.
func (s *server) authenticate(r *http.Request) (*account, *refusal) {
	acc, shown := s.byToken[tokenOf(r)], tokenOf(r) != ""
	if name, password, ok := r.BasicAuth(); ok {
		acc, shown = s.byPassword[[2]string{name, password}], true
	}
	switch {
	case !shown:
		return nil, errRequired()
	case acc == nil:
		return nil, errUnknown()
	}
	return acc, nil
}

// identified serves an endpoint to those whose credential is accepted.
func (s *server) identified(e endpoint) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		acc, no := s.authenticate(r)
		if acc != nil && acc.crowded {
			w.Header().Set("Retry-After", "60")
			plain(w, http.StatusTooManyRequests, "Too Many Requests\n")
			return
		}
		switch {
		case no != nil:
		case acc.user.prohibited, acc.user.idle:
			no = errProhibited()
		case acc.user.fresh:
			no = errPassword(r.Host)
		case acc.lacks(e.scopes...):
			no = errScopes(e.scopes, acc.scopes)
		}
		var body any
		if no == nil {
			body, no = e.answer(s, r, acc)
		}
		if no != nil {
			no.write(w, r.Host)
			return
		}
		if list, ok := body.([]web.Object); ok {
			w.Header().Set("X-Total-Count", strconv.Itoa(len(list)))
			body = web.PageOf(r, list, web.Paging{Parameter: "limit", Usual: 30, Most: 50}).Rows
		}
		w.Header().Set("Cache-Control", "max-age=0, private, must-revalidate, no-transform")
		w.Header().Set("Content-Type", "application/json;charset=utf-8")
		_, _ = w.Write(web.Encode(body))
	})
}

// never is how Gitea writes a time that there never was.
const never = "1970-01-01T00:00:00Z"

func showUser(s *server, r *http.Request, acc *account) (any, *refusal) {
	u := acc.user
	return web.Object{
		"id": u.id, "login": u.login, "login_name": u.loginName, "source_id": u.source, "full_name": u.name, "email": u.emails[0],
		"avatar_url": web.AvatarURL(r.Host, strconv.FormatInt(u.id, 10)), "html_url": "http://" + r.Host + "/" + u.login,
		"language": "", "is_admin": u.admin, "last_login": never, "created": "2021-02-03T04:05:06Z", "restricted": false,
		"active": true, "prohibit_login": false, "location": "", "website": "", "description": "", "visibility": "public",
		"followers_count": 0, "following_count": 0, "starred_repos_count": 0, "username": u.login,
	}, nil
}

func listEmails(_ *server, _ *http.Request, acc *account) (any, *refusal) {
	var all []web.Object
	for i, e := range acc.user.emails {
		// Whose they are is not told here.
		all = append(all, web.Object{"email": e, "verified": true, "primary": i == 0, "user_id": 0, "username": ""})
	}
	return all, nil
}

func (o organization) json(host string) web.Object {
	return web.Object{
		"id": o.id, "name": o.name, "full_name": o.fullName, "email": "", "avatar_url": web.AvatarURL(host, strconv.FormatInt(o.id, 10)),
		"description": "", "website": "", "location": "", "visibility": "public", "repo_admin_change_team_access": false, "username": o.name,
	}
}

// listTeams tells what teams may do: all that is less than to administer is a matter
// of parts of repositories.
func listTeams(s *server, r *http.Request, acc *account) (any, *refusal) {
	all := []web.Object{}
	for _, t := range acc.user.in(s.now()) {
		permission := "none"
		if t.permission == "owner" || t.permission == "admin" {
			permission = t.permission
		}
		all = append(all, web.Object{
			"id": t.id, "name": t.name, "description": "", "organization": t.organization.json(r.Host), "includes_all_repositories": false,
			"permission": permission, "units": []string{"repo.code"}, "units_map": web.Object{"repo.code": t.permission}, "can_create_org_repo": false,
		})
	}
	return all, nil
}

func listOrganizations(s *server, r *http.Request, acc *account) (any, *refusal) {
	all := []web.Object{}
	var seen []int64
	for _, t := range acc.user.in(s.now()) {
		if !slices.Contains(seen, t.organization.id) {
			seen = append(seen, t.organization.id)
			all = append(all, t.organization.json(r.Host))
		}
	}
	return all, nil
}

func listTasks(_ *server, _ *http.Request, acc *account) (any, *refusal) {
	if !acc.user.admin {
		return nil, errAdmin()
	}
	return []web.Object{}, nil
}

// refusal is how Gitea says no. bare is set where the checks of a user do, which do not name
// the description of the API.
type refusal struct {
	status  int
	message string
	bare    bool
}

func (e *refusal) write(w http.ResponseWriter, host string) {
	body := web.Object{"message": e.message}
	if !e.bare {
		body["url"] = "http://" + host + "/api/swagger"
	}
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.WriteHeader(e.status)
	_, _ = w.Write(web.Encode(body))
}

func errRequired() *refusal {
	return &refusal{status: http.StatusUnauthorized, message: "token is required"}
}

func errUnknown() *refusal {
	return &refusal{status: http.StatusUnauthorized, message: "invalid username, password or token"}
}

func errAdmin() *refusal {
	return &refusal{status: http.StatusForbidden, message: "user should be the site admin"}
}

func errProhibited() *refusal {
	return &refusal{http.StatusForbidden, "This account is prohibited from signing in, please contact your site administrator.", true}
}

func errPassword(host string) *refusal {
	return &refusal{http.StatusForbidden, "You must change your password. Change it at: http://" + host + "//user/change_password", true}
}

func errScopes(required, own []string) *refusal {
	return &refusal{status: http.StatusForbidden, message: fmt.Sprintf(
		"token does not have at least one of required scope(s), required=%v, token scope=%s", required, strings.Join(own, ","))}
}
