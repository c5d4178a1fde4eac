package onezone

import (
	"io"
	"net/http"
	"strings"
	"time"

	"rollcall/client/demo/web"
)

// api serves the part of Onezone's REST API that rollcall asks. It gives
// out no secret and changes nothing.
type api struct {
	zone   *zone
	routes *http.ServeMux
}

func newHandler(now func() time.Time, accounts []*account) http.Handler {
	o := &api{zone: newZone(now, accounts), routes: http.NewServeMux()}
	o.get("/user", showUser)
	o.get("/user/groups", listGroups(false))
	o.get("/user/groups/{id}", showGroup(false))
	o.get("/user/effective_groups", listGroups(true))
	o.get("/user/effective_groups/{id}", showGroup(true))
	o.get("/user/spaces", listSpaces)
	o.get("/user/spaces/{id}", showSpace)
	o.get("/user/effective_spaces", listSpaces)
	o.get("/user/effective_spaces/{id}", showSpace)
	o.get("/user/effective_privileges", listPrivileges)
	o.get("/user/tokens/named", listTokens(o.zone))
	// The real ones answer with the secret; nobody needs that of a demo.
	o.get("/user/tokens/named/name/{name}", secretToken)
	o.get("/tokens/named/{id}", secretToken)

	o.handle("/configuration", http.MethodGet, o.open(configuration))
	o.handle("/health", http.MethodGet, o.open(health))
	o.handle("/tokens/examine", http.MethodPost, o.open(examine))
	o.handle("/tokens/verify_access_token", http.MethodPost, o.open(verifyAccessToken(o.zone)))
	o.handle("/tokens/infer_access_token_scope", http.MethodPost, o.open(inferScope(o.zone)))
	o.routes.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		// Not the API but the web pages answer here.
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusNotFound)
		io.WriteString(w, "<html><body><h1>404 Not Found</h1></body></html>\n")
	})
	return o.routes
}

// get serves an endpoint to those who say who they are.
func (o *api) get(path string, answer endpoint) {
	o.handle(path, http.MethodGet, o.open(func(r *http.Request, who visitor) (any, *refusal) {
		if who.subject == "" {
			return nil, unauthorized(nil)
		}
		return answer(r, who)
	}))
}

// open serves an endpoint to everyone; a credential that is sent must still
// be a good one.
func (o *api) open(answer endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who, fail := o.zone.authenticate(r)
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
		web.SendJSON(w, http.StatusOK, body)
	}
}

// handle adds a route with the service's own manners about methods.
func (o *api) handle(path, method string, h http.HandlerFunc) {
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
