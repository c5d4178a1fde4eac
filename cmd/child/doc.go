// Package child runs programs for a person: on a terminal that whoever draws on it has
// left, or behind the screen. It gives the terminal back as it was, whatever the program
// leaves, and tells how the program ended. It knows no profile, no configuration and no
// screen.
package child
