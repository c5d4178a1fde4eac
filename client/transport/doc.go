// Package transport sends one request of one profile: over TLS and proxies, a few at
// a time for each origin, on to other addresses within the origin only, and again
// where a failure may pass. It tells what a failure means, how long each part took,
// and what a person may see of the exchange. It knows services as addresses and
// headers, and asks whoever uses it whether a credential may be used now.
package transport
