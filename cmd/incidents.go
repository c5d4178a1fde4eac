package cmd

import (
	"fmt"

	"rollcall/client/insight"
	"rollcall/client/text"
)

// writeIncidents says once on stderr what profiles have in common.
func (c *console) writeIncidents(incidents []insight.Incident) {
	for _, i := range incidents {
		fmt.Fprintln(c.stderr, text.Printable(fmt.Sprintf("rollcall: %s: %s %s", i.Title, i.Explanation, i.Remedy)))
	}
}

// incidentTitles are the titles by profile.
func incidentTitles(incidents []insight.Incident) map[string]string {
	titles := map[string]string{}
	for _, i := range incidents {
		for _, name := range i.Profiles {
			titles[name] = text.Printable(i.Title) + "."
		}
	}
	return titles
}
