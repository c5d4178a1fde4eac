package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/demo"
	"rollcall/client/store"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/plainfile"
)

// loaded is a configuration ready to be used, and what must be closed after.
type loaded struct {
	*config.Config
	// demo are the demo services, and folder is where the demo keeps everything;
	// nil where there is none.
	demo   *demo.Server
	folder *demoFolder
	// firstRun is set where there is no configuration yet.
	firstRun bool
	// store is the state of the configuration; notice tells of what could not be
	// read of it, and why nothing is kept where that is so.
	store  *store.Store
	notice string
	// chosen is the active profile, and why it is; choiceErr says why there is
	// none although there are profiles.
	chosen    config.Chosen
	choiceErr error
	// overlooked is what is wrong with a project file that something else than it has
	// spared from being asked; nil for nothing.
	overlooked error
}

// load is read for the commands, which say at once what is wrong with the state.
func (a *app) load() (*loaded, error) { return a.ready(a.read()) }

// loadToAdd is load for a command that makes the file where there is none, wherever the
// person wants it.
func (a *app) loadToAdd() (*loaded, error) {
	return a.ready(a.readBeside(func(*store.Store) {}, false))
}

// ready says what is wrong with the state of what was read, and sweeps beside it.
func (a *app) ready(l *loaded, err error) (*loaded, error) {
	if err != nil {
		return nil, err
	}
	if l.notice != "" {
		a.warn(l.notice)
		l.notice = ""
	}
	a.sweep(l)
	return l, nil
}

// read reads the configuration and opens its state, or starts the demo services
// and takes theirs.
func (a *app) read() (*loaded, error) { return a.readBeside(func(*store.Store) {}, true) }

// readAhead is read for who asks at once for all that is known.
func (a *app) readAhead() (*loaded, error) { return a.readBeside((*store.Store).ReadAhead, true) }

// readBeside is read, and begins something with the state beside it. there says that a
// file which the person names must be there.
func (a *app) readBeside(begin func(*store.Store), there bool) (*loaded, error) {
	if a.demo {
		return a.loadDemo()
	}
	path, chosen, err := config.Path(a.configFlag, a.getenv)
	if err != nil {
		return nil, configError(err)
	}
	opened := make(chan openedStore, 1)
	go func() {
		var state openedStore
		defer func() {
			if value := recover(); value != nil {
				state.err = fault(value)
			}
			opened <- state
		}()
		if state = a.openStore(path); state.err == nil {
			begin(state.store)
		}
	}()
	return a.readAt(path, chosen && there, opened)
}

// readAt reads the configuration at a path, which must be there or need not, while its
// state is opened.
func (a *app) readAt(path string, must bool, opened <-chan openedStore) (*loaded, error) {
	if a.mask != nil {
		hidePath(a.mask, path)
	}
	c, err := config.LoadContext(a.ending(), path, a.knownProviders())
	state := <-opened
	firstRun := false
	switch {
	case errors.Is(err, fs.ErrNotExist) && !must:
		firstRun = true
		c, err = config.Parse(path, nil, a.knownProviders())
	case err != nil:
		err = configError(err)
	}
	if err == nil && state.err != nil {
		err = configError(state.err)
	}
	if err != nil {
		if state.store != nil {
			_ = state.store.Close() // Nothing was kept in it.
		}
		return nil, err
	}
	a.services.take(c.Declarations)
	a.bystanders.learn(c.SecretVariables())
	if a.mask != nil {
		a.mask = a.maskOf(c)
	}
	l := &loaded{Config: c, firstRun: firstRun, store: state.store, notice: state.notice}
	var kept [][2]string
	for _, p := range c.Profiles {
		kept = append(kept, [2]string{p.Name, a.services.Endpoint(p.Provider, p.BaseURL, p.Parts)})
	}
	l.store.Retain(kept)
	l.chosen, l.choiceErr = a.chooseActive(c, l.store)
	if l.choiceErr == nil && (l.chosen.By == "environment" || l.chosen.By == "folder") {
		l.overlooked = config.ProjectProblem(a.workDir)
	}
	return l, nil
}

// openedStore is a state that was opened, with the notice of that, or why it was not.
type openedStore struct {
	store  *store.Store
	notice string
	err    error
}

// openStore opens the state of a configuration. Where there is no folder for it,
// nothing is kept, which the notice says.
func (a *app) openStore(path string) openedStore {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	dir, missing := a.stateDir()
	until := "until then nothing is kept for the next run."
	o, hangs := plainfile.Written(a.ending(), dir, func(context.Context) (o openedStore, _ error) {
		o.store, o.notice, o.err = store.Open(dir, filepath.Clean(path))
		return o, nil
	}, func(late openedStore) {
		if late.store != nil {
			_ = late.store.Close()
		}
	})
	if hangs != nil {
		// It is not opened later in this run, which goes on with what it has begun with. What
		// the disk still does is done whole or not at all: nothing of earlier runs is lost.
		missing, until = hangs, "this run keeps nothing for the next one."
		o.store, _, o.err = store.Open("", filepath.Clean(path))
	}
	if missing != nil {
		o.notice = text.Capitalized(missing.Error()) + "; " + until
	}
	return o
}

