// Package tracker is the demo's tracker of issues: a service that rollcall has no
// code for. The demo's configuration describes it.
package tracker
