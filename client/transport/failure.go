package transport

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// Failure is the reason why a request got no whole answer. The diagnosis always
// has a state.
type Failure struct {
	account.Diagnosis
	// Status is the HTTP status of an incomplete answer; zero where none came.
	Status int
	// transient is set where another attempt within seconds may succeed.
	transient bool
	// CoolingDown is set where the request was not sent because the credential is
	// in a cooldown, which ends at RetryAt.
	CoolingDown bool
	RetryAt     time.Time
	// Aborted is set where the caller's context ended first. Nothing is then
	// known about the service.
	Aborted bool
}

// Diagnosed is what the failure means.
func (f *Failure) Diagnosed() account.Diagnosis { return f.Diagnosis }

// Error is the explanation, which services put into sentences of their own.
func (f *Failure) Error() string { return f.Explanation }

// coolingDown is the failure of a request during a cooldown.
func coolingDown(until time.Time) *Failure {
	return &Failure{
		CoolingDown: true, RetryAt: until,
		Diagnosis: service.Diagnosed(account.RateLimited,
			// Until when that is stands beside it.
			"Nothing was asked: the service has named a time to wait for this credential.", "Wait until then."),
	}
}

// trouble is an error of a request with the facts that explain it. Each of its
// methods that returns a failure knows one kind of error, and returns nil for
// every other kind.
type trouble struct {
	// host is the host that was asked, with its port where the profile has one.
	host string
	// public is set where the profile names no address of its own that could be wrong.
	public bool
	// limit is the time limit of an attempt.
	limit time.Duration
	err   error
	now   time.Time
}

// remedy is what to do where something may be wrong with the address: for a profile
// that names one, and for one that is at the public address of its service.
func (t trouble) remedy(named, public string) string {
	return service.Address{Public: t.public}.Remedy(named, public)
}

// unreachable is a failure with the state of that name. code tells it from
// other failures with the same state.
func (t trouble) unreachable(code string, transient bool, explanation, remedy string) *Failure {
	return &Failure{
		transient: transient,
		Diagnosis: account.Diagnosis{State: account.Unreachable, Code: code, Explanation: explanation, Remedy: remedy},
	}
}

// by is the failure with the action that its remedy asks for, where that is not to
// ask again.
func (f *Failure) by(a account.Action) *Failure {
	f.Action = a
	return f
}

// setup knows mistakes in the set-up.
func (t trouble) setup() *Failure {
	if e, ok := errors.AsType[*setupError](t.err); ok {
		d := service.Misconfigured(e.explanation, e.remedy)
		if e.outside {
			d = d.By(account.ActionCopy)
		}
		return &Failure{Diagnosis: d}
	}
	return nil
}

// redirect knows redirects that were not followed.
func (t trouble) redirect() *Failure {
	const later = "Check again in a while; if it stays so, tell those who run the service."
	e, ok := errors.AsType[*redirectError](t.err)
	switch {
	case !ok:
		return nil
	case e.unreadable:
		return &Failure{Diagnosis: service.Misconfigured(t.host+" sends the request on to something that is not an address.",
			t.remedy("Check base_url; if it is right, tell those who run the service.", later))}
	case e.to == "":
		return &Failure{Diagnosis: service.Misconfigured(
			fmt.Sprintf("%s sends the request on and on, more than %d times.", t.host, maxRedirects),
			t.remedy("Check base_url; if it is right, tell those who run the service.", later))}
	}
	what := fmt.Sprintf("%s wants the request sent on to %s, which is not the address of this profile: nothing was sent there.",
		t.host, text.Clip(e.to, text.MaxFact))
	if loginPage().MatchString(e.to) {
		d := service.Misconfigured(what+" That looks like a login page or a captive portal.",
			"Open any web page in a browser, sign in to the network if it asks for that, then check again"+
				t.remedy("; else make base_url the address of the API itself.", "."))
		d.SignIn = true
		return &Failure{Diagnosis: d}
	}
	return &Failure{Diagnosis: service.Misconfigured(what,
		t.remedy("If that is where the service lives, make it the base_url; if it is a login page, sign in to the network first.",
			"If it is a login page, sign in to the network first; else look for a newer rollcall."))}
}

// loginPage matches the addresses of pages on which people sign in.
var loginPage = text.Pattern(
	`(?i)(?:^|[^a-z])(?:log-?in|sign-?in|logon|sso|o?auth2?|saml2?|captive|portal|hotspot|wi-?fi|wlan|guest)(?:[^a-z]|$)`)

