// Package web has what services on the web share: bodies in JSON, bearer
// tokens, the address of the caller, requests a minute, pictures of users. It
// knows no service.
package web
