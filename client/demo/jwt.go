package demo

import (
	"encoding/base64"
	"time"
)

// jwtLife is how long before its end a JWT of the demo begins to hold.
const jwtLife = 30 * 24 * time.Hour

// mintJWT makes a signed JSON Web Token as the sign-in service of Katapult
// could give it to a program.
func mintJWT(client string, ends int64) string {
	part := base64.RawURLEncoding.EncodeToString
	text := part(encode(object{"alg": "HS256", "typ": "JWT"})) + "." + part(encode(object{
		"iss": "https://identity.example.com", "aud": "api.katapult.io/core/v1", "client_id": client,
		"nbf": ends - int64(jwtLife/time.Second), "exp": ends,
	}))
	return text + "." + part(mac([]byte(zoneSecret), text))
}
