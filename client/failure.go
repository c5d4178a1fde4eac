package client

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"
)

// failure is a request that got no whole answer.
type failure struct {
	Diagnosis
	// status is the HTTP status where one came nevertheless.
	status int
	// transient failures may well be over in a moment.
	transient bool
	// held is set, with the time, where the request was not sent because the
	// service wants none before retryAt.
	held    bool
	retryAt time.Time
	// aborted is set where it was the caller who gave up.
	aborted bool
}

// Error is the explanation: providers put it into sentences of their own.
func (f *failure) Error() string { return f.Explanation }

// redirectError is an answer that wants the request sent elsewhere.
type redirectError struct {
	// to is the place without its query; empty for a loop.
	to string
}

func (e *redirectError) Error() string { return "redirect refused" }

// readError is an answer that began and could not be read to its end.
type readError struct {
	status int
	err    error
}

func (e *readError) Error() string { return "reading the answer: " + e.err.Error() }
func (e *readError) Unwrap() error { return e.err }

var errTooLarge = errors.New("answer too large")

// heldUntil is the failure of a request that was not sent.
func heldUntil(until time.Time) *failure {
	return &failure{
		held: true, retryAt: until,
		Diagnosis: diagnosed(RateLimited,
			"Nothing was asked: the service wants no request with this credential before "+
				until.UTC().Format(time.DateTime+" MST")+".",
			"Wait until then."),
	}
}

// failure tells what an error of a request means. ctx is the caller's: where
// it ended, the error says nothing about the service.
func (c *Client) failure(ctx context.Context, err error) *failure {
	if ctx.Err() != nil {
		f := &failure{aborted: true, Diagnosis: Diagnosis{State: Unreachable, Code: "cancelled",
			Explanation: "The check was ended before an answer came.", Remedy: "Refresh to check again."}}
		return f
	}
	t := trouble{host: c.address.host, limit: c.profile.Timeout, err: err, now: wallTime()}
	f := t.diagnose()
	if e, ok := errors.AsType[*readError](err); ok && f.State == BadResponse {
		f.status = e.status
	}
	return f
}

// trouble is an error of a request with the facts needed to explain it.
type trouble struct {
	// host is the one asked, with its port where the profile names one.
	host  string
	limit time.Duration
	err   error
	now   time.Time
}

// diagnose tries the kinds of trouble from the most to the least exact.
func (t trouble) diagnose() *failure {
	for _, kind := range []func() *failure{
		t.setup, t.redirect, t.proxy, t.name, t.timeout, t.certificate, t.tls, t.broken, t.content,
	} {
		if f := kind(); f != nil {
			return f
		}
	}
	err := t.err
	if e, ok := errors.AsType[*url.Error](err); ok {
		// Its own text repeats the address with the query.
		err = e.Err
	}
	return t.unreachable("", true, t.host+" could not be asked: "+clip(err.Error(), maxFact)+".",
		"Check the network and base_url.")
}

func (t trouble) unreachable(code string, transient bool, explanation, remedy string) *failure {
	return &failure{
		transient: transient,
		Diagnosis: Diagnosis{State: Unreachable, Code: code, Explanation: explanation, Remedy: remedy},
	}
}

func (t trouble) setup() *failure {
	if e, ok := errors.AsType[*setupError](t.err); ok {
		return &failure{Diagnosis: misconfigured(e.explanation, e.remedy)}
	}
	return nil
}

func (t trouble) redirect() *failure {
	e, ok := errors.AsType[*redirectError](t.err)
	switch {
	case !ok && strings.Contains(t.err.Error(), "failed to parse Location header"):
		// net/http has no type for it.
		return &failure{Diagnosis: misconfigured(t.host+" sends the request on to something that is not an address.",
			"Check base_url; if it is right, tell those who run the service.")}
	case !ok:
		return nil
	case e.to == "":
		return &failure{Diagnosis: misconfigured(
			fmt.Sprintf("%s sends the request on and on, more than %d times.", t.host, maxRedirects),
			"Check base_url; if it is right, tell those who run the service.")}
	}
	return &failure{Diagnosis: misconfigured(
		fmt.Sprintf("%s wants the request sent on to %s, which is not the address of this profile: nothing was sent there.",
			t.host, clip(e.to, maxFact)),
		"If that is where the service lives, make it the base_url; if it is a login page, sign in to the network first.")}
}