// proxy knows proxies that cannot be used.
func (t trouble) proxy() *Failure {
	const remedy = "Check proxy in the profile, or HTTPS_PROXY and NO_PROXY in the environment."
	if e, ok := errors.AsType[*proxyRefusal](t.err); ok {
		if e.status == http.StatusProxyAuthRequired {
			return &Failure{Diagnosis: service.Misconfigured("The proxy "+e.host+" wants a user name and password.",
				"Put them into the proxy address of the profile or of the environment.")}
		}
		return t.unreachable("proxy", e.status >= 502 && e.status <= 504,
			fmt.Sprintf("The proxy %s does not let the connection to %s through (status %d).", e.host, t.host, e.status), remedy).by(account.ActionEdit)
	}
	e, ok := errors.AsType[*net.OpError](t.err)
	if during, _ := t.during(); during == phaseConnect && (!ok || e.Op == "read" || e.Op == "write") && !errors.Is(t.err, context.DeadlineExceeded) {
		// Only a proxy can answer before the TLS handshake.
		if t.lost() {
			return t.unreachable("proxy", true, "The proxy on the way to "+t.host+" closed the connection without an answer.", remedy).by(account.ActionEdit)
		}
		return t.unreachable("proxy", false, "What answers as the proxy on the way to "+t.host+" does not speak HTTP.", remedy).by(account.ActionEdit)
	}
	if !ok || e.Op != "proxyconnect" && !strings.HasPrefix(e.Op, "socks") {
		return nil
	}
	if _, noTLS := errors.AsType[tls.RecordHeaderError](e.Err); noTLS {
		return t.unreachable("proxy", false, "The proxy on the way to "+t.host+" does not speak TLS.",
			"Write http:// before the address of the proxy, or check its port: it is proxy in the profile, or HTTPS_PROXY in the environment.").by(account.ActionEdit)
	}
	return t.unreachable("proxy", !e.Timeout(),
		"The proxy on the way to "+t.host+" could not be used: "+text.Clip(e.Err.Error(), text.MaxFact)+".", remedy).by(account.ActionEdit)
}

// name knows host names that cannot be looked up.
func (t trouble) name() *Failure {
	e, ok := errors.AsType[*net.DNSError](t.err)
	switch {
	case !ok:
		return nil
	case e.IsNotFound:
		return t.unreachable("dns", false, "There is no host with the name "+e.Name+".",
			t.remedy("Check base_url, and that this computer's network knows the name.",
				"Check the network and its name servers: this is the public address of the service."))
	case e.IsTimeout:
		return t.unreachable("timeout_dns", false, "The name "+e.Name+" could not be looked up in time.",
			"Check the network and its name servers.")
	}
	return t.unreachable("dns", true, "The name "+e.Name+" could not be looked up: "+text.Clip(e.Err, text.MaxFact)+".",
		"Check the network and its name servers.")
}

// timeout knows the end of the time limit, in each phase of a request.
func (t trouble) timeout() *Failure {
	e, isNet := errors.AsType[net.Error](t.err)
	if !errors.Is(t.err, context.DeadlineExceeded) && !errors.Is(t.err, os.ErrDeadlineExceeded) && (!isNet || !e.Timeout()) {
		return nil
	}
	const slow = "give a slow service longer with request_timeout."
	switch during, at := t.during(); during {
	case phaseName:
		return t.unreachable("timeout_dns", false, fmt.Sprintf("The name of %s was not looked up within %s.", t.host, t.limit),
			"Check the network and its name servers.")
	case phaseConnect:
		return t.unreachable("timeout_connect", false, fmt.Sprintf("No connection to %s%s was made within %s.", t.host, at, t.limit),
			t.remedy("Check the network, a firewall or VPN on the way, and the host and port of base_url.", "Check the network, and a firewall or VPN on the way."))
	case phaseTLS:
		return t.unreachable("timeout_tls", false,
			fmt.Sprintf("%s%s took the connection, but the TLS handshake did not end within %s.", t.host, at, t.limit),
			t.remedy("Check that base_url names the port of https; ", "Check the network, and a firewall or proxy on the way; ")+slow)
	case phaseReading:
		return t.unreachable("timeout_reading", false,
			fmt.Sprintf("%s began to answer, but not all of it came within %s.", t.host, t.limit), "Check the network; "+slow)
	case phaseAnswer:
		return t.unreachable("timeout_answer", false, fmt.Sprintf("%s took the request, but did not answer within %s.", t.host, t.limit),
			"Check again in a while; "+slow)
	}
	return t.unreachable("timeout", false, fmt.Sprintf("%s did not answer within %s.", t.host, t.limit), "Check the network; "+slow)
}

// during is the phase in which the error occurred. at is the network address of
// the connection in brackets, or empty where that is the host itself.
func (t trouble) during() (during phase, at string) {
	if e, ok := errors.AsType[*phaseError](t.err); ok {
		during = e.phase
		if e.peer != "" && e.peer != t.host {
			at = " (at " + e.peer + ")"
		}
	}
	if _, reading := errors.AsType[*readError](t.err); reading {
		during = phaseReading
	}
	if e, ok := errors.AsType[*net.OpError](t.err); ok && e.Op == "dial" {
		during = phaseConnect
	}
	return during, at
}

// Windows has its own numbers for these errors. The constants of package
// syscall do not match them, and no other system uses them.
const (
	windowsAborted     = syscall.Errno(10053)
	windowsReset       = syscall.Errno(10054)
	windowsRefused     = syscall.Errno(10061)
	windowsNetDown     = syscall.Errno(10051)
	windowsHostMissing = syscall.Errno(10065)
)

