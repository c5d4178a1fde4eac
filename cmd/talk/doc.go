// Package talk is the dashboard as a conversation in plain lines, for those who
// listen to a screen and for what is no screen: it tells how the profiles are and
// what changes, and does what a person types.
//
// It is given the configuration, the events of the checks and what it can have
// done. It knows of no flag, no command and no terminal: it reads lines and
// writes lines, and never moves a cursor.
package talk
