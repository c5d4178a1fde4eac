// Package katapulttest has answers of Katapult as it sends them, each with what is
// to be made of it.
package katapulttest