// stateDir is the folder of the state.
func (a *app) stateDir() (string, error) { return config.StateDir(a.getenv) }

// chooseActive finds out which profile is the active one.
func (a *app) chooseActive(c *config.Config, state *store.Store) (config.Chosen, error) {
	kept, err := state.Choices()
	if err != nil {
		return config.Chosen{}, err
	}
	getenv, dir := a.getenv, a.workDir
	if a.demo {
		getenv, dir = notDemo(getenv), ""
	}
	return config.Choose(config.ChooseOptions{
		Getenv: getenv, Dir: dir, Config: c,
		Kept: config.Kept{Active: kept.Active, Folders: kept.Folders, Where: state.Path()},
	})
}

// unclear says why there is no active profile, unless that is one of the
// problems of the file, or what is wrong with a file that could have named another.
func (l *loaded) unclear() error {
	if p, ok := configProblem(l.choiceErr); ok && p.File == l.Path {
		return nil
	}
	return cmp.Or(l.choiceErr, l.overlooked)
}

// canSelect is an error where the command line names a profile to begin with that
// is not there. Whoever begins with a profile does not make it the active one.
func (a *app) canSelect(l *loaded) error {
	if a.profileFlag == "" || len(l.Profiles) == 0 {
		return nil
	}
	if _, ok := l.Profile(a.profileFlag); !ok {
		return configError(l.NoProfile(a.profileFlag))
	}
	return nil
}

// mustExist turns a missing configuration into an error, for the commands
// that have no first-run screen.
func (l *loaded) mustExist() error {
	if !l.firstRun {
		return nil
	}
	return configError(fmt.Errorf("there is no configuration yet: %s does not exist\n"+
		"Add the accounts that this machine has with 'rollcall import', or one with 'rollcall add'; add --demo to try it on sample accounts", l.Path))
}

// unfilled says of a configuration without profiles that it has none, and how to add
// some; nil where there are some.
func (l *loaded) unfilled() error {
	if len(l.Profiles) > 0 {
		return nil
	}
	return configError(fmt.Errorf("%s has no profiles yet; add the accounts that this machine has with 'rollcall import', or one with 'rollcall add'", l.Path))
}

func (l *loaded) close() {
	if l.store != nil {
		// What could not be kept was said by whoever had something to keep.
		_ = l.store.Close()
	}
	if l.demo != nil {
		l.demo.Close()
	}
	if l.folder != nil {
		_ = l.folder.remove() // The next run tries again.
	}
}

// closeBehind is close behind a screen that the person has left, which has saved what there
// was to save, or has said that it could not: a disk that does not answer keeps nobody.
func (l *loaded) closeBehind() { atLast(endingTime, l.close) }

// active is the name of the profile that is taken where none is named; empty
// where that cannot be told.
func (l *loaded) active() string { return l.chosen.Profile }

// session is a configuration with the clients that ask for it.
type session struct {
	*loaded
	network *client.Network
	poller  *client.Poller
}

// open makes the clients of the profiles.
func (a *app) open(l *loaded, profiles []config.Profile) *session {
	s := &session{loaded: l, network: a.newNetwork()}
	s.poller = client.NewPoller(s.clients(l.Config, profiles), l.store)
	return s
}

// clients are those of the profiles, which c holds.
func (s *session) clients(c *config.Config, profiles []config.Profile) []*client.Client {
	all := make([]*client.Client, 0, len(profiles))
	for _, p := range profiles {
		all = append(all, client.New(clientProfile(c, p), s.network))
	}
	return all
}

// newNetwork is what the clients of a session share.
func (a *app) newNetwork() *client.Network {
	n := client.NewNetwork(a.userAgent(), a.services)
	n.Log = a.log
	return n
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
		Parts:              p.Parts,
		Username:           p.Username,
		UserToken:          p.Username != "" && !p.Token.IsZero(),
		Credential:         p.Credential(),
		Examiner:           credential.Examiner{},
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
	if !p.SecondToken.IsZero() {
		out.Second = p.SecondToken
	}
	unasked := p.Unasked()
	out.Unasked = account.Diagnosis{Explanation: text.Closed(unasked.Why), Remedy: unasked.Remedy, Command: unasked.Command}
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
		if err := l.unfilled(); err != nil {
			return config.Profile{}, err
		}
		if name = l.active(); name == "" {
			return config.Profile{}, configError(errors.New("no profile is the active one here; name one, or choose one with 'rollcall use NAME'"))
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

// loadToChoose reads the configuration for a command that keeps a choice.
func (a *app) loadToChoose() (*loaded, error) {
	if err := a.notForTheDemo(); err != nil {
		return nil, err
	}
	l, err := a.load()
	if err != nil {
		return nil, err
	}
	if err := l.mustExist(); err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}
