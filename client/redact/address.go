package redact

import "net/url"

// Address is a URL without its user name, query and fragment, which can be secret. Where
// it was cut stands an [Ellipsis], so that a redactor finds the beginning of a secret that
// had one of their marks in it. One with a user name is cut before that: where it ends
// depends on the secret.
func Address(u *url.URL) string {
	if u.User != nil {
		return u.Scheme + "://" + Ellipsis
	}
	shown := (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
	if u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		shown += Ellipsis
	}
	return shown
}
