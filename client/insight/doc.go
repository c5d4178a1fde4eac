// Package insight says what several snapshots mean together: which profiles
// fail for one reason, which belong to one person, and whether a new secret is
// worse than the old one. It sends no request and keeps nothing.
package insight
