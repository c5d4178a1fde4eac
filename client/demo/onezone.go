package demo

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// onezone serves the part of Onezone's REST API that rollcall asks. It gives
// out no secret and changes nothing.
type onezone struct {
	now    func() time.Time
	users  map[string]*onezoneUser  // by id
	tokens map[string]*onezoneToken // by id
	routes *http.ServeMux
}

// The zone's name, and the secret that its tokens are signed with. The secret
// is worth nothing: all that it opens is this demo.
const (
	zoneDomain = "zone.example.com"
	zoneSecret = "rollcall-demo"
)

// onezoneUser is a user of the zone.
type onezoneUser struct {
	id, fullName string
	// username is empty for a user who has none.
	username, password string
	basicAuth, blocked bool
	emails             []string
	created            int64
	linked             []object
	groups             []group
	spaces             []space
	// legacy has the user told in the form of old zones only.
	legacy bool
	// fail is answered where the user is asked for.
	fail *onezoneError
	// later is what the user is from a moment on; nil for one who stays.
	later *onezoneUser
	from  time.Time
}

// at is the user as it is at a moment.
func (u *onezoneUser) at(now time.Time) *onezoneUser {
	if u != nil && u.later != nil && !now.Before(u.from) {
		return u.later
	}
	return u
}

type group struct {
	id, name, kind string
	// inherited is set where the user belongs to it through another group.
	inherited bool
}

type space struct{ id, name string }

// onezoneToken is what the zone knows of a named token.
type onezoneToken struct {
	// subject is "usr-" or "prv-" and an id.
	subject string
	revoked bool
}

// visitor is who makes a request; without a subject it is nobody.
type visitor struct {
	subject string
	// user is nil for a Oneprovider.
	user *onezoneUser
}

// onezoneEndpoint answers a request whose visitor is known.
type onezoneEndpoint func(r *http.Request, who visitor) (any, *onezoneError)

func newOnezone(now func() time.Time, samples []sample) *onezone {
	o := &onezone{
		now: now, routes: http.NewServeMux(),
		users: map[string]*onezoneUser{}, tokens: map[string]*onezoneToken{},
	}
	for _, s := range samples {
		if s.onezone == nil {
			continue
		}
		if u := s.onezone.user; u != nil {
			o.users[u.id] = u
		}
		if s.onezone.tokenID != "" {
			o.tokens[s.onezone.tokenID] = &onezoneToken{subject: s.onezone.subject(), revoked: s.onezone.revoked}
		}
	}
	o.get("/user", o.user)
	o.get("/user/groups", o.groups(false))
	o.get("/user/groups/{id}", o.group(false))
	o.get("/user/effective_groups", o.groups(true))
	o.get("/user/effective_groups/{id}", o.group(true))
	o.get("/user/spaces", o.spaces)
	o.get("/user/spaces/{id}", o.space)
	o.get("/user/effective_spaces", o.spaces)
	o.get("/user/effective_spaces/{id}", o.space)
	o.get("/user/effective_privileges", o.privileges)
	o.get("/user/tokens/named", o.namedTokens)
	// The real ones answer with the secret; nobody needs that of a demo.
	o.get("/user/tokens/named/name/{name}", secretToken)
	o.get("/tokens/named/{id}", secretToken)

	o.handle("/configuration", http.MethodGet, o.open(configuration))
	o.handle("/health", http.MethodGet, o.open(health))
	o.handle("/tokens/examine", http.MethodPost, o.open(o.examine))
	o.handle("/tokens/verify_access_token", http.MethodPost, o.open(o.verifyAccessToken))
	o.handle("/tokens/infer_access_token_scope", http.MethodPost, o.open(o.inferScope))
	o.routes.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		// Not the API but the web pages answer here.
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusNotFound)
		io.WriteString(w, "<html><body><h1>404 Not Found</h1></body></html>\n")
	})
	return o
}

func (o *onezone) ServeHTTP(w http.ResponseWriter, r *http.Request) { o.routes.ServeHTTP(w, r) }

// get serves an endpoint to those who say who they are.
func (o *onezone) get(path string, answer onezoneEndpoint) {
	o.handle(path, http.MethodGet, o.open(func(r *http.Request, who visitor) (any, *onezoneError) {
		if who.subject == "" {
			return nil, unauthorized(nil)
		}
		return answer(r, who)
	}))
}

// open serves an endpoint to everyone; a credential that is sent must still
// be a good one.
func (o *onezone) open(answer onezoneEndpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who, fail := o.authenticate(r)
		var body any
		if fail == nil && r.Method == http.MethodPost && !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
			w.WriteHeader(http.StatusUnsupportedMediaType)
			return
		}
		if fail == nil {
			body, fail = answer(r, who)
		}
		if fail != nil {
			fail.write(w)
			return
		}
		sendJSON(w, http.StatusOK, body)
	}
}

// handle adds a route with the service's own manners about methods.
func (o *onezone) handle(path, method string, h http.HandlerFunc) {
	o.routes.HandleFunc("/api/v3/onezone"+path, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		switch r.Method {
		case method:
			h(w, r)
		case http.MethodHead, http.MethodOptions:
			w.WriteHeader(http.StatusInternalServerError) // these make it crash
		default:
			w.Header().Set("Allow", method)
			w.WriteHeader(http.StatusMethodNotAllowed)
		}
	})
}

func (o *onezone) user(_ *http.Request, who visitor) (any, *onezoneError) {
	u := who.user
	switch {
	case u == nil:
		return nil, errNotFound() // a Oneprovider is no user
	case u.fail != nil:
		return nil, u.fail
	}
	var username any
	if u.username != "" {
		username = u.username
	}
	answer := object{
		"userId": u.id, "name": u.fullName, "login": username, "alias": username, "emailList": u.emails,
	}
	if u.legacy {
		return answer, nil
	}
	answer["fullName"], answer["username"], answer["emails"] = u.fullName, username, u.emails
	answer["linkedAccounts"] = append([]object{}, u.linked...)
	answer["basicAuthEnabled"], answer["blocked"], answer["creationTime"] = u.basicAuth, u.blocked, u.created
	return answer, nil
}

// namedTokens lists the ids of the visitor's tokens.
func (o *onezone) namedTokens(_ *http.Request, who visitor) (any, *onezoneError) {
	ids := []string{}
	for id, t := range o.tokens {
		if t.subject == who.subject {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return object{"tokens": ids}, nil
}

func secretToken(*http.Request, visitor) (any, *onezoneError) { return nil, errForbidden() }
