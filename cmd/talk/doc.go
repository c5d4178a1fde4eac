// Package talk is the dashboard as a conversation in plain lines, for those who
// listen to a screen and for what is no screen: it tells how the profiles are and
// what changes, and does what a person types.
//
// It is given the configuration, the events of the checks, the use cases that change
// profiles, and what it can have done besides. It knows of no flag and no terminal: it
// reads lines and writes lines, and never moves a cursor.
//
// The files lie in layers:
//
//	run             listens: to lines, events, a changed file, the time
//	commands        the table of what can be typed; a line to its command
//	fix             what a state asks for
//	rotation        secrets of several profiles, one after another
//	rotate, change  what changes a profile, its secret, a choice
//	many            what is done to many profiles at once
//	news            what is new, in the order of urgency
//	list, look, people  what there is
//	marks           which profiles are meant, and which are marked
//	check           checks that the person asks for
//	ask, tell       questions; a profile in words
//	conversation    what is talked about; pending and order are parts of it
//	lines, words    lines typed, sentences said
package talk
