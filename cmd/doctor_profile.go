package cmd

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/kballard/go-shellquote"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/client/together"
	"rollcall/client/transport"
	"rollcall/config"
	"rollcall/config/credential"
)

// The differences of clocks, and the time to the end of a certificate, from
// which they are worth a word.
const (
	clockDoubtful       = 30 * time.Second
	clockBad            = 5 * time.Minute
	certificateDoubtful = 21 * 24 * time.Hour
)

// addProfiles adds a section for each profile.
func (d *doctor) addProfiles(ctx context.Context, profiles []config.Profile) {
	clients := make([]*client.Client, 0, len(profiles))
	for _, p := range profiles {
		cp := clientProfile(d.loaded.Config, p)
		cp.Credential = resolveOnce(ctx, p.Credential())
		if cp.Second != nil {
			cp.Second = resolveOnce(ctx, cp.Second)
		}
		clients = append(clients, client.New(cp, d.network))
	}
	poller := client.NewPoller(clients, d.store)
	for i, p := range profiles {
		d.sections = append(d.sections, func(ctx context.Context, tell func(finding)) {
			d.profile(ctx, p, clients[i], poller, func(f finding) {
				f.profile = p.Name
				tell(f)
			})
		})
	}
}

// onceCredential is a credential that is asked for once, however often it is
// needed: a person may have to unlock it.
type onceCredential struct {
	client.Credential
	resolved func() (secret string, warning, err error)
}

func resolveOnce(ctx context.Context, c client.Credential) onceCredential {
	var secret string
	var warning error
	resolve := sync.OnceValue(func() (err error) {
		secret, warning, err = c.Resolve(ctx)
		return err
	})
	return onceCredential{c, func() (string, error, error) {
		err := resolve()
		return secret, warning, err
	}}
}

// Resolve gives what the first one to ask got.
func (c onceCredential) Resolve(context.Context) (secret string, warning, err error) {
	return c.resolved()
}

// profile is the section of a profile.
func (d *doctor) profile(ctx context.Context, p config.Profile, c *client.Client, poller *client.Poller, tell func(finding)) {
	if len(p.Problems) > 0 {
		for _, problem := range p.Problems {
			tell(bad("profile", problem.Error(), cmp.Or(problem.Remedy, "Correct the line.")))
		}
		return
	}
	if p.Disabled {
		tell(indifferent("profile", "switched off in the configuration"))
		return
	}
	// The way can be seen while the credential is still being waited for.
	seen := together.Start(func() transport.Inspection { return c.Inspect(ctx) })
	resolved := d.had(ctx, credentialCheck, p, p.Credential(), c.Profile().Credential, tell)
	failed := credentialCheck
	if second := c.Profile().Second; resolved && second != nil {
		failed = secondCheck
		resolved = d.had(ctx, secondCheck, p, p.SecondToken, second, tell)
	}
	snap := poller.Once(ctx, p.Name)[0]
	in := (<-seen).Value()
	up, late := timeUpOf(ctx)
	unanswered := late && (snap.Health.State == account.Checking || snap.Health.Code == account.CodeOutOfTime)
	switch {
	case ctx.Err() != nil && !late:
		return
	case unanswered && !resolved:
		tell(lateFinding(failed, "it was not had", up))
		return
	case unanswered:
		tell(lateFinding("answer", "the service has not answered", up))
		return
	case !resolved:
		tell(bad(failed, snap.Health.Explanation, snap.Health.Remedy))
	}
	if !late { // Otherwise the look at the way was cut off, and tells nothing for certain.
		for _, f := range d.way(in, snap.Health.State.Answered()) {
			tell(f)
		}
	}
	if resolved {
		tell(answerFinding(snap, d.app.now(), in))
		for _, f := range listFindings(snap) {
			tell(f)
		}
	} else {
		tell(indifferent("answer", "not asked for"))
	}
}

// lateFinding tells what of a profile was waited for when the time was up.
func lateFinding(check, what string, up timeUp) finding {
	f := bad(check, what+" within the "+up.limit+" of --"+timeoutFlag, "Give it longer, or look why this takes so long.")
	f.status = exitUnchecked
	return f
}

// The checks of the secrets of a profile.
const (
	credentialCheck = "credential"
	secondCheck     = "second token"
)

// had tells of a secret of a profile where it can be had, and reports whether it can.
func (d *doctor) had(ctx context.Context, check string, p config.Profile, from credential.Credential, resolves client.Credential, tell func(finding)) bool {
	secret, warning, err := resolves.Resolve(ctx)
	if err != nil {
		return false
	}
	tell(d.credential(check, p, from, warning))
	password := p.Username != "" && check == credentialCheck
	if flaw := credential.Examine(secret, password); flaw != "" {
		tell(doubtful(check, flawWords(flaw, password), text.Capitalized(flaw.Remedy())+"."))
	}
	return true
}

