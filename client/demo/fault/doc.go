// Package fault imitates what can stand between a service and those who ask
// it: proxies, login pages, redirects, hosts that fail. It knows of a service
// only what a proxy would see.
package fault
