// Package authoritytest makes authorities that sign certificates, for tests of what is
// asked over TLS. It knows no server.
package authoritytest
