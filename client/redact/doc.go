// Package redact finds a secret in any text, in whatever encoding it stands
// there, and replaces it. It does not know where the secret comes from or which
// service wrote the text.
package redact
