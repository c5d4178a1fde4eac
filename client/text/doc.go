// Package text makes texts fit for people and terminals: printable, bounded in
// length, counted, joined into sentences, and spans of time in words. It knows
// no account, no service and no screen.
package text
