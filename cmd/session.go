package cmd

import (
	"errors"
	"fmt"
	"io/fs"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/demo"
	"rollcall/client/store"
	"rollcall/config"
)

// loaded is a configuration ready to be used, and what must be closed after.
type loaded struct {
	*config.Config
	demo *demo.Server
	// firstRun is set where there is no configuration yet.
	firstRun bool
	// chosen is the active profile, and why it is; choiceErr says why there is
	// none although there are profiles.
	chosen    config.Chosen
	choiceErr error
}

// load reads the configuration, or starts the demo services and takes theirs.
func (a *app) load() (*loaded, error) {
	if a.demo {
		return a.loadDemo()
	}
	path, chosen, err := config.Path(a.configFlag, a.getenv)
	if err != nil {
		return nil, configError(err)
	}
	c, err := config.Load(path, a.knownProviders())
	switch {
	case errors.Is(err, fs.ErrNotExist) && !chosen:
		c, err = config.Parse(path, nil, a.knownProviders())
		return &loaded{Config: c, firstRun: true}, err
	case err != nil:
		return nil, configError(err)
	}
	l := &loaded{Config: c}
	l.chosen, l.choiceErr = a.chooseActive(c)
	return l, nil
}

// stateDir is the folder of the state.
func (a *app) stateDir() (string, error) { return config.StateDir(a.getenv) }

// chooseActive finds out which profile is the active one.
func (a *app) chooseActive(c *config.Config) (config.Chosen, error) {
	state, err := a.stateDir()
	if err != nil {
		return config.Chosen{}, err
	}
	return config.Choose(config.ChooseOptions{
		Argument: a.profileFlag, Getenv: a.getenv, Dir: a.workDir, StateDir: state, Config: c,
	})
}

// unclear says why there is no active profile, unless that is one of the
// problems of the file.
func (l *loaded) unclear() error {
	if _, ok := configProblem(l.choiceErr); ok {
		return nil
	}
	return l.choiceErr
}

func (a *app) loadDemo() (*loaded, error) {
	if a.configFlag != "" {
		return nil, configError(errors.New("--demo and --config cannot be used together"))
	}
	server, err := demo.Start(demo.Options{})
	if err != nil {
		return nil, configError(fmt.Errorf("the demo services cannot start: %w", err))
	}
	c, err := config.Parse("demo", server.Config(), a.knownProviders())
	if err != nil {
		server.Close()
		return nil, configError(err)
	}
	// What the person has chosen for their own profiles says nothing here.
	l := &loaded{Config: c, demo: server, chosen: config.Chosen{Profile: c.DefaultProfile, By: "default", Where: c.Path}}
	if name := a.profileFlag; name != "" {
		l.chosen = config.Chosen{Profile: name, By: "argument"}
		if _, ok := c.Profile(name); !ok {
			l.chosen, l.choiceErr = config.Chosen{}, c.NoProfile(name)
		}
	}
	return l, nil
}

// mustExist turns a missing configuration into an error, for the commands
// that have no first-run screen.
func (l *loaded) mustExist() error {
	if !l.firstRun {
		return nil
	}
	return configError(fmt.Errorf("there is no configuration yet: %s does not exist\n"+
		"Run 'rollcall add' to make a profile, or add --demo to try it on sample accounts", l.Path))
}

func (l *loaded) close() {
	if l.demo != nil {
		l.demo.Close()
	}
}

// active is the name of the profile that is taken where none is named; empty
// where that cannot be told.
func (l *loaded) active() string { return l.chosen.Profile }

// session is a configuration with the clients that ask for it.
type session struct {
	*loaded
	network *client.Network
	store   *store.Store
	poller  *client.Poller
	// notice tells of state that was set aside.
	notice string
}

// open makes the clients of the profiles and opens the state. The demo keeps
// its state in memory: it must not mix with the user's.
func (a *app) open(l *loaded, profiles []config.Profile) (*session, error) {
	dir := ""
	if !a.demo {
		var err error
		if dir, err = a.stateDir(); err != nil {
			return nil, configError(err)
		}
	}
	store, notice, err := store.Open(dir)
	if err != nil {
		return nil, configError(err)
	}
	for _, p := range l.Profiles {
		store.Retain(p.Name, a.services.Endpoint(p.Provider, p.BaseURL))
	}
	s := &session{loaded: l, network: client.NewNetwork(a.userAgent(), a.services), store: store, notice: notice}
	s.poller = client.NewPoller(s.clients(l.Config, profiles), store)
	return s, nil
}

// clients are those of the profiles, which c holds.
func (s *session) clients(c *config.Config, profiles []config.Profile) []*client.Client {
	all := make([]*client.Client, 0, len(profiles))
	for _, p := range profiles {
		all = append(all, client.New(clientProfile(c, p), s.network))
	}
	return all
}

// userAgent is the name by which services know us.
func (a *app) userAgent() string { return "rollcall/" + a.version }

func (s *session) close() error {
	err := s.store.Close()
	s.network.Close()
	return err
}

// clientProfile is what a client needs of a profile.
func clientProfile(c *config.Config, p config.Profile) client.Profile {
	out := client.Profile{
		Name:               p.Name,
		Provider:           p.Provider,
		BaseURL:            p.BaseURL,
		Username:           p.Username,
		Credential:         p.Credential(),
		Identity:           p.Identity,
		Interval:           p.RefreshInterval,
		Timeout:            p.RequestTimeout,
		ExpiryWarning:      c.ExpiryWarning,
		CAFile:             p.CAFile,
		ClientCert:         p.ClientCert,
		ClientKey:          p.ClientKey,
		Proxy:              p.Proxy,
		InsecureSkipVerify: p.InsecureSkipVerify,
	}
	unasked := p.Unasked()
	out.Unasked = account.Diagnosis{Explanation: unasked.Why, Remedy: unasked.Remedy, Command: unasked.Command}
	if unasked.Command != "" {
		out.Unasked.Action = account.ActionCopy
	}
	switch {
	case p.Disabled:
		out.Unasked.State = account.Disabled
	case out.Unasked.Explanation != "":
		out.Unasked.State = account.Misconfigured
	}
	return out
}

// one is the named profile, or the active one where the name is empty.
func (l *loaded) one(name string) (config.Profile, error) {
	if err := l.mustExist(); err != nil {
		return config.Profile{}, err
	}
	if name == "" {
		if l.choiceErr != nil {
			return config.Profile{}, configError(l.choiceErr)
		}
		if name = l.active(); name == "" {
			return config.Profile{}, configError(fmt.Errorf("%s has no profiles yet; 'rollcall add' makes one", l.Path))
		}
	}
	return chooseOne(l.Config, name)
}

// notForTheDemo refuses a command whose result would outlive the demo.
func (a *app) notForTheDemo() error {
	if !a.demo {
		return nil
	}
	return configError(errors.New("this does nothing for the demo, whose accounts end with the command\n" +
		"Run 'rollcall demo-server' for accounts that last longer, and use its configuration with --config"))
}

// loadToChoose reads the configuration for a command that keeps a choice, and
// finds the folder where it is kept.
func (a *app) loadToChoose() (l *loaded, state string, err error) {
	if err := a.notForTheDemo(); err != nil {
		return nil, "", err
	}
	if state, err = a.stateDir(); err != nil {
		return nil, "", configError(err)
	}
	if l, err = a.load(); err != nil {
		return nil, "", err
	}
	return l, state, l.mustExist()
}
