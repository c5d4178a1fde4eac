package declared

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
	"rollcall/client/service"
)

// Service is a service that a description declares. It is made by [New] or
// [Shipped].
type Service struct {
	name string
	// read reads the description when it is first asked for.
	read func() (*description, []Fault)
}

// New is the service that the values of a table describe. Where there are faults, it
// is no more than its name.
func New(name string, values map[string]any) (*Service, []Fault) {
	d, faults := read(name, values)
	if len(faults) > 0 {
		d = &description{title: name}
	}
	return &Service{name: name, read: func() (*description, []Fault) { return d, faults }}, faults
}

// late is a service whose description is read when somebody asks for more than its
// name.
func late(name string, values func() (map[string]any, []Fault)) *Service {
	return &Service{name: name, read: sync.OnceValues(func() (*description, []Fault) {
		v, faults := values()
		if len(faults) > 0 {
			return &description{title: name}, faults
		}
		d, faults := read(name, v)
		if len(faults) > 0 {
			return &description{title: name}, faults
		}
		return d, nil
	})}
}

// d is the description.
func (s *Service) d() *description {
	d, _ := s.read()
	return d
}

// Faults are what is wrong with the description; none for one that [New] gave
// without any.
func (s *Service) Faults() []Fault {
	_, faults := s.read()
	return faults
}

// Name is the key of the service in the configuration. It is known without the
// description.
func (s *Service) Name() string { return s.name }

// Info describes the service.
func (s *Service) Info() account.ServiceInfo {
	d := s.d()
	i := account.ServiceInfo{
		Name: s.name, Title: d.title, DefaultURL: d.at.origin, Path: d.at.path, Window: time.Minute,
		Basic: d.signIn.password(), Anonymous: d.anonymous,
		GroupsWord: d.word(func(f facts) *list { return f.organizations }), LinksWord: d.word(func(f facts) *list { return f.linked }),
		Ungrouped: !d.tells(func(f facts) bool { return f.organizations != nil }),
		Unlinked:  !d.tells(func(f facts) bool { return f.linked != nil }),
	}
	i.LateEmails = len(d.facts.email)+len(d.facts.emails) == 0 && d.tells(func(f facts) bool { return len(f.email)+len(f.emails) > 0 })
	i.LateLinks = d.facts.linked == nil && !i.Unlinked
	return i
}

// tells reports whether any of the answers tells of something.
func (d *description) tells(of func(facts) bool) bool {
	return of(d.facts) || slices.ContainsFunc(d.more, func(f further) bool { return of(f.facts) })
}

// word is what the service calls the elements of a list; empty for the usual word.
func (d *description) word(of func(facts) *list) string {
	if l := of(d.facts); l != nil && l.word != "" {
		return l.word
	}
	for _, f := range d.more {
		if l := of(f.facts); l != nil && l.word != "" {
			return l.word
		}
	}
	return ""
}

// Demand is what the description wants of a profile.
func (s *Service) Demand() service.Demand {
	d := s.d()
	return service.Demand{Parts: d.at.parts, UserToken: d.signIn.shows("{username}"), SecondToken: d.signIn.shows("{second_token}")}
}

// Address is where an installation is asked.
func (s *Service) Address(base string, parts map[string]string) (service.Address, error) {
	return s.d().at.address(base, parts)
}

// Prepare shows the credential as the description says.
func (s *Service) Prepare(h http.Header, b service.Bearer) { s.d().signIn.prepare(h, b) }

// Limits reads the budgets from the headers that the description names, and from the
// usual ones.
func (s *Service) Limits(h http.Header, now time.Time) []ratelimit.Bucket {
	return s.d().limits.Parse(h, now)
}

// TokenPage is the page that the description names. It belongs to the addresses of the
// description, unless it is one of the installation itself.
func (s *Service) TokenPage(base string) string {
	d := s.d()
	page, ours := d.at.matched(base, d.tokenPage)
	if strings.Contains(page, baseSlot) {
		return strings.ReplaceAll(page, baseSlot, base)
	}
	if !ours || strings.Contains(page, "{") {
		return ""
	}
	return page
}

// baseSlot stands for the address of an installation in that of its page.
const baseSlot = "{base}"
