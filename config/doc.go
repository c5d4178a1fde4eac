// Package config reads, checks, describes, edits and saves the file in which
// people keep their profiles, and resolves the credentials that it refers to.
package config
