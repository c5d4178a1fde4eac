// Package privacy puts stand-ins in the place of what tells who a person is, so
// that a screen can be shown to others.
package privacy
