// Package config reads, checks, describes, edits, saves and watches the file in
// which people keep their profiles, resolves the credentials that it refers to,
// and tells which profile is the active one.
package config
