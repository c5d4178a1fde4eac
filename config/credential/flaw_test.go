package credential_test

import (
	"strings"
	"testing"

	"rollcall/config/credential"
)

func TestExamine(t *testing.T) {
	t.Parallel()
	for secret, want := range map[string]credential.Flaw{
		`"kt-1a2b"`: credential.FlawQuotes, `'kt-1a2b'`: credential.FlawQuotes, "`kt-1a2b`": credential.FlawQuotes,
		"\u201ckt-1a2b\u201d": credential.FlawQuotes, `kt-1a2b"`: credential.FlawQuotes,
		"Bearer kt-1a2b": credential.FlawScheme, "bearer  kt-1a2b": credential.FlawScheme, "token kt-1a2b": credential.FlawScheme,
		"Authorization: Bearer kt-1a2b": credential.FlawHeader, "X-Auth-Token: kt-1a2b": credential.FlawHeader, "api_token: kt-1a2b": credential.FlawHeader,
		"kt-1\u200ba2b": credential.FlawInvisible, "kt-1a2b\u00a0": credential.FlawInvisible, "\ufeffkt-1a2b": credential.FlawInvisible,
		"kt-1a2b\u2060": credential.FlawInvisible, "kt\u00ad-1a2b": credential.FlawInvisible,
		"kt-1 a2b": credential.FlawSpace, " kt-1a2b": credential.FlawSpace,
		"KATAPULT_API_KEY=kt-1a2b": credential.FlawName, "export KEY=kt-1a2b": credential.FlawName, "my_token = kt-1a2b": credential.FlawName,
		`{"token":"kt-1a2b"}`: credential.FlawJSON, `["kt-1a2b"]`: credential.FlawJSON,
		"<!DOCTYPE html><html><body>Sign in</body></html>": credential.FlawPage, "<html lang=en>": credential.FlawPage,
		"-----BEGIN OPENSSH PRIVATE KEY-----": credential.FlawKey,
		"op://Work/Katapult/token":            credential.FlawReference, "vault://kv/katapult": credential.FlawReference,
		"https://my.katapult.io/tokens": credential.FlawReference, "{{ op.token }}": credential.FlawReference,
		"arn:aws:secretsmanager:eu-west-1:1:secret:x": credential.FlawReference,
		"$KATAPULT_API_KEY":                           credential.FlawVariable, "${TOKEN}": credential.FlawVariable, "%TOKEN%": credential.FlawVariable,
		"$(pass show work)": credential.FlawVariable, "<your-token>": credential.FlawVariable,
		"ghp_************************": credential.FlawMasked, "kt-1\u2022\u2022\u2022\u2022": credential.FlawMasked,
		"null": credential.FlawNothing, "None": credential.FlawNothing, "undefined": credential.FlawNothing, "changeme": credential.FlawNothing,
		"YOUR_API_KEY": credential.FlawNothing, "your-token-here": credential.FlawNothing,
		"kt-1a2b,": credential.FlawEnd, "kt-1a2b;": credential.FlawEnd,
		"@/run/secrets/kt": credential.FlawReference, "~/.config/kt/token": credential.FlawReference, "./token": credential.FlawReference,
		"/run/secrets/kt": credential.FlawReference, `C:\Users\sam\token`: credential.FlawReference,
		"eyJhbGci...": credential.FlawMasked, "xxxxxxxx": credential.FlawMasked,
	} {
		if got := credential.Examine(secret, false); got != want {
			t.Errorf("%q: %q, want %q", secret, got, want)
		}
		if want.Cause() == "" || want.Remedy() == "" || strings.Contains(want.Cause()+want.Remedy(), "1a2b") {
			t.Errorf("%q has no words", want)
		}
	}
}

// What services give out, and what a person can choose, is left alone.
func TestExamineLeavesGoodOnesAlone(t *testing.T) {
	t.Parallel()
	for _, token := range []string{
		"kt-1a2b", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "glpat-abc_DEF-123.01.0w1", "dGVzdA==", "abc=", "TOKEN==", "QUJD=", "a.b.c", "a:b",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "MDAxNWxvY2F0aW9uIG9uZXpvbmUKMDAzYmlkZW50aWZpZXIg", "user/kt~1+2", "12345678-1234-1234-1234-123456789012",
		"sk-ant-api03-A_b-c", "/9j4AAQSkZJRg", "nullable", "~tilde", "c:a", "none.of.these", "xoxb-1-2-abc", "secret", "hvs.CAESIJ", "basic", "Bearer", "tokenABC:def",
	} {
		if got := credential.Examine(token, false); got != "" {
			t.Errorf("%q: %q", token, got)
		}
	}
	for _, password := range []string{`"hush"`, "$HOME", "Bearer me", "a b", "A=b", "***", "op://x", "{}", "null", "a;", "~/x"} {
		if got := credential.Examine(password, true); got != "" {
			t.Errorf("the password %q: %q", password, got)
		}
	}
	if credential.Examine("hush\u200b", true) != credential.FlawInvisible {
		t.Error("a password with an invisible character is not told")
	}
}
