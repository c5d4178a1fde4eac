// Package export tells a collector of metrics how the profiles are, in the text
// format of OpenMetrics.
//
// It writes what it is given. It checks no profile, and knows of no flag and no
// command.
package export
