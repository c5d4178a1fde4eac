// Package declared is the services that are described in TOML: a few lines say
// where to ask, how to show the credential, and where in the answer things are.
//
// A description comes as the values of its table, and becomes a [Service] like any
// other. What is wrong with it is told as faults with the keys that they lie at;
// where that is in a file, whoever has read the file knows. The descriptions that we
// ship lie in the folder library, and are read when somebody names one.
//
// The files lie in layers: fault, keys and path know no description; field, expiry,
// rule and the like read one part of an answer each; description and its readers put
// them together; service, identify and details ask.
package declared
