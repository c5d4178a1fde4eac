// Package redact finds a secret in any text, however it is written there, and
// takes it out. It knows no credential source and no service.
package redact
