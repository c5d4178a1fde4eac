package katapult

import (
	"crypto/sha256"
	"strings"
)

// sam holds several tokens, of several organizations.
func sam() *user {
	u := person("Sam", "Roe")
	u.ID = "user_Zk3PqW8rTn5LxB1c"
	return u
}

// org is a plain organization of Katapult.
func org(name, subDomain string) organization {
	return organization{
		ID: idOf("org", subDomain), Name: name, SubDomain: subDomain,
		created: 1612137600, tokens: 4,
	}
}

// person is a user of Katapult.
func person(first, last string) *user {
	name := strings.ToLower(first + "-" + last)
	return &user{ID: idOf("user", name), FirstName: first, LastName: last}
}

// record is a token of an organization that never ends and may be used from
// anywhere, a hundred times a minute.
func record(name string, owner organization, scopes ...string) token {
	return token{
		ID: idOf("apit", name+owner.ID), Name: name, OrganizationID: owner.ID,
		Networks: []string{}, RateLimit: 100, Scopes: append([]string{}, scopes...),
	}
}

// largeOrg has more than a thousand tokens.
func largeOrg() organization {
	o := org("Northwind", "northwind")
	o.tokens = 1200
	return o
}

// manyOrgs are forty organizations; one is suspended.
func manyOrgs() []organization {
	var all []organization
	for _, place := range []string{"Amber", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Granite", "Harbour"} {
		for _, trade := range []string{"Analytics", "Foods", "Logistics", "Press", "Studio"} {
			all = append(all, org(place+" "+trade, strings.ToLower(place+"-"+trade)))
		}
	}
	all[7].suspended = true
	return all
}

// hardOrgs are organizations whose names are hard to draw, or mean harm.
func hardOrgs() []organization {
	return []organization{
		org("北京市量子信息与先进计算技术联合研究院（海淀分部）", "beijing-quantum"),
		org("\u202bشركة النور للتقنية والاتصالات\u202c (\u2066Al Noor\u2069)", "al-noor"),
		org("👩🏽\u200d🚀👨\u200d👩\u200d👧\u200d👦 Space Family 🏳\ufe0f\u200d🌈 é\u0301̂́ naïve", "space-family"),
		org("Gesellschaft zur Förderung der Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten "+
			"und verwandter Berufe im deutschsprachigen Raum, eingetragener Verein", "donau"),
		org("\x1b]0;owned\a\x1b[31mRed\x1b[0m Alert\r\nsecond line\t\u202egnp.exe\u202c\x00", "red-alert"),
		org("\u200e\u200b", "invisible"),
	}
}

// idOf is an id in Katapult's form, always the same for a name.
func idOf(kind, name string) string {
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
