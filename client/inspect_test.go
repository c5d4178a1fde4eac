package client

import (
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/transport"
	"rollcall/client/transport/authoritytest"
)

func TestInspectGood(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	end := time.Now().Add(30 * time.Minute).Truncate(time.Second)
	s := serveTLS(t, a, func(c *x509.Certificate) { c.NotAfter = end }, nil)
	c := newPlainClient(testNetwork(t), s.URL, func(p *Profile) { p.CAFile = a.File })
	in := c.Inspect(t.Context())
	if in.Problem.State != "" || in.Stage != transport.StageAnswer {
		t.Fatalf("%s at %s: %s", in.Problem.State, in.Stage, in.Problem.Explanation)
	}
	if "https://"+in.Peer != s.URL || in.Host != in.Peer || in.Name != "" || in.Proxy != "" {
		t.Errorf("the way is %+v", in)
	}
	cert := in.Certificate
	if cert == nil {
		t.Fatal("no certificate was seen")
	}
	if cert.Subject != "CN=otter" || cert.Issuer != "CN=Otter Test Authority" || !cert.ExpiresAt.Equal(end) ||
		cert.FirstToExpire != "CN=otter" || cert.Unverified || cert.Version != "TLS 1.3" {
		t.Errorf("the certificate is %+v", cert)
	}
	if in.ClockAhead == nil || in.ClockAhead.Abs() > 5*time.Second {
		t.Errorf("the same clock is ahead by %v", in.ClockAhead)
	}
	if n := c.sent.Load(); n != 0 {
		t.Errorf("%d requests are counted as calls of the API", n)
	}
}

// TestInspectAuthorityEndsFirst has a certificate that outlives its authority.
func TestInspectAuthorityEndsFirst(t *testing.T) {
	t.Parallel()
	a := authoritytest.New(t, "Otter Test Authority", nil, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(time.Hour) })
	s := serveTLS(t, a, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(48 * time.Hour) }, nil)
	in := newPlainClient(testNetwork(t), s.URL, func(p *Profile) { p.CAFile = a.File }).Inspect(t.Context())
	if in.Certificate == nil || in.Certificate.FirstToExpire != "CN=Otter Test Authority" || time.Until(in.Certificate.ExpiresAt) > time.Hour {
		t.Errorf("the certificate is %+v", in.Certificate)
	}
}

func TestInspectFailures(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	good := serveTLS(t, a, nil, nil)
	old := serveTLS(t, a, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }, nil)
	other := serveTLS(t, a, func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"other.example"} }, nil)
	plain := serve(t, answerWell)
	mute := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	trust := func(p *Profile) { p.CAFile = a.File }
	for _, tt := range []struct {
		name   string
		base   string
		change func(*Profile)
		stage  transport.Stage
		state  account.State
		code   string
	}{
		{"no such name", "https://otter.invalid", trust, transport.StageName, account.Unreachable, "dns"},
		{"refused", "https://" + closedAddress(t), trust, transport.StageConnection, account.Unreachable, "refused"},
		{"expired", old.URL, trust, transport.StageTLS, account.Unreachable, "tls_expired"},
		{"wrong host", other.URL, trust, transport.StageTLS, account.Unreachable, "tls_wrong_host"},
		{"unknown authority", good.URL, func(*Profile) {}, transport.StageTLS, account.Unreachable, "tls_unknown_authority"},
		{"no TLS", "https" + strings.TrimPrefix(plain.URL, "http"), trust, transport.StageTLS, account.Unreachable, "tls_not_spoken"},
		{"no answer", mute.URL, func(p *Profile) { p.Timeout = 10 * time.Second }, transport.StageAnswer, account.Unreachable, "timeout_answer"},
		{"a file that is not there", good.URL, func(p *Profile) { p.CAFile = "/nowhere/ca.pem" }, transport.StageProfile, account.Misconfigured, ""},
		{"switched off", good.URL, func(p *Profile) { p.Unasked = account.Diagnosis{State: account.Disabled, Explanation: "Off."} }, transport.StageProfile, account.Disabled, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			in := newPlainClient(testNetwork(t), tt.base, tt.change).Inspect(t.Context())
			got := in.Problem
			if got.State != tt.state || in.Stage != tt.stage || tt.code != "dns" && got.Code != tt.code {
				t.Errorf("%s (%s) at %s, want %s (%s) at %s: %s", got.State, got.Code, in.Stage, tt.state, tt.code, tt.stage, got.Explanation)
			}
			if got.Explanation == "" {
				t.Error("nothing is explained")
			}
		})
	}
}

// TestInspectUnverified has a profile that trusts anybody: what would be wrong
// is told nevertheless.
func TestInspectUnverified(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	good := serveTLS(t, a, nil, nil)
	old := serveTLS(t, a, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }, nil)
	for url, want := range map[string]string{good.URL: "", old.URL: "tls_expired"} {
		in := newPlainClient(testNetwork(t), url, func(p *Profile) { p.InsecureSkipVerify, p.CAFile = true, a.File }).Inspect(t.Context())
		if c := in.Certificate; c == nil || !c.Unverified || c.Flaw.Code != want || in.Problem.State != "" {
			t.Errorf("want %q: %+v, %s", want, c, in.Problem.Explanation)
		}
	}
}

func TestInspectClock(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name      string
		date, age string
		want      time.Duration
		unknown   bool
	}{
		{name: "an hour behind", date: time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat), want: time.Hour},
		{name: "an hour ahead", date: time.Now().Add(time.Hour).UTC().Format(http.TimeFormat), want: -time.Hour},
		{name: "kept for an hour", date: time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat), age: "3600"},
		{name: "no date", date: "soon", unknown: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method != http.MethodHead || r.URL.Path != "/" || r.Header.Get("X-Auth-Token") != "" {
					t.Errorf("it asks %s %s with %v", r.Method, r.URL.Path, r.Header)
				}
				w.Header().Set("Date", tt.date)
				if tt.age != "" {
					w.Header().Set("Age", tt.age)
				}
			})
			in := newPlainClient(testNetwork(t), s.URL+"/zone").Inspect(t.Context())
			switch {
			case tt.unknown && in.ClockAhead != nil:
				t.Errorf("it is ahead by %v", in.ClockAhead)
			case !tt.unknown && (in.ClockAhead == nil || (*in.ClockAhead-tt.want).Abs() > time.Minute):
				t.Errorf("it is ahead by %v, want %v", in.ClockAhead, tt.want)
			}
		})
	}
}

// TestInspectThroughProxy goes through a proxy that has a password.
func TestInspectThroughProxy(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	s := serveTLS(t, a, nil, nil)
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusProxyAuthRequired)
	}))
	t.Cleanup(refusing.Close)
	host := strings.TrimPrefix(refusing.URL, "http://")
	proxy := &url.URL{Scheme: "http", Host: host, User: url.UserPassword("sam", "proxy-secret")}
	in := newPlainClient(testNetwork(t), s.URL, func(p *Profile) { p.CAFile, p.Proxy = a.File, proxy.String() }).Inspect(t.Context())
	if in.Proxy != host || in.Problem.State != account.Misconfigured || in.Stage != transport.StageConnection {
		t.Errorf("the way is %+v", in)
	}
}
