package onezone

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"rollcall/client/demo/web"
)

// rudolfLingens is the sample user of Onezone's documentation, with groups
// and spaces.
func rudolfLingens() *user {
	return &user{
		id: "f1c8b1a37aa7447b22eb65a742d40524", fullName: "Rudolf Lingens", username: "r.lingens",
		emails:  []string{"rudolf.lingens@example.com", "john.doe@example.com"},
		created: 1576152793,
		linked: []web.Object{
			{"idp": "github", "subjectId": "1978f5775ae2dc16730418bf3fc81764"},
			{"idp": "elixir", "subjectId": "38bf3fc2f4c16730481764bd775ae2d1"},
		},
		groups: []group{
			{id: "1d24c36707d99197c6cd995810a43aca", name: "Otter Lab", kind: "organization", inherited: true},
			{id: "6825604b0eb6a47b8b7a04b6369eb24d", name: "Sensor data", kind: "team"},
			{id: hexID("field stations"), name: "Field stations", kind: "unit"},
			{id: hexID("data stewards"), name: "Data stewards", kind: "role_holders"},
			{id: hexID("members"), name: "All members", kind: "organization", inherited: true},
		},
		spaces: []space{
			{id: hexID("sensor archive"), name: "Sensor archive"},
			{id: hexID("scratch"), name: "Scratch"},
		},
	}
}

// researcher is a plain user of the zone who signs in through the university.
func researcher(username, fullName string) *user {
	return &user{
		id: hexID("user " + username), fullName: fullName, username: username,
		emails: []string{username + "@uni.example.com"}, created: 1611310475,
		linked: []web.Object{linked("egi", hexID("egi "+username)+"@egi.example.com", fullName, username)},
		groups: []group{{id: hexID("members"), name: "All members", kind: "organization", inherited: true}},
		spaces: []space{{id: hexID("scratch"), name: "Scratch"}},
	}
}

// fellow joins a group, and takes its address, at a moment.
func fellow(joins time.Time) *user {
	u := researcher("a.quist", "Ada Quist")
	later := *u
	later.emails = []string{"ada.quist@otter.example.com"}
	later.groups = append(slices.Clone(u.groups), group{id: hexID("field stations"), name: "Field stations", kind: "unit"})
	u.later, u.from = &later, joins
	return u
}

// administrator signs in with a password.
func administrator() *user {
	u := researcher("admin", "Zone Administrator")
	u.basicAuth, u.password, u.linked = true, "demo-admin-password", nil
	return u
}

// linked is an account at another identity provider with all that Onezone
// tells of one, the names of older versions included. Without a user name it
// has no mail either.
func linked(idp, subject, fullName, username string) web.Object {
	var login any
	mails, entitlements := []string{}, []string{idp + "/members"}
	if username != "" {
		login, mails = username, []string{username + "@uni.example.com"}
	}
	return web.Object{
		"idp": idp, "subjectId": subject, "fullName": fullName, "username": login,
		"emails": mails, "entitlements": entitlements, "custom": web.Object{"affiliation": []string{"staff"}},
		"name": fullName, "login": login, "alias": login, "emailList": mails, "groups": entitlements,
	}
}

// oddPerson has what is allowed but rarely seen: no user name, and data of
// identity providers that is of any type; and a group with a hostile name.
func oddPerson() *user {
	u := researcher("z.jazn", "Zażółć Gęślą-Jaźń 李明 👩🏽\u200d🔬")
	u.username = ""
	text := linked("egi", "a81f02@egi.example.com", u.fullName, "zj")
	text["custom"] = "eduperson_assurance=high"
	list := linked("orcid", "0000-0002-1825-0097", u.fullName, "")
	list["custom"] = []string{}
	u.linked = []web.Object{text, list}
	u.groups = append(u.groups,
		group{id: hexID("hostile"), name: "\x1b[2J\x1b]0;owned\aWipe\u202egnp.exe\u202c", kind: "team"},
		group{id: hexID("wide"), name: "観測所データ共有グループ", kind: "unit"},
	)
	return u
}

// hexID is an id in Onezone's form, always the same for a name.
func hexID(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:16])
}
