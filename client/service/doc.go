// Package service is the contract between rollcall and the services that it asks:
// a [Service] shows a credential, reads an [Answer] into an account and a
// diagnosis, and asks for details by an [Ask]. What all services have in common
// is here, too: addresses, JSON, statuses, JSON Web Tokens. A service is a
// folder below this one. There is no network in any of them: everything that they
// need is handed to them.
package service
