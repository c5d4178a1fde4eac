// Package servicetest checks what must hold for every service: a row of a table is
// a [Reading], one answer and what is to be made of it.
package servicetest
