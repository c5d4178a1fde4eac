// Package discover finds the accounts that a machine has: those in the variables
// and files of the tools that use the services, with the profile that would refer
// to each. Each tool has a file here.
//
// It looks and tells. It copies no secret, contacts nobody, changes nothing, and
// does not know which profiles there are already.
package discover
