// Package onezonetest has answers of Onezone as it sends them, each with what is to
// be made of it, and tokens of its kind that are worth nothing.
package onezonetest
