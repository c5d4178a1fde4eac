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
	d := s.d()
	r := d.reply(a)
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

// SampleAddress is an address with stand-ins for what a profile sets.
func (s *Service) SampleAddress() (service.Address, error) {
	base, parts := "", map[string]string{}
	if s.Info().DefaultURL == "" {
		base = "https://service.example.org"
	}
	for _, p := range s.Demand().Parts {
		parts[p.Name] = "example"
		if len(p.Allowed) > 0 {
			parts[p.Name] = p.Allowed[0]
		}
	}
	return s.Address(base, parts)
}

// Sample is who asks in a trial: nobody, at a [Service.SampleAddress].
func (s *Service) Sample(token string) (service.Asked, error) {
	at, err := s.SampleAddress()
	b := service.NewBearer("", token, "", "")
	if s.Demand().UserToken {
		b = service.NewBearer("sam", token, "", "").ByToken()
	}
	return service.Asked{Address: at, Bearer: b}, err
}
