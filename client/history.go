package client

import "rollcall/client/account"

// appendCheck is the history with one more check, in a slice of its own. Only
// the latest checks keep what went over the wire.
func appendCheck(history []account.Check, c account.Check) []account.Check {
	kept := history[max(0, len(history)-account.MaxHistory+1):]
	all := make([]account.Check, 0, len(kept)+1)
	all = append(append(all, kept...), c)
	for i := range max(0, len(all)-keptExchanges) {
		all[i].Exchange = nil
	}
	return all
}

// newCheck is what a check found, as one of the history.
func (o outcome) newCheck(h account.Health) account.Check {
	return account.Check{
		At: h.CheckedAt, State: h.State, HTTPStatus: h.HTTPStatus, Latency: h.Latency, Code: h.Code,
		Phases: o.phases, Remaining: o.snapshot.RateLimit.Remaining, Exchange: o.exchange,
	}
}

// keptExchanges is for how many checks of a profile they are kept.
const keptExchanges = 10
