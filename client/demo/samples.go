package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
)

// sample is a profile of the demo's configuration and what the services know
// of its credential.
type sample struct {
	// section is the heading of the samples that begin with this one.
	section               string
	profile, about, label string
	tags                  []string
	// host is where it asks; path is added to the address to make it wrong.
	host     int
	path     string
	identity string
	disabled bool
	// state and code are what a first check finds.
	state, code string
	latency     time.Duration

	// The credential. A token is made where nothing is given; jwt makes it
	// one that tells its end, which is the record's.
	jwt                       bool
	token, username, password string
	// One of these, by provider.
	katapult *katapultAccount
	onezone  *onezoneAccount
}

// onezoneAccount is a user of the zone, or a Oneprovider, with a token.
type onezoneAccount struct {
	user        *onezoneUser
	oneprovider string
	caveats     []string
	revoked     bool
	// tokenID is empty for one who signs in with a password.
	tokenID string
}

func (a *onezoneAccount) subject() string {
	if a.user == nil {
		return "prv-" + a.oneprovider
	}
	return "usr-" + a.user.id
}

func (s sample) provider() string { return describeHosts()[s.host].Provider }

// samples are all sample accounts, in the order of the configuration. Those
// that end soon do so in relation to now.
func samples(now time.Time) []sample {
	rudolf := rudolfLingens()
	all := slices.Concat(
		everyday(now, rudolf), devices(now, rudolf), clients(now), hosting(),
		research(now, rudolf), refused(now, rudolf), zones(rudolf),
	)
	for i := range all {
		all[i].issue()
	}
	return all
}

// issue makes the sample's token.
func (s *sample) issue() {
	switch {
	case s.katapult != nil && s.jwt:
		s.token = mintJWT(s.profile, *s.katapult.record.ExpiresAt)
	case s.katapult != nil:
		s.token = "kt-demo-" + s.profile
	case s.username == "":
		s.onezone.tokenID = hexID("token " + s.profile)
		s.token = mint(zoneSecret, zoneDomain,
			"2/nmd/"+s.onezone.subject()+"/act/"+s.onezone.tokenID, s.onezone.caveats...)
	}
}

// hexID is an id in Onezone's form, always the same for a name.
func hexID(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:16])
}

// katapultID is an id in Katapult's form, always the same for a name.
func katapultID(kind, name string) string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
	var b strings.Builder
	for _, c := range sha256.Sum256([]byte(kind + name)) {
		if b.Len() == 16 {
			break
		}
		b.WriteByte(letters[int(c)%len(letters)])
	}
	return kind + "_" + b.String()
}

// days is the moment so many days from now, and some hours, so that the last
// day is a whole one for a while.
func days(now time.Time, n int) time.Time {
	return now.Add(time.Duration(n)*24*time.Hour + 6*time.Hour)
}

// org is a plain organization of Katapult.
func org(name, subDomain string) katapultOrg {
	return katapultOrg{
		ID: katapultID("org", subDomain), Name: name, SubDomain: subDomain,
		created: 1612137600, tokens: 4,
	}
}

// person is a user of Katapult.
func person(first, last string) *katapultUser {
	name := strings.ToLower(first + "-" + last)
	return &katapultUser{ID: katapultID("user", name), FirstName: first, LastName: last}
}

// record is a token of an organization that never ends and may be used from
// anywhere, a hundred times a minute.
func record(name string, owner katapultOrg, scopes ...string) katapultToken {
	return katapultToken{
		ID: katapultID("apit", name+owner.ID), Name: name, OrganizationID: owner.ID,
		Networks: []string{}, RateLimit: 100, Scopes: append([]string{}, scopes...),
	}
}

// until is the token with an end.
func (t katapultToken) until(end time.Time) katapultToken {
	at := end.Unix()
	t.ExpiresAt = &at
	return t
}

// from is the token for some networks only.
func (t katapultToken) from(networks ...string) katapultToken {
	t.Networks = networks
	return t
}
