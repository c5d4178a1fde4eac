// Package katapult is a demo service: the part of Katapult's core API that
// rollcall asks, and the sample profiles that show what it answers.
//
// Refusals and oddities are the real service's, so that what works here works
// there. The package knows neither its address nor what stands before it.
package katapult
