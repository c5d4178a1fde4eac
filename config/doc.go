// Package config reads, checks and describes the file in which people keep
// their profiles, and resolves the credentials that it refers to.
package config
