// Package draw turns values into lines of text for a terminal: texts cut and
// broken to a width, fields that are written in, panes and reports written with
// a pen, frames, gauges, sparklines, axes of time and pictures. It writes in the
// inks and with the signs of a theme. It knows no profile, no view and no state
// of the dashboard: whoever draws hands it what is to be seen.
package draw
