package transport

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
)

// tls knows handshakes that failed for another reason than the certificate.
func (t trouble) tls() *Failure {
	_, noTLS := errors.AsType[tls.RecordHeaderError](t.err)
	during, _ := t.during()
	if noTLS && during < phaseAnswer || errors.Is(t.err, http.ErrSchemeMismatch) {
		return t.unreachable("tls_not_spoken", false, t.host+" does not speak TLS: what answers there is not https.",
			t.remedy("Check the port of base_url; use http:// only for a service on this computer.", "Check the network, and a firewall or proxy on the way.")).by(account.ActionEdit)
	}
	e, alert := errors.AsType[*net.OpError](t.err)
	switch {
	case alert && e.Op == "remote error":
		return t.alert(strings.TrimPrefix(e.Err.Error(), "tls: "))
	case alert && e.Op == "local error", strings.Contains(t.err.Error(), "tls: "):
		_, said, _ := strings.Cut(t.err.Error(), "tls: ")
		return t.unreachable("tls_refused", false,
			"What "+t.host+" sent breaks the rules of TLS: "+text.Clip(said, text.MaxFact)+".",
			"Check again; if it stays so, check the network, and a firewall or proxy on the way, which may change what is sent.")
	}
	return nil
}

// alert is the end of a handshake that the server wanted, with the words of TLS for it.
func (t trouble) alert(said string) *Failure {
	explanation := "The TLS handshake with " + t.host + " failed: " + text.Clip(said, text.MaxFact) + "."
	switch said {
	case "protocol version not supported":
		return t.unreachable("tls_refused", false, explanation,
			"Tell those who run the service that it takes no safe version of TLS: rollcall speaks 1.2 and 1.3.").by(account.ActionCopy)
	case "unrecognized name":
		return t.unreachable("tls_refused", false, explanation, t.remedy("Check the host in base_url: the server does not know the name.",
			"Check the network: something on the way may answer in place of the service.")).by(account.ActionEdit)
	case "no application protocol":
		return t.unreachable("tls_refused", false, explanation, t.remedy("Check the port of base_url: what listens there is not for HTTP.",
			"Check the network, and a firewall or proxy on the way.")).by(account.ActionEdit)
	case "internal error":
		return t.unreachable("tls_refused", false, explanation, "Check again in a while; if it stays so, tell those who run the service.")
	}
	return t.unreachable("tls_refused", false, explanation,
		"Check client_cert and client_key where the service wants a certificate"+t.remedy(", and the port of base_url.", ".")).by(account.ActionEdit)
}

// certificate knows certificates that cannot be trusted.
func (t trouble) certificate() *Failure {
	name := func(c *x509.Certificate) string { return "The certificate of " + t.host + certificateFacts(c) }
	if e, ok := errors.AsType[x509.CertificateInvalidError](t.err); ok && e.Reason == x509.Expired && e.Cert != nil {
		if e.Cert.NotBefore.After(t.now) {
			return t.unreachable("tls_not_yet_valid", false,
				name(e.Cert)+" is not valid before "+e.Cert.NotBefore.UTC().Format(time.DateTime+" MST")+".",
				"Check this computer's clock; if it is right, tell those who run the service.").by(account.ActionCopy)
		}
		return t.unreachable("tls_expired", false,
			name(e.Cert)+" ended on "+e.Cert.NotAfter.UTC().Format(time.DateTime+" MST")+".",
			"Tell those who run the service; check this computer's clock if that date is still to come.").by(account.ActionCopy)
	}
	if e, ok := errors.AsType[x509.UnknownAuthorityError](t.err); ok && strings.Contains(e.Error(), "insecure algorithm") {
		return t.unreachable("tls_certificate", false, name(e.Cert)+" cannot be trusted: its signature is too weak.",
			"Tell those who run the service.").by(account.ActionCopy)
	} else if ok {
		return t.unreachable("tls_unknown_authority", false,
			name(e.Cert)+" is not from an authority that this computer trusts.",
			"If it is the right one, name a file with the authority's certificate in ca_file; if not, something on the way intercepts the connection.").by(account.ActionEdit)
	}
	if e, ok := errors.AsType[x509.HostnameError](t.err); ok {
		return t.unreachable("tls_wrong_host", false,
			name(e.Certificate)+" is not for that name but for "+validNames(e.Certificate)+".",
			t.remedy("Check the host in base_url; if it is right, tell those who run the service.",
				"Check the network: something on the way may answer in place of the service.")).by(account.ActionEdit)
	}
	if e, ok := errors.AsType[*tls.CertificateVerificationError](t.err); ok {
		var shown *x509.Certificate
		if len(e.UnverifiedCertificates) > 0 {
			shown = e.UnverifiedCertificates[0]
		}
		return t.unreachable("tls_certificate", false,
			name(shown)+" cannot be trusted: "+text.Clip(e.Err.Error(), text.MaxFact)+".",
			"Tell those who run the service.").by(account.ActionCopy)
	}
	return nil
}

// certificateFacts describes a certificate in brackets: its subject, its issuer
// and the end of its validity.
func certificateFacts(c *x509.Certificate) string {
	if c == nil {
		return ""
	}
	var facts []string
	if s := c.Subject.String(); s != "" {
		facts = append(facts, text.Clip(s, text.MaxFact))
	}
	switch issuer := c.Issuer.String(); {
	case issuer != "" && issuer == c.Subject.String():
		facts = append(facts, "signed by itself")
	case issuer != "":
		facts = append(facts, "signed by "+text.Clip(issuer, text.MaxFact))
	}
	if !c.NotAfter.IsZero() {
		facts = append(facts, "valid until "+c.NotAfter.UTC().Format(time.DateOnly))
	}
	if len(facts) == 0 {
		return ""
	}
	return " (" + strings.Join(facts, ", ") + ")"
}

// validNames lists the host names and addresses that a certificate is for.
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
	return text.AnyOf(names)
}
