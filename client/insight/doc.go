// Package insight says what snapshots mean to a person: which profiles to look
// after and in which order, which fail for one reason, which belong to one
// person, and whether a new secret is worse than the old one. It sends no request
// and keeps nothing.
package insight
