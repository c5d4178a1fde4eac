// Package store keeps what must last between runs, in a SQLite database: the last
// snapshot of each profile, its checks and changes, the decisions of people
// (pins, snoozes, the active profile) and the cooldowns of credentials.
// schema.sql tells how. Several rollcalls can use one database at the same time.
// The store never writes a secret, sends no request, and does not know what a
// profile is configured to be.
//
// What is known belongs to a configuration, so that two configurations can give
// one name to different accounts; only the cooldowns belong to all.
package store
