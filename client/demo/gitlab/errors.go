package gitlab

import (
	"fmt"
	"net/http"
	"strings"

	"rollcall/client/demo/web"
)

// refusal is how GitLab says no: in the form of OAuth where it has a code, else with
// a message that begins with the status.
type refusal struct {
	status                   int
	code, description, scope string
	message                  string
}

// write sends the refusal.
func (e *refusal) write(w http.ResponseWriter) {
	if e.code == "" {
		web.SendJSON(w, e.status, web.Object{"message": e.message})
		return
	}
	if e.status == http.StatusUnauthorized {
		w.Header().Set("Www-Authenticate", fmt.Sprintf(`Bearer realm="The API", error="%s", error_description="%s"`, e.code, e.description))
	}
	body := web.Object{"error": e.code, "error_description": e.description}
	if e.scope != "" {
		body["scope"] = e.scope
	}
	web.SendJSON(w, e.status, body)
}

func errUnauthorized() *refusal {
	return &refusal{status: http.StatusUnauthorized, message: "401 Unauthorized"}
}

func errExpired() *refusal {
	return &refusal{status: http.StatusUnauthorized, code: "invalid_token", description: "Token is expired. You can either do re-authorization or token refresh."}
}

func errRevoked() *refusal {
	return &refusal{status: http.StatusUnauthorized, code: "invalid_token", description: "Token was revoked. You have to re-authorize from the user."}
}

func errBlocked() *refusal {
	return &refusal{status: http.StatusForbidden, message: "403 Forbidden - Your account has been blocked."}
}

func errScope(scopes ...string) *refusal {
	return &refusal{
		status: http.StatusForbidden, code: "insufficient_scope",
		description: "The request requires higher privileges than provided by the access token.", scope: strings.Join(scopes, " "),
	}
}

// notFound is what the API has nothing for, and elsewhere what the server before it
// has nothing for.
func notFound(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, prefix+"/") {
		web.SendJSON(w, http.StatusNotFound, web.Object{"error": "404 Not Found"})
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusNotFound)
	_, _ = w.Write([]byte("<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>\n"))
}
