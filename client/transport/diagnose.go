package transport

import "rollcall/client/text"

// diagnose tries the kinds of trouble from the most to the least specific.
func (t trouble) diagnose() *Failure {
	for _, kind := range []func() *Failure{
		t.setup, t.redirect, t.proxy, t.name, t.timeout, t.certificate, t.tls, t.content, t.broken,
	} {
		if f := kind(); f != nil {
			return f
		}
	}
	return t.unreachable("", true, t.host+" could not be asked: "+text.Clip(t.err.Error(), text.MaxFact)+".",
		t.remedy("Check the network and base_url.", "Check the network."))
}
