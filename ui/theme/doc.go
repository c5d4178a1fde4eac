// Package theme decides what everything on the screen looks like: which colour
// each role has, in which ink a text is written, and which characters stand for
// marks, frames and bars, for terminals of many colours, of few, and of none.
// Nothing else names a colour. It knows severities and no profile, no pane and
// no layout.
package theme
