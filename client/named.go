package client

import (
	"fmt"
	"net/url"

	"rollcall/client/account"
	"rollcall/client/redact"
	"rollcall/client/service"
	"rollcall/client/text"
	"rollcall/client/transport"
)

// withPlace sets who knows to which address of another origin the profile is pinned,
// before the first check.
func (c *Client) withPlace(get func(profile, endpoint string) (address string, known bool)) {
	c.place = get
}

// name lets the next request go to the address that the service itself has named for
// it. Beyond the origin of the profile that is only the one that it is pinned to, or any where it
// is pinned to none yet, and never one to which the credential would go unencrypted.
func (a *asking) name(address string) *transport.Failure {
	c := a.client
	host := c.address.Host
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" ||
		text.BoundAddress(address) != address || a.bearer.Redact(address) != address {
		return &transport.Failure{Diagnosis: service.Misconfigured(
			host+" names something to be asked at that is not an address.", "Tell those who run "+host+".").By(account.ActionCopy)}
	}
	shown := redact.Address(u)
	if service.OriginOf(u) == c.address.Origin {
		a.named = address
		return nil
	}
	if !a.mayGoOnTo(u) {
		return &transport.Failure{Diagnosis: service.Misconfigured(
			fmt.Sprintf("%s wants to be asked at %s, where the token would not be safe: nothing was sent there.", host, shown),
			"Tell those who run "+host+": both addresses must be https.").By(account.ActionCopy)}
	}
	if pinned, known := c.place(c.profile.Name, c.Endpoint()); known && pinned != address {
		return &transport.Failure{Diagnosis: service.Misconfigured(
			fmt.Sprintf("%s now wants to be asked at %s, but this profile is pinned to %s: nothing was sent there.", host, shown, pinned),
			fmt.Sprintf("If you know that %s has moved that, run: rollcall pin %s.", host, c.profile.Name)).By(account.ActionPin)}
	}
	a.named, a.sender.Elsewhere = address, address
	return nil
}

// mayGoOnTo reports whether a credential for the origin of the profile is as safe at
// another address: over https, or where both are on this computer and neither is.
func (a *asking) mayGoOnTo(u *url.URL) bool {
	origin, err := url.Parse(a.client.address.Origin)
	if err != nil {
		return false
	}
	here := service.IsLoopback(origin.Hostname()) && service.IsLoopback(u.Hostname())
	return origin.Scheme == u.Scheme && (u.Scheme == "https" || here && u.Scheme == "http")
}
