package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/dustin/go-humanize"
	"github.com/kballard/go-shellquote"

	"rollcall/client"
	"rollcall/client/store"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/atomicfile"
	"rollcall/plainfile"
)

// doctor examines what the person has set up.
type doctor struct {
	app *app
	// loaded is nil where the configuration cannot be used at all; unusable then
	// says why.
	loaded   *loaded
	unusable error
	network  *client.Network
	store    *store.Store
	// stored are the findings about the state.
	stored   []finding
	sections []section
}

func (d *doctor) close() (err error) {
	if d.store != nil {
		err = d.store.Close()
	}
	d.network.Close()
	if d.loaded != nil {
		d.loaded.close()
	}
	return err
}

// openState looks whether the state can be kept, and where. That of a
// configuration that cannot be used is not looked at.
func (d *doctor) openState() (err error) {
	if d.loaded != nil {
		d.store = d.loaded.store
	} else if d.store, _, err = store.Open("", ""); err != nil {
		return err
	}
	const check, lost = "state", "Without it, answers and pins are forgotten when rollcall ends"
	if d.app.demo {
		d.stored = []finding{good(check, "kept until the demo ends, in a folder of its own")}
		return nil
	}
	dir, err := d.app.stateDir()
	if err != nil {
		d.stored = []finding{doubtful(check, err.Error(), lost+".")}
		return nil
	}
	if err := writable(dir); err != nil {
		d.stored = []finding{doubtful(check, dir+" cannot be written: "+cause(err), lost+": "+makeWritable(err)+".")}
	}
	if d.loaded == nil {
		if len(d.stored) == 0 {
			d.stored = []finding{good(check, dir+" can be written")}
		}
		return nil
	}
	d.stored = append(d.stored, stateFindings(d.store.Info(), d.loaded.notice, len(d.stored) == 0)...)
	return nil
}

// stateFindings tell of the database: where it is, what it takes, what it lies on
// and what was set aside.
func stateFindings(i store.Info, notice string, canBeWritten bool) (all []finding) {
	const check = "state"
	if notice != "" {
		all = append(all, indifferent(check, notice))
	} else if n := len(i.Aside); n > 0 {
		all = append(all, indifferent(check, fmt.Sprintf("could not be used before and was set aside %s, last as %s; of these files, rollcall keeps the last few", text.Plural(n, "time"), i.Aside[n-1])))
	}
	if !canBeWritten {
		return all
	}
	said := i.Path + " can be written"
	if i.Size > 0 {
		said += ", has " + humanize.IBytes(uint64(i.Size))
	}
	if i.FileSystem != "" {
		said += ", on " + i.FileSystem
	}
	if i.Remote {
		said += ", where rollcall writes in the slower way that is safe there"
	}
	return append(all, good(check, said))
}

// writable makes a folder where there is none, and tries to write in it.
func writable(dir string) error {
	if _, err := plainfile.Written(context.Background(), dir, func(context.Context) (struct{}, error) {
		return struct{}{}, os.MkdirAll(dir, 0o700)
	}, nil); err != nil {
		return err
	}
	p, err := atomicfile.Create(filepath.Join(dir, "doctor"), []byte("rollcall\n"), nil)
	if err == nil {
		p.Discard()
	}
	return err
}

// makeWritable is what to do so that a folder can be written.
func makeWritable(err error) string {
	if errors.Is(err, syscall.ENOSPC) {
		return "free some space on the disk"
	}
	return "make the folder yours to write in"
}

// cause is an error without the path that is named beside it already.
func cause(err error) string {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	return err.Error()
}

// setUp is the section of what all profiles share.
func (d *doctor) setUp(_ context.Context, tell func(finding)) {
	d.configuration(tell)
	if path, _, err := config.Path(d.app.configFlag, d.app.getenv); err == nil && !d.app.demo {
		permissions(path, tell)
	}
	for _, f := range d.stored {
		tell(f)
	}
	if d.loaded != nil {
		for _, p := range d.app.services.unread(d.loaded.Config) {
			tell(doubtful("services", p.Error(), cmp.Or(p.Remedy, "Correct it before a profile names this service.")))
		}
		for _, p := range d.loaded.PassedOver {
			tell(doubtful("services", p.Error(), p.Remedy))
		}
	}
	d.hooks(tell)
	tell(d.app.examineTerminal())
}

// hooks tells which hooks cannot be run.
func (d *doctor) hooks(tell func(finding)) {
	const check = "hooks"
	if d.loaded == nil || len(d.loaded.Hooks) == 0 {
		return
	}
	able := 0
	for _, h := range d.loaded.Hooks {
		if _, err := d.app.readyHook(h); err != nil {
			tell(doubtful(check, err.Error(), mendHook))
			continue
		}
		able++
	}
	if able > 0 {
		tell(good(check, text.Plural(able, "program")+" can be told what happens"))
	}
}

