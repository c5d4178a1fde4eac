// Package config reads, checks, edits, saves and watches the file in which
// people keep their profiles, and tells which profile is to be used where one
// is needed.
//
// It knows no service: what a configuration must know of them comes in as [Services],
// which reads the descriptions that the file has of others, too. It asks nothing over
// the network, shows nothing on a screen, and keeps no state but which profiles were
// chosen. It reads and writes where the secret of a profile is; what it takes to have the secret, or to store
// another, a credential knows by itself.
//
// The files lie in layers. A file names files of its own layer or of lower
// ones, and never one that names it.
//
//	choice, choice_file, project         which profile is to be used, and what says so
//	change, undo, save*, draft_check     what a person does with the file
//	load, watch                          the file, now and whenever it changes
//	draft, document, edit_*              a profile as a person writes it; a text that is edited
//	decode*, address, reference, theme   what the tables of the file must say
//	declare, description, trust          services that it describes itself, unread
//	tree, splice     table, decoder      a text with its form; one table of it, with what is wrong in it
//	position, syntax, toml               where keys stand; what is not TOML
//	config, profile, problem, version    the values
//	services                             what it must know of services
//	words, paths                         texts and folders
//
// What reads the file (decode) and what edits it (document) know nothing of each
// other: a draft is checked by writing it to a text and reading that.
package config
