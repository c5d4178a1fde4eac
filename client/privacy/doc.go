// Package privacy replaces everything that identifies a person with stand-ins,
// so that a screen can be shown to others. It works on snapshots and texts, and
// does not know how either is drawn.
package privacy