// configuration tells what is wrong with the file, but for its profiles.
func (d *doctor) configuration(tell func(finding)) {
	const check = "configuration"
	wrong := func(text, remedy string) {
		f := bad(check, text, remedy)
		f.status = exitUsage
		tell(f)
	}
	if d.unusable != nil {
		for _, err := range flatten(d.unusable) {
			if p, ok := configProblem(err); ok {
				wrong(p.Error(), cmp.Or(p.Remedy, "Correct the file."))
			} else if unread, ok := errors.AsType[*config.LoadError](err); ok {
				wrong(unread.Unwrap().Error(), text.Capitalized(unread.Remedy())+".")
			} else {
				wrong(err.Error(), "")
			}
		}
		return
	}
	l := d.loaded
	if l.firstRun {
		wrong("there is none yet: "+l.Path+" does not exist", addProfiles+" Or add --demo to try it on sample accounts.")
		return
	}
	if err := l.unclear(); err != nil {
		tell(unclearFinding(err))
	}
	whole := true
	for _, p := range l.Problems {
		if p.Profile == "" {
			wrong(p.Error(), cmp.Or(p.Remedy, "Correct it there."))
			whole = false
		}
	}
	name := l.Path
	if d.app.demo {
		name = "that of the demo"
	}
	switch {
	case !whole:
	case len(l.Profiles) == 0:
		wrong(name+" has no profiles yet, so that there is no service to ask", addProfiles)
	default:
		tell(good(check, fmt.Sprintf("%s, %d %s", name, len(l.Profiles), plural(len(l.Profiles), "profile"))))
	}
}

// addProfiles is what to do where there are no profiles.
const addProfiles = "Run 'rollcall import' to add the accounts that this machine has, or 'rollcall add' to add one."

// unclearFinding tells why there is no active profile, with what is to be done
// about that very reason.
func unclearFinding(err error) finding {
	const check = "active"
	if wrong, ok := errors.AsType[*config.ChoiceError](err); ok {
		return doubtful(check, wrong.Cause(), text.Capitalized(wrong.Remedy())+".")
	}
	if unread, ok := errors.AsType[*config.LoadError](err); ok {
		return doubtful(check, unread.Unwrap().Error(), text.Capitalized(unread.Remedy())+".")
	}
	if p, ok := configProblem(err); ok {
		return doubtful(check, p.Error(), cmp.Or(p.Remedy, "Correct the file."))
	}
	return doubtful(check, err.Error(), "")
}

// permissions tells who else can read or change the file. Windows has no such
// modes.
func permissions(path string, tell func(finding)) {
	const check = "permissions"
	// What counts is the file itself, and the folder that it is in.
	if target, err := plainfile.Within(context.Background(), path, func() (string, error) { return filepath.EvalSymlinks(path) }); err == nil {
		path = target
	}
	info, err := plainfile.Stat(context.Background(), path)
	if err != nil || runtime.GOOS == "windows" {
		return
	}
	mode := info.Mode().Perm()
	switch {
	case mode&0o022 != 0:
		tell(doubtful(check, fmt.Sprintf("others can change %s (mode %#o), and so the commands that it runs", path, mode), "Run: "+shellquote.Join("chmod", "600", path)))
	case mode&0o044 != 0:
		tell(doubtful(check, fmt.Sprintf("others can read %s (mode %#o)", path, mode), "Run: "+shellquote.Join("chmod", "600", path)))
	default:
		tell(good(check, fmt.Sprintf("only you can read the file (mode %#o)", mode)))
	}
	folder := filepath.Dir(path)
	info, err = plainfile.Stat(context.Background(), folder)
	// In a folder with the sticky bit, nobody can replace the file of another.
	if err == nil && info.Mode()&0o022 != 0 && info.Mode()&fs.ModeSticky == 0 {
		tell(doubtful(check, fmt.Sprintf("others can replace the file, since they can write in %s (mode %#o)", folder, info.Mode().Perm()),
			"Run: "+shellquote.Join("chmod", "go-w", folder)))
	}
}

// examineTerminal tells how rollcall can draw here.
func (a *app) examineTerminal() finding {
	const check = "terminal"
	sc, kind := a.screenOf(a.stdout), a.getenv("TERM")
	switch {
	case !sc.terminal:
		return indifferent(check, "the output does not go to one")
	case dumb(a.getenv):
		return doubtful(check, fmt.Sprintf("TERM is %q, which cannot move its cursor, as the dashboard must", kind),
			"Run: rollcall --accessible")
	case asciiOnly(a.getenv):
		why := "the locale " + locale(a.getenv) + " has no Unicode"
		if locale(a.getenv) == "" {
			why = "no locale is set"
		}
		return doubtful(check, why+", so marks and frames are drawn in ASCII",
			"Set LANG to a locale with UTF-8, such as C.UTF-8.")
	}
	text := "Unicode"
	if sc.width > 0 {
		text = fmt.Sprintf("%d columns, %s", sc.width, text)
	}
	if kind != "" {
		text = kind + ", " + text
	}
	return good(check, text)
}
