package demo

import (
	"encoding/json"
	"net/http"
)

// object is a JSON object.
type object = map[string]any

// encode writes a value in JSON. It never fails: all that is served is of types
// that JSON has.
func encode(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

// sendJSON answers with a status and a body in JSON.
func sendJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(encode(body))
}