// credential tells where a secret comes from, and how safe it is there.
func (d *doctor) credential(check string, p config.Profile, c credential.Credential, warning error) finding {
	if warning != nil {
		n := client.CredentialNote(warning)
		return doubtful(check, n.Cause, text.Capitalized(cmp.Or(n.Remedy, "mend that, or keep the secret in the keyring")))
	}
	switch {
	case d.app.demo:
		return good(check, "a sample that the demo made")
	case c.Kind() == credential.SourceLiteral && check == secondCheck:
		return doubtful(check, "it stands in the configuration in plain text",
			`Move it into the keyring, and write second_token = { keyring = "SERVICE/USER" }.`)
	case c.Kind() == credential.SourceLiteral:
		return doubtful(check, "it stands in the configuration in plain text",
			"Move it into the keyring: "+shellquote.Join("rollcall", "login", p.Name))
	case c.PlainText():
		return good(check, "had from "+c.Source()+", in plain text that only you can read")
	default:
		return good(check, "had from "+c.Source())
	}
}

// way tells what was found on the way to the service. Where that failed and
// the service answered nevertheless, the failure has passed.
func (d *doctor) way(in transport.Inspection, answered bool) []finding {
	var all []finding
	failed := func(check string) []finding {
		f := bad(check, in.Problem.Explanation, in.Problem.Remedy)
		f.status = stateStatus(in.Problem.State)
		if answered {
			f = doubtful(check, in.Problem.Explanation, "It has passed: the next request came through. Watch whether it comes again.")
		}
		return append(all, f)
	}
	if in.Stage == transport.StageProfile {
		return failed("profile")
	}
	if in.Stage == transport.StageProxy {
		return failed("proxy")
	}
	if in.Proxy != "" {
		all = append(all, good("proxy", in.Proxy+" is on the way"))
	}
	if in.Stage == transport.StageName {
		return failed("name")
	}
	if len(in.Addresses) > 0 {
		all = append(all, good("name", in.Name+" is "+strings.Join(in.Addresses, ", ")))
	}
	if in.Stage == transport.StageConnection {
		return failed("connection")
	}
	all = append(all, good("connection", "to "+in.Peer+" in "+latencyWords(in.Phases.Connect)))
	if in.Stage == transport.StageTLS {
		return failed("certificate")
	}
	if in.Certificate != nil {
		all = append(all, certificateFinding(*in.Certificate, d.app.now()))
	}
	return append(all, clockFinding(in))
}

func certificateFinding(c transport.Certificate, now time.Time) finding {
	const check = "certificate"
	left := c.ExpiresAt.Sub(now)
	switch {
	case c.Unverified && c.Flaw.State != "":
		return doubtful(check, "insecure_skip_verify lets it pass: "+c.Flaw.Explanation, c.Flaw.Remedy)
	case c.Unverified:
		return doubtful(check, "insecure_skip_verify lets any certificate pass, and this one is good", "Delete insecure_skip_verify from the profile.")
	case left < certificateDoubtful:
		return doubtful(check, fmt.Sprintf("that of %s ends in %s, on %s", c.FirstToExpire, text.Remaining(left), c.ExpiresAt.UTC().Format(time.DateOnly)),
			"Tell those who run the service: from then on nobody can reach it.")
	}
	return good(check, fmt.Sprintf("valid until %s, signed by %s, %s", c.ExpiresAt.UTC().Format(time.DateOnly), c.Issuer, c.Version))
}

func clockFinding(in transport.Inspection) finding {
	const check = "clock"
	if in.ClockAhead == nil {
		return indifferent(check, in.Host+" did not say what time it is")
	}
	ahead, word := *in.ClockAhead, "ahead of"
	if ahead < 0 {
		ahead, word = -ahead, "behind"
	}
	text := fmt.Sprintf("this computer's clock is %s %s that of %s", text.Age(ahead), word, in.Host)
	const remedy = "Set this computer's clock from the network; if it is right, tell those who run the service."
	switch {
	case ahead > clockBad:
		return bad(check, text, remedy)
	case ahead > clockDoubtful:
		return doubtful(check, text, remedy)
	case ahead <= time.Second: // which is as exact as the header is
		text = "the same as that of " + in.Host
	}
	return good(check, text)
}

// answerFinding tells how the check went. What failed on the way to the service is
// told already, and not said again.
func answerFinding(s account.Snapshot, now time.Time, in transport.Inspection) finding {
	h, advice := s.Health, s.Advice(now)
	f := finding{
		check: "answer", severity: h.State.Severity(), status: stateStatus(h.State),
		text: h.State.Word(), remedy: advice.Remedy, answer: s,
	}
	switch {
	case in.Stage != transport.StageAnswer && in.Problem.State == h.State && in.Problem.Code == h.Code:
		f.remedy = ""
	case advice.Explanation != "":
		f.text += ": " + advice.Explanation
	case s.Account != nil:
		f.text += " in " + latencyWords(h.Latency)
		if name := s.Account.User.Name(); name != "" {
			f.text += ": " + name
		}
	}
	return f
}

// listFindings tell of the lists of an answer of which not all is kept.
func listFindings(s account.Snapshot) (all []finding) {
	if s.Account != nil {
		for _, n := range s.Account.Cuts() {
			all = append(all, indifferent("lists", n.String()))
		}
	}
	return all
}