func (t trouble) proxy() *failure {
	const remedy = "Check proxy in the profile, or HTTPS_PROXY and NO_PROXY in the environment."
	if e, ok := errors.AsType[*proxyRefusal](t.err); ok {
		if e.status == http.StatusProxyAuthRequired {
			return &failure{Diagnosis: misconfigured("The proxy "+e.host+" wants a user name and password.",
				"Put them into the proxy address of the profile or of the environment.")}
		}
		return t.unreachable("proxy", e.status >= 502 && e.status <= 504,
			fmt.Sprintf("The proxy %s does not let the connection to %s through (status %d).", e.host, t.host, e.status), remedy)
	}
	e, ok := errors.AsType[*net.OpError](t.err)
	if !ok || e.Op != "proxyconnect" && !strings.HasPrefix(e.Op, "socks") {
		return nil
	}
	return t.unreachable("proxy", !e.Timeout(),
		"The proxy on the way to "+t.host+" could not be used: "+clip(e.Err.Error(), maxFact)+".", remedy)
}

func (t trouble) name() *failure {
	e, ok := errors.AsType[*net.DNSError](t.err)
	switch {
	case !ok:
		return nil
	case e.IsNotFound:
		return t.unreachable("dns", false, "There is no host with the name "+e.Name+".",
			"Check base_url, and that this computer's network knows the name.")
	case e.IsTimeout:
		return t.unreachable("timeout", false, "The name "+e.Name+" could not be looked up in time.",
			"Check the network and its name servers.")
	}
	return t.unreachable("dns", true, "The name "+e.Name+" could not be looked up: "+clip(e.Err, maxFact)+".",
		"Check the network and its name servers.")
}

func (t trouble) timeout() *failure {
	e, isNet := errors.AsType[net.Error](t.err)
	if !errors.Is(t.err, context.DeadlineExceeded) && !errors.Is(t.err, os.ErrDeadlineExceeded) && (!isNet || !e.Timeout()) {
		return nil
	}
	const remedy = "Check the network; give a slow service longer with request_timeout."
	if _, reading := errors.AsType[*readError](t.err); reading {
		return t.unreachable("timeout", false, fmt.Sprintf("%s began to answer, but not all of it came within %s.", t.host, t.limit), remedy)
	}
	return t.unreachable("timeout", false, fmt.Sprintf("%s did not answer within %s.", t.host, t.limit), remedy)
}

// Windows has numbers of its own for these, which the constants of package
// syscall do not match there and which nobody else uses.
const (
	windowsAborted     = syscall.Errno(10053)
	windowsReset       = syscall.Errno(10054)
	windowsRefused     = syscall.Errno(10061)
	windowsNetDown     = syscall.Errno(10051)
	windowsHostMissing = syscall.Errno(10065)
)

// broken is a connection that could not be made, or did not last.
func (t trouble) broken() *failure {
	is := func(errs ...error) bool {
		for _, e := range errs {
			if errors.Is(t.err, e) {
				return true
			}
		}
		return false
	}
	_, reading := errors.AsType[*readError](t.err)
	switch {
	case is(syscall.ECONNREFUSED, windowsRefused):
		return t.unreachable("refused", true, "Nothing accepts connections at "+t.host+".",
			"Check that the service runs, and the host and port of base_url.")
	case is(syscall.ENETUNREACH, syscall.EHOSTUNREACH, windowsNetDown, windowsHostMissing):
		return t.unreachable("no_route", true, "There is no way to "+t.host+" from this network.",
			"Check the network connection, and a VPN where one is needed.")
	case reading && !t.corrupt() && !is(errTooLarge):
		return t.unreachable("reset", true, "The connection to "+t.host+" broke while the answer was read.", "Refresh; if it stays so, check the network.")
	case is(syscall.ECONNRESET, syscall.EPIPE, syscall.ECONNABORTED, io.EOF, io.ErrUnexpectedEOF, windowsReset, windowsAborted):
		return t.unreachable("reset", true, t.host+" closed the connection without an answer.",
			"Refresh; if it stays so, check the port of base_url and what lies between here and the service.")
	}
	return nil
}

