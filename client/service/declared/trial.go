package declared

import (
	"rollcall/client/account"
	"rollcall/client/service"
)

// Trial is what a description makes of one answer.
type Trial struct {
	Findings []Finding
	// Rule is the rule that the answer fits, from 1, and Fits what that wants; 0 for
	// none.
	Rule int
	Fits string
	// Promised is set where a good answer has all that the description promises, or
	// where one of its rules speaks of a refusal.
	Promised  bool
	Diagnosis account.Diagnosis
}

// Try tells what an answer to the identity request means, and where in it everything
// is found.
func (s *Service) Try(a service.Answer, q service.Asked) Trial {
	d, r := s.d(), newReply(a)
	var t Trial
	_, t.Diagnosis = s.Read(a, q)
	for i, one := range d.rules {
		if one.fits(r.Status, r.doc, r.wrong == nil) {
			t.Rule, t.Fits = i+1, one.String()
			break
		}
	}
	if t.Diagnosis.State != account.Healthy {
		t.Findings = d.refusalFindings(r)
		if t.Rule == 0 && a.Status/100 == 2 {
			// It was meant to be a good one: why is it not?
			t.Findings = d.findings(r)
		}
		t.Promised = t.Rule > 0
		return t
	}
	t.Findings, t.Promised = d.findings(r), true
	for _, f := range t.Findings {
		t.Promised = t.Promised && (f.Optional || f.Missing == "")
	}
	return t
}

// Sample is who asks in a trial: nobody, at an address with stand-ins for its parts.
func (s *Service) Sample(token string) (service.Asked, error) {
	base, parts := "", map[string]string{}
	if s.Info().DefaultURL == "" {
		base = "https://service.example.org"
	}
	demand := s.Demand()
	for _, p := range demand.Parts {
		parts[p.Name] = "example"
		if len(p.Allowed) > 0 {
			parts[p.Name] = p.Allowed[0]
		}
	}
	at, err := s.Address(base, parts)
	b := service.NewBearer("", token, "", "")
	if demand.UserToken {
		b = service.NewBearer("sam", token, "", "").ByToken()
	}
	return service.Asked{Address: at, Bearer: b}, err
}
