// Package declaredtest reads whole HTTP answers from files, and asks a declared
// service what they mean. It is for tests.
package declaredtest
