// Package discover finds the accounts that a machine has: those in the variables
// and files of the tools that use the services, with the profile that would refer
// to each. Each tool has a file here, which is mostly data.
//
// It looks and tells. It copies no secret, contacts nobody, runs nothing, changes
// nothing, and does not know which profiles there are already. Secrets are compared
// in memory, to tell of one token once.
//
// The files lie in layers:
//
//	accounts, names         all that is found, each token once
//	tools                   the list of tools
//	gh, glab, …             a tool each
//	source                  what a tool reads: variables and files
//	variable, file, kept    a sort of place each
//	address, machine        where to look, and what is found
package discover
