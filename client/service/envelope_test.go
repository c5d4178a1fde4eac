package service

import (
	"net/http"
	"testing"

	"rollcall/client/account"
)

func TestOAuthError(t *testing.T) {
	for _, tt := range []struct{ body, header, code, description string }{
		{`{"error":"invalid_token","error_description":"It ended."}`, "", "invalid_token", "It ended."},
		{`{"error":"insufficient_scope"}`, "", "insufficient_scope", ""},
		{"", `Bearer error="invalid_token", error_description="It ended."`, "invalid_token", "It ended."},
		{"", `DPoP algs="ES256", error=use_dpop_nonce`, "use_dpop_nonce", ""},
		{`{"error":"Not here"}`, "", "", ""},
		{`{"error":{"code":"x"}}`, "", "", ""},
		{"", `Bearer realm="error"`, "", ""},
	} {
		a := Answer{Status: 401, Body: []byte(tt.body), Header: http.Header{"Www-Authenticate": {tt.header}}}
		if code, description := OAuthError(a); code != tt.code || description != tt.description {
			t.Errorf("%s%s: %q, %q", tt.body, tt.header, code, description)
		}
		d := Refusal(a, Asked{Address: Address{Host: "host.example"}}, account.Diagnosis{}, "", "")
		if d.State != account.InvalidToken || d.Code != tt.code || tt.description != "" && d.Description != tt.description {
			t.Errorf("%s%s: %+v", tt.body, tt.header, d)
		}
	}
}
