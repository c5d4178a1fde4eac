package onezone

import (
	"net/http"

	"rollcall/client/demo/web"
)

// refusal is how the zone says no.
type refusal struct {
	status      int
	ID          string `json:"id"`
	Description string `json:"description"`
	Details     any    `json:"details,omitempty"`
}

// write sends the error. A 401 says nothing of its type.
func (e *refusal) write(w http.ResponseWriter) {
	body := web.Object{"error": e}
	if e.status == http.StatusUnauthorized {
		w.Header()["Content-Type"] = nil // or the library would guess one
		w.WriteHeader(e.status)
		w.Write(web.Encode(body))
		return
	}
	web.SendJSON(w, e.status, body)
}

// badRequest is an error of status 400, which most have where they stand alone.
func badRequest(id, description string, details any) *refusal {
	return &refusal{http.StatusBadRequest, id, description, details}
}

// unauthorized wraps why a credential was refused; nil where none was sent.
func unauthorized(cause *refusal) *refusal {
	e := &refusal{status: http.StatusUnauthorized, ID: "unauthorized", Description: "Authentication is needed for this"}
	if cause != nil {
		e.Description, e.Details = "The credential was refused, see details", web.Object{"authError": cause}
	}
	return e
}

func errToken() *refusal {
	return badRequest("badToken", "The text is not a token", nil)
}

func errTokenInvalid() *refusal {
	return badRequest("tokenInvalid", "The token is not valid: unknown, or with a wrong signature", nil)
}

func errTokenRevoked() *refusal {
	return badRequest("tokenRevoked", "The token was revoked", nil)
}

func errTokenTooLarge(limit int) *refusal {
	return badRequest("tokenTooLarge", "The token is too long", web.Object{"limit": limit})
}

func errTokenSubject() *refusal {
	return badRequest("tokenSubjectInvalid", "The subject of the token does not exist any more", nil)
}

func errTokenSession() *refusal {
	return badRequest("tokenSessionInvalid", "The session that the token was made for has ended", nil)
}

func errNotAccessToken(received web.Object) *refusal {
	return badRequest("notAnAccessToken", "An access token is needed here", web.Object{"received": received})
}

func errCaveat(c caveat) *refusal {
	return badRequest("tokenCaveatUnverified", "A caveat of the token does not hold: "+c.kind, web.Object{"caveat": c.json()})
}

func errCaveatUnknown(text string) *refusal {
	return badRequest("tokenCaveatUnknown", "The token has a caveat that is not known here", web.Object{"caveat": text})
}

func errBasicCredentials() *refusal {
	return badRequest("badBasicCredentials", "The user name or the password is wrong", nil)
}

func errBasicDisabled() *refusal {
	return badRequest("basicAuthDisabled", "This user may not sign in with a password", nil)
}

func errUserBlocked() *refusal {
	return badRequest("userBlocked", "The user was blocked by an administrator", nil)
}

func errForbidden() *refusal {
	return &refusal{http.StatusForbidden, "forbidden", "You may not do this", nil}
}

func errNotFound() *refusal {
	return &refusal{http.StatusNotFound, "notFound", "The resource was not found", nil}
}

func errNotSupported() *refusal {
	return badRequest("notSupported", "This zone does not support the operation", nil)
}

func errInternal() *refusal {
	return &refusal{http.StatusInternalServerError, "internalServerError",
		"The server met an internal error; name the reference to an administrator", web.Object{"reference": "7f3c09e1b2"}}
}

// errTokenArgument says what is wrong with the token in a request's body.
func errTokenArgument(cause *refusal) *refusal {
	return badRequest("badValueToken", "The value of \"token\" is not a good token", web.Object{"key": "token", "tokenError": cause})
}

func errNoTokenArgument() *refusal {
	return badRequest("missingRequiredValue", "The value of \"token\" is missing", web.Object{"key": "token"})
}

// errValue says that an argument is of another kind than the id says.
func errValue(id, key string) *refusal {
	return badRequest(id, "The value of \""+key+"\" is of the wrong kind", web.Object{"key": key})
}

func errMalformed() *refusal {
	return badRequest("malformedData", "The body is not a JSON object", nil)
}
