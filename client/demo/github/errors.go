package github

import (
	"net/http"
	"strconv"
	"time"

	"rollcall/client/demo/web"
)

// refusal is how GitHub says no.
type refusal struct {
	status        int
	message, page string
	header        http.Header
}

// write sends the refusal in GitHub's usual form.
func (e *refusal) write(w http.ResponseWriter) {
	for name, values := range e.header {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(e.status)
	w.Write(web.Encode(web.Object{"message": e.message, "documentation_url": "https://docs.github.com/" + e.page, "status": strconv.Itoa(e.status)}))
}

// The pages that refusals name.
const (
	userPage  = "rest/users/users#get-the-authenticated-user"
	limitPage = "rest/using-the-rest-api/rate-limits-for-the-rest-api"
)

func errNoToken() *refusal {
	return &refusal{status: http.StatusUnauthorized, message: "Requires authentication", page: userPage}
}

func errBadToken() *refusal {
	return &refusal{status: http.StatusUnauthorized, message: "Bad credentials", page: "rest"}
}

func errNotFound() *refusal {
	return &refusal{status: http.StatusNotFound, message: "Not Found", page: "rest"}
}

func errVersion() *refusal {
	return &refusal{status: http.StatusBadRequest, message: "API version not supported", page: "rest/about-the-rest-api/api-versions"}
}

func errSuspended() *refusal {
	return &refusal{status: http.StatusForbidden, message: "Sorry. Your account was suspended.", page: "rest"}
}

func errIntegration() *refusal {
	return &refusal{status: http.StatusForbidden, message: "Resource not accessible by integration", page: userPage}
}

func errPermission(needed string) *refusal {
	return &refusal{
		status: http.StatusForbidden, message: "Resource not accessible by personal access token", page: userPage,
		header: http.Header{"X-Accepted-Github-Permissions": {needed}},
	}
}

func errScope() *refusal {
	return &refusal{status: http.StatusForbidden, message: "You need at least read:org scope or user scope to list your organizations.", page: "rest/orgs/orgs"}
}

func errLimit(user int64) *refusal {
	return &refusal{status: http.StatusForbidden, message: "API rate limit exceeded for user ID " + strconv.FormatInt(user, 10) + ".", page: limitPage}
}

func errBurst(wait time.Duration) *refusal {
	return &refusal{
		status: http.StatusForbidden, message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
		page: limitPage + "#about-secondary-rate-limits", header: http.Header{"Retry-After": {strconv.Itoa(int(wait / time.Second))}},
	}
}
