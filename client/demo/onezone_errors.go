package demo

import "net/http"

// onezoneError is how the zone says no.
type onezoneError struct {
	status      int
	ID          string `json:"id"`
	Description string `json:"description"`
	Details     any    `json:"details,omitempty"`
}

// write sends the error. A 401 says nothing of its type.
func (e *onezoneError) write(w http.ResponseWriter) {
	body := object{"error": e}
	if e.status == http.StatusUnauthorized {
		w.Header()["Content-Type"] = nil // or the library would guess one
		w.WriteHeader(e.status)
		w.Write(encode(body))
		return
	}
	sendJSON(w, e.status, body)
}

// badRequest is an error of status 400, which most have where they stand alone.
func badRequest(id, description string, details any) *onezoneError {
	return &onezoneError{http.StatusBadRequest, id, description, details}
}

// unauthorized wraps why a credential was refused; nil where none was sent.
func unauthorized(cause *onezoneError) *onezoneError {
	e := &onezoneError{status: http.StatusUnauthorized, ID: "unauthorized", Description: "Authentication is needed for this"}
	if cause != nil {
		e.Description, e.Details = "The credential was refused, see details", object{"authError": cause}
	}
	return e
}

func errToken() *onezoneError {
	return badRequest("badToken", "The text is not a token", nil)
}

func errTokenInvalid() *onezoneError {
	return badRequest("tokenInvalid", "The token is not valid: unknown, or with a wrong signature", nil)
}

func errTokenRevoked() *onezoneError {
	return badRequest("tokenRevoked", "The token was revoked", nil)
}

func errTokenTooLarge(limit int) *onezoneError {
	return badRequest("tokenTooLarge", "The token is too long", object{"limit": limit})
}

func errTokenSubject() *onezoneError {
	return badRequest("tokenSubjectInvalid", "The subject of the token does not exist any more", nil)
}

func errTokenSession() *onezoneError {
	return badRequest("tokenSessionInvalid", "The session that the token was made for has ended", nil)
}

func errNotAccessToken(received object) *onezoneError {
	return badRequest("notAnAccessToken", "An access token is needed here", object{"received": received})
}

func errCaveat(c caveat) *onezoneError {
	return badRequest("tokenCaveatUnverified", "A caveat of the token does not hold: "+c.kind, object{"caveat": c.json()})
}

func errCaveatUnknown(text string) *onezoneError {
	return badRequest("tokenCaveatUnknown", "The token has a caveat that is not known here", object{"caveat": text})
}

func errBasicCredentials() *onezoneError {
	return badRequest("badBasicCredentials", "The user name or the password is wrong", nil)
}

func errBasicDisabled() *onezoneError {
	return badRequest("basicAuthDisabled", "This user may not sign in with a password", nil)
}

func errUserBlocked() *onezoneError {
	return badRequest("userBlocked", "The user was blocked by an administrator", nil)
}

func errForbidden() *onezoneError {
	return &onezoneError{http.StatusForbidden, "forbidden", "You may not do this", nil}
}

func errNotFound() *onezoneError {
	return &onezoneError{http.StatusNotFound, "notFound", "The resource was not found", nil}
}

func errNotSupported() *onezoneError {
	return badRequest("notSupported", "This zone does not support the operation", nil)
}

func errInternal() *onezoneError {
	return &onezoneError{http.StatusInternalServerError, "internalServerError",
		"The server met an internal error; name the reference to an administrator", object{"reference": "7f3c09e1b2"}}
}

// errTokenArgument says what is wrong with the token in a request's body.
func errTokenArgument(cause *onezoneError) *onezoneError {
	return badRequest("badValueToken", "The value of \"token\" is not a good token", object{"key": "token", "tokenError": cause})
}

func errNoTokenArgument() *onezoneError {
	return badRequest("missingRequiredValue", "The value of \"token\" is missing", object{"key": "token"})
}

// errValue says that an argument is of another kind than the id says.
func errValue(id, key string) *onezoneError {
	return badRequest(id, "The value of \""+key+"\" is of the wrong kind", object{"key": key})
}

func errMalformed() *onezoneError {
	return badRequest("malformedData", "The body is not a JSON object", nil)
}
