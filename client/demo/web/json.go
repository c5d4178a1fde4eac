package web

import (
	"encoding/json"
	"net/http"
)

// Object is a JSON object.
type Object = map[string]any

// Encode writes a value in JSON. It never fails: all that is served is of types
// that JSON has.
func Encode(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

// SendJSON answers with a status and a body in JSON.
func SendJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(Encode(body))
}
