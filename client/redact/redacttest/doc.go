// Package redacttest writes secrets as services and logs do, and looks for them in
// whatever bytes. It does not use what it tests. It is for tests.
package redacttest
