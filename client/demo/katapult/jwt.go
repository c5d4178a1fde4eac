package katapult

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"rollcall/client/demo/web"
)

// jwtLife is how long before its end a JWT of the demo begins to hold.
const jwtLife = 30 * 24 * time.Hour

// signInSecret signs the tokens of the demo's sign-in service. It is worth
// nothing: nobody but this demo takes them, and it does not look at it.
const signInSecret = "rollcall-demo"

// mintJWT makes a signed JSON Web Token as the sign-in service of Katapult
// could give it to a program.
func mintJWT(client string, ends int64) string {
	part := base64.RawURLEncoding.EncodeToString
	text := part(web.Encode(web.Object{"alg": "HS256", "typ": "JWT"})) + "." + part(web.Encode(web.Object{
		"iss": "https://identity.example.com", "aud": "api.katapult.io/core/v1", "client_id": client,
		"nbf": ends - int64(jwtLife/time.Second), "exp": ends,
	}))
	signature := hmac.New(sha256.New, []byte(signInSecret))
	signature.Write([]byte(text))
	return text + "." + part(signature.Sum(nil))
}