// broken is a connection that could not be made, or did not last.
func (t trouble) broken() *Failure {
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
			t.remedy("Check that the service runs, and the host and port of base_url.", "Check the network, and a firewall or proxy on the way."))
	case is(syscall.ENETUNREACH, syscall.EHOSTUNREACH, windowsNetDown, windowsHostMissing):
		return t.unreachable("no_route", true, "There is no way to "+t.host+" from this network.",
			"Check the network connection, and a VPN where one is needed.")
	case reading:
		return t.unreachable("reset", true, "The connection to "+t.host+" broke while the answer was read.", "Check again; if it stays so, check the network.")
	case is(syscall.ECONNRESET, syscall.EPIPE, syscall.ECONNABORTED, io.EOF, io.ErrUnexpectedEOF, windowsReset, windowsAborted), t.http2(), strings.Contains(t.err.Error(), "server closed idle connection"):
		return t.unreachable("reset", true, t.host+" "+t.ending(),
			"Check again; if it stays so, check "+t.remedy("the port of base_url and ", "")+"what lies between here and the service.")
	}
	return nil
}

// ending is how a connection ended, behind the host.
func (t trouble) ending() string {
	during, _ := t.during()
	_, stream := errors.AsType[streamError](t.err)
	switch {
	case during == phaseTLS:
		return "closed the connection within the TLS handshake."
	case stream:
		return "ended the request without an answer."
	}
	return "closed the connection without an answer."
}

// streamError is an error of one stream of HTTP/2. The type in net/http is not
// exported, but it fills any error type that has these fields.
type streamError struct {
	StreamID uint32
	Code     uint32
	Cause    error
}

func (e streamError) Error() string { return fmt.Sprintf("stream error %d", e.Code) }

// protocolError is the code in HTTP/2 for a breach of its rules.
const protocolError = 1

// http2 reports whether the error is one of HTTP/2. Most of them have no type,
// so the text decides.
func (t trouble) http2() bool {
	_, ok := errors.AsType[streamError](t.err)
	return ok || strings.Contains(t.err.Error(), "http2: ")
}

// lost reports whether the connection failed, not what was said over it.
func (t trouble) lost() bool {
	_, isNet := errors.AsType[net.Error](t.err)
	_, isSystem := errors.AsType[syscall.Errno](t.err)
	return isNet || isSystem || t.http2() || errors.Is(t.err, io.EOF) || errors.Is(t.err, io.ErrUnexpectedEOF) ||
		strings.HasSuffix(t.err.Error(), "unexpected EOF reading trailer")
}

// notHTTP2 is what net/http says of a server that does not keep to HTTP/2.
const notHTTP2 = "looked like an HTTP/1.1 header"

// malformed reports whether an answer breaks the rules of HTTP. net/http has no
// error types for that. In HTTP/1 it is any error after the beginning of an
// answer that is not one of the connection.
func (t trouble) malformed() bool {
	if e, ok := errors.AsType[streamError](t.err); ok {
		return e.Code == protocolError
	}
	during, _ := t.during()
	if during == phaseReading && !t.lost() {
		return true
	}
	said := t.err.Error()
	return slices.ContainsFunc([]string{"connection error: ", "malformed HTTP", "http2: frame too large", notHTTP2}, func(part string) bool {
		return strings.Contains(said, part)
	})
}

// content knows answers that arrived but are of no use.
func (t trouble) content() *Failure {
	remedy := t.remedy("Check that base_url is the API of the service; if it is, tell those who run it.",
		"Check again in a while; if it stays so, tell those who run the service.")
	explanation := ""
	packed, _ := errors.AsType[*packingError](t.err)
	switch said := t.err.Error(); {
	case packed != nil && packed.unsaid:
		explanation = "The answer of " + t.host + " is packed as " + packed.name + ", and does not say so."
	case packed != nil:
		explanation = "The answer of " + t.host + " is packed as " + text.Clip(packed.name, text.MaxCode) + ", which was not asked for."
	case errors.Is(t.err, errTooLarge):
		explanation = fmt.Sprintf("The answer of %s is more than %d MiB long.", t.host, maxAnswer>>20)
	case errors.Is(t.err, errCompression):
		explanation = "The answer of " + t.host + " is compressed in a way that cannot be undone."
	case errors.Is(t.err, errSwitched):
		explanation = fmt.Sprintf("%s wants to speak another protocol (status %d) instead of answering.", t.host, http.StatusSwitchingProtocols)
	case !t.malformed():
		return nil
	case strings.Contains(said, "response headers exceeded"), strings.Contains(said, "header list larger"):
		explanation = fmt.Sprintf("The headers of the answer of %s are more than %d KiB long.", t.host, maxHeaders>>10)
	case strings.Contains(said, notHTTP2):
		explanation = t.host + " agreed to speak HTTP/2, and then does not."
	case strings.Contains(said, "malformed HTTP"):
		explanation = "What answers at " + t.host + " does not speak HTTP."
	default:
		explanation = "The answer of " + t.host + " breaks the rules of HTTP."
	}
	// What is no answer may belong to a request before: a new connection shows the truth.
	_, kept := errors.AsType[*keptError](t.err)
	return &Failure{transient: kept, Diagnosis: service.Diagnosed(account.BadResponse, explanation, remedy)}
}
