// Package demotest lets tests ask the demo services: it serves one of them,
// sends requests as its sample profiles, moves the clock and holds answers to
// a published description. It knows no service.
package demotest
