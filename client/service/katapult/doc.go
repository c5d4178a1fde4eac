// Package katapult knows the core API of Katapult: users, organizations and API
// tokens, and what each of its errors means.
package katapult
