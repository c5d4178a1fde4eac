// Package extract finds one text in the text of a file that a tool keeps for
// itself: a token among hosts, logins and settings. It knows the formats that such
// files have, and how a place is named in each.
//
// It puts another in the place of it, too, with every other byte left as it is.
//
// It opens no file and keeps nothing. What it says about a failure never has
// anything of the file in it.
//
// The files lie in layers:
//
//	replace                    another text in its place; a part for each format
//	place                      the place of a text, and what is found there
//	path                       paths into documents, with their bounds
//	document                   JSON, YAML and TOML as trees of values
//	ini, netrc, npmrc          a format each, in lines
//	span                       parts of a text
//	format                     their names, and what can be wrong with a file
package extract
