package ui

import (
	"testing"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/ui/draw"
)

// TestFormAsksForWhatServicesWant has a service with parts of its address, a user name
// beside the token and a second token, and one that wants nothing.
func TestFormAsksForWhatServicesWant(t *testing.T) {
	known := config.Services{Known: []config.Provider{
		{Name: "plain", DefaultURL: "https://plain.example"},
		{Name: "desk", DefaultURL: "https://{site}.desk.example", UserToken: true, SecondToken: true, Parts: []config.AddressPart{
			{Name: "site", Allowed: []string{"eu", "us"}, Host: true}, {Name: "account"},
		}},
	}}
	const text = "[profiles.a]\nprovider = 'desk'\nsite = 'eu'\naccount = '7'\nusername = 'sam'\ntoken = { env = 'A' }\nsecond_token = { env = 'B' }\n"
	c, err := config.Parse("c.toml", []byte(text), known)
	if err != nil || len(c.Problems) > 0 {
		t.Fatalf("%v %v", c, err)
	}
	all := services{account.ServiceInfo{Name: "plain"}, account.ServiceInfo{Name: "desk"}}
	f := newProfileFields(config.EditUpdate, config.DraftOf(c.Profiles[0]), c, all, storage{})
	shown := func() (keys string) {
		for _, fd := range f.shown() {
			keys += f.label(fd) + "=" + fd.Value() + " "
		}
		return keys
	}
	if got, want := shown(), "name=a service=desk address= user name=sam account=7 site=eu secret in=env variable=A 2nd in=B label= tags= "; got != want {
		t.Errorf("it shows\n%s\nwant\n%s", got, want)
	}
	if d := f.written(); d.AsksOtherwise() || len(d.Check(c)) > 0 {
		t.Errorf("unchanged, it is %+v, %v", d, d.Check(c))
	}
	f.field("second_token").Line = draw.LineOf("C")
	f.field(partKey(1)).Line = draw.LineOf("ue")
	d := f.written()
	wrong := d.Check(c)
	if d.Second.Kind() != credential.SourceEnv || d.Second.Line() != "C" || d.Parts["site"] != "ue" || wrong["site"] == "" || f.keyOf("site") != partKey(1) {
		t.Errorf("%v %v", d.Parts, wrong)
	}
	f.field("provider").Chosen = 0
	if d := f.written(); d.Parts != nil || !d.Second.IsZero() {
		t.Errorf("another service keeps %v", d.Parts)
	}
}
