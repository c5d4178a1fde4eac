// Package sample has the words in which a demo service describes itself, its
// sample profiles and the addresses at which something stands before it. It
// knows no service.
package sample
