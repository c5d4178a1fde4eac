package ui

import (
	"rollcall/client/account"
	"rollcall/ui/draw"
)

// services describe those that a profile can be at, in their order.
type services []account.ServiceInfo

// named is the service of a name; empty for none.
func (all services) named(name string) *account.ServiceInfo {
	for i := range all {
		if all[i].Name == name {
			return &all[i]
		}
	}
	return &account.ServiceInfo{}
}

// choices are the services as a form offers them.
func (all services) choices() []draw.Choice {
	var choices []draw.Choice
	for _, s := range all {
		choices = append(choices, draw.Choice{Value: s.Name, Word: s.Title})
	}
	return choices
}