// corrupt reports whether the answer's packing is broken.
func (t trouble) corrupt() bool {
	_, flawed := errors.AsType[flate.CorruptInputError](t.err)
	return flawed || errors.Is(t.err, gzip.ErrHeader) || errors.Is(t.err, gzip.ErrChecksum)
}

// content is an answer that came but is not one.
func (t trouble) content() *failure {
	explanation := ""
	switch {
	case errors.Is(t.err, errTooLarge):
		explanation = fmt.Sprintf("The answer of %s is more than %d MiB long.", t.host, maxAnswer>>20)
	case t.corrupt():
		explanation = "The answer of " + t.host + " is compressed in a way that cannot be undone."
	case strings.Contains(t.err.Error(), "malformed HTTP"):
		// net/http has no type for it.
		explanation = "What answers at " + t.host + " does not speak HTTP."
	default:
		return nil
	}
	return &failure{Diagnosis: diagnosed(BadResponse, explanation, "Check that base_url is the API of the service.")}
}

// tls is a handshake that failed for another reason than the certificate.
func (t trouble) tls() *failure {
	_, noTLS := errors.AsType[tls.RecordHeaderError](t.err)
	if noTLS || errors.Is(t.err, http.ErrSchemeMismatch) {
		return t.unreachable("tls_not_spoken", false, t.host+" does not speak TLS: what answers there is not https.",
			"Check the port of base_url; use http:// only for a service on this computer.")
	}
	if e, ok := errors.AsType[*net.OpError](t.err); ok && (e.Op == "remote error" || e.Op == "local error") {
		return t.unreachable("tls_refused", false, "The TLS handshake with "+t.host+" failed: "+clip(e.Err.Error(), maxFact)+".",
			"Check client_cert and client_key where the service wants a certificate, and the port of base_url.")
	}
	return nil
}

// certificate is a certificate that cannot be trusted.
func (t trouble) certificate() *failure {
	name := func(c *x509.Certificate) string { return "The certificate of " + t.host + subject(c) }
	if e, ok := errors.AsType[x509.CertificateInvalidError](t.err); ok && e.Reason == x509.Expired && e.Cert != nil {
		if e.Cert.NotBefore.After(t.now) {
			return t.unreachable("tls_not_yet_valid", false,
				name(e.Cert)+" is not valid before "+e.Cert.NotBefore.UTC().Format(time.DateTime+" MST")+".",
				"Check this computer's clock; if it is right, tell those who run the service.")
		}
		return t.unreachable("tls_expired", false,
			name(e.Cert)+" ended on "+e.Cert.NotAfter.UTC().Format(time.DateTime+" MST")+".",
			"Tell those who run the service; check this computer's clock if that date is still to come.")
	}
	if e, ok := errors.AsType[x509.UnknownAuthorityError](t.err); ok {
		issuer := ""
		if e.Cert != nil {
			issuer = ", signed by " + clip(e.Cert.Issuer.String(), maxFact) + ","
		}
		return t.unreachable("tls_unknown_authority", false,
			name(e.Cert)+issuer+" is not from an authority that this computer trusts.",
			"If it is the right one, name a file with the authority's certificate in ca_file; if not, something on the way intercepts the connection.")
	}
	if e, ok := errors.AsType[x509.HostnameError](t.err); ok {
		return t.unreachable("tls_wrong_host", false,
			name(e.Certificate)+" is not for that name but for "+validNames(e.Certificate)+".",
			"Check the host in base_url; if it is right, tell those who run the service.")
	}
	if e, ok := errors.AsType[*tls.CertificateVerificationError](t.err); ok {
		return t.unreachable("tls_certificate", false,
			"The certificate of "+t.host+" cannot be trusted: "+clip(e.Err.Error(), maxFact)+".",
			"Tell those who run the service.")
	}
	return nil
}

// subject names a certificate in brackets.
func subject(c *x509.Certificate) string {
	if c == nil || c.Subject.String() == "" {
		return ""
	}
	return " (" + clip(c.Subject.String(), maxFact) + ")"
}

// validNames lists the hosts that a certificate is for.
func validNames(c *x509.Certificate) string {
	var names []string
	if c != nil {
		names = append(names, c.DNSNames...)
		for _, ip := range c.IPAddresses {
			names = append(names, ip.String())
		}
	}
	if len(names) == 0 {
		return "none"
	}
	return anyOf(names)
}
