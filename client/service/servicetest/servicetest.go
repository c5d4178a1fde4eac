package servicetest

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
	"rollcall/client/service"
	"rollcall/client/text"
)

// Secret is the credential of the tests.
const Secret = "s3cret"

// Asked is who asks in the tests, with a token or a user name and password.
func Asked(basic bool) service.Asked { return AskedWith(Secret, basic) }

// AskedWith is who asks with a secret.
func AskedWith(secret string, basic bool) service.Asked {
	username := ""
	if basic {
		username = "sam"
	}
	return service.Asked{
		Address: service.Address{Endpoint: "https://api.example.org/v1/me", Host: "api.example.org"},
		Bearer:  service.NewBearer(username, secret, "env WORK_SECRET", "fingerprint"),
	}
}

// Identify has a service make what it makes of one answer.
func Identify(s service.Service, a service.Answer, q service.Asked) (*account.Account, account.Diagnosis) {
	answer := func(context.Context, service.Request) (service.Answer, error) { return a, nil }
	return s.Identify(context.Background(), answer, q)
}

const Portal = "<!DOCTYPE html><html><head><title>Sign in to the lounge</title></head></html>"

// Reading is one answer and what must be made of it.
type Reading struct {
	Name   string
	Status int
	Header http.Header
	Body   string
	Basic  bool
	// Secret is the credential where its form counts; empty for [Secret].
	Secret string

	State account.State
	Code  string
	Limit int64
	// Says and tells are parts of the explanation and of the remedy.
	Says, Tells []string
	Account     bool
}

// Answer is the answer as the transport would hand it to the service.
func (r Reading) Answer() service.Answer {
	return service.Answer{
		Status: r.Status, Header: r.Header, Body: []byte(r.Body), Limits: ratelimit.Parse(r.Header, time.Time{}),
	}
}

// Asked is who asks for the answer.
func (r Reading) Asked() service.Asked { return AskedWith(cmp.Or(r.Secret, Secret), r.Basic) }

// Check reads the answer of a row and compares.
func Check(t *testing.T, p service.Service, r Reading) {
	t.Helper()
	acc, d := Identify(p, r.Answer(), r.Asked())
	if d.State != r.State || d.Code != r.Code || d.Limit != r.Limit {
		t.Errorf("state, code, limit = %s, %q, %d; want %s, %q, %d", d.State, d.Code, d.Limit, r.State, r.Code, r.Limit)
	}
	if (acc != nil) != (r.Account || r.State == account.Healthy) {
		t.Errorf("account = %+v", acc)
	}
	for _, part := range r.Says {
		if !strings.Contains(d.Explanation, part) {
			t.Errorf("explanation lacks %q: %s", part, d.Explanation)
		}
	}
	for _, part := range r.Tells {
		if !strings.Contains(d.Remedy, part) {
			t.Errorf("remedy lacks %q: %s", part, d.Remedy)
		}
	}
	CheckTexts(t, d)
}

// lowerStart matches the names that a sentence may begin with as they are.
var lowerStart = regexp.MustCompile(`^(?:api\.example\.org|host\.example|ca_file) `)

// CheckTexts checks what holds for every diagnosis.
func CheckTexts(t *testing.T, d account.Diagnosis) {
	t.Helper()
	if !slices.Contains(account.States(), d.State) {
		t.Fatalf("state %q does not exist", d.State)
	}
	if d.State == account.Healthy {
		if d != (account.Diagnosis{State: account.Healthy}) {
			t.Errorf("a healthy answer needs no words: %+v", d)
		}
		return
	}
	for _, text := range []string{d.Explanation, d.Remedy} {
		first, _ := utf8.DecodeRuneInString(text)
		if !strings.HasSuffix(text, ".") || unicode.IsLower(first) && !lowerStart.MatchString(text) {
			t.Errorf("%s: not a sentence: %q", d.State, text)
		}
		for _, flaw := range []string{"  ", " .", " ,", "..", "()", "!", "%!"} {
			if strings.Contains(text, flaw) && !strings.Contains(d.Description, flaw) {
				t.Errorf("%s: %q in %q", d.State, flaw, text)
			}
		}
	}
	if n := utf8.RuneCountInString(d.Description); n > text.MaxDescription+1 {
		t.Errorf("a description of %d runes was kept", n)
	}
}

// StatusReading is a status that says something by itself.
type StatusReading struct {
	Status int
	State  account.State
	// Fact is a part of what is told.
	Fact string
}

// Statuses are the statuses that mean the same whichever service sends them.
var Statuses = []StatusReading{
	{200, account.BadResponse, "who the user is"}, {204, account.BadResponse, "api.example.org"}, {302, account.Misconfigured, "302"}, {308, account.Misconfigured, "308"},
	{400, account.BadRequest, "400"}, {401, account.InvalidToken, "env WORK_SECRET"}, {402, account.Forbidden, "payment"}, {403, account.Forbidden, "env WORK_SECRET"},
	{404, account.NotFound, "https://api.example.org/v1/me"}, {405, account.BadRequest, "405"}, {407, account.Misconfigured, "proxy"}, {408, account.Unavailable, "408"},
	{410, account.BadRequest, "410"}, {413, account.BadRequest, "413"}, {418, account.BadRequest, "418"}, {421, account.Misconfigured, "421"}, {425, account.Unavailable, "425"},
	{426, account.Misconfigured, "426"}, {429, account.RateLimited, "api.example.org"}, {431, account.Misconfigured, "env WORK_SECRET"}, {451, account.Forbidden, "legal"},
	{500, account.ServerError, "500"}, {501, account.ServerError, "501"}, {502, account.Unavailable, "502"}, {503, account.Unavailable, "503"}, {504, account.Unavailable, "504"},
	{511, account.NetworkDenied, "sign-in"}, {520, account.Unavailable, "520"}, {530, account.Unavailable, "530"}, {599, account.ServerError, "599"}, {999, account.BadResponse, "999"},
}

// Fuzz checks what holds for every answer.
func Fuzz(t *testing.T, p service.Service, status int, body []byte, retryAfter, secret string) {
	for _, basic := range []bool{false, true} {
		a := service.Answer{Status: status, Body: body, Header: http.Header{"Retry-After": {retryAfter}}}
		q := AskedWith(secret, basic)
		acc, d := Identify(p, a, q)
		if d.Explanation == "" && d.State != account.Healthy || d.Remedy == "" && d.State != account.Healthy {
			t.Errorf("no words for %+v", d)
		}
		if d.State == account.Healthy && (acc == nil || acc.User.ID == "") {
			t.Errorf("healthy without a user: %+v", acc)
		}
		if d.State == account.InvalidToken && (status >= 500 || status == 429 || status == 408) {
			t.Errorf("status %d is no proof of an invalid token", status)
		}
		if _, err := json.Marshal(acc); err != nil {
			t.Errorf("the account cannot be kept: %v", err)
		}
	}
}
