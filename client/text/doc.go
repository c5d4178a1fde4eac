// Package text makes texts fit for people and terminals. It makes them
// printable and bounded, joins words into sentences, and puts spans of time
// into words. It knows no account, no service and no screen.
package text
