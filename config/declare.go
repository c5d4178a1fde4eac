package config

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"rollcall/config/spelling"
	"rollcall/plainfile"

	"github.com/BurntSushi/toml"
)

// servicesFolder is where descriptions lie that have a file each, beside the
// configuration.
const servicesFolder = "services.d"

// serviceName is what a service can be called.
var serviceName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*$`)

// described is a description before anybody has read it.
type described struct {
	Declaration
	// path is that of its table in the text, and data the text.
	path toml.Key
	data []byte
	// wrong is what is wrong with it, once that was told; empty for nothing.
	wrong string
	// command mends who can write its file; empty for nothing.
	command string
}

// where is the place of a description, as FILE:LINE.
func (d *described) where() string {
	if d.Line <= 1 {
		return d.File
	}
	return fmt.Sprintf("%s:%d", d.File, d.Line)
}

// services reads which services the configuration describes itself, and makes them
// known to the profiles. A description is read when a profile names it. passed are the
// files that describe none.
func (t *table) services() (declared []Declaration, passed []Problem) {
	all := t.ownServices()
	inFiles, passed := t.servicesInFiles()
	for _, one := range inFiles {
		if i := slices.IndexFunc(all, func(d *described) bool { return d.Name == one.Name }); i >= 0 {
			t.problemOf(one, nil, "the service "+one.Name+" is described in "+all[i].File+", too; keep one of the two", "", "")
			continue
		}
		all = append(all, one)
	}
	known := t.dec.services.Known
	t.dec.described = map[string]*described{}
	t.dec.services.Known = slices.Clone(known)
	for _, one := range all {
		i := slices.IndexFunc(known, func(p Provider) bool { return p.Name == one.Name })
		switch {
		case !serviceName.MatchString(one.Name):
			t.problemOf(one, nil, "a service's name has small letters, digits and hyphens; rename "+quote(one.Name), "", "")
			continue
		case i >= 0 && !known[i].Shipped:
			t.problemOf(one, nil, quote(one.Name)+" is a service that rollcall has built in; give yours another name", "", "")
			continue
		}
		p := Provider{Name: one.Name, Late: func() Provider { return t.describe(one) }}
		if i >= 0 {
			t.dec.services.Known[slices.IndexFunc(t.dec.services.Known, func(p Provider) bool { return p.Name == one.Name })] = p
		} else {
			t.dec.services.Known = append(t.dec.services.Known, p)
		}
		one.locate = one
		declared = append(declared, one.Declaration)
		t.dec.described[one.Name] = one
	}
	return declared, passed
}

// ownServices are those in the configuration itself.
func (t *table) ownServices() (all []*described) {
	services, ok := t.table("services", "a table: [services.NAME]")
	if !ok {
		return nil
	}
	why, command := untrusted(t.dec.file, t.dec.version)
	for _, name := range t.dec.positions.order(services.path, services.values) {
		values, ok := services.values[name].(map[string]any)
		one := &described{
			Declaration: Declaration{Name: name, Values: values, File: t.dec.file, Line: t.dec.positions.find(below(services.path, name)).line},
			path:        below(services.path, name), data: t.dec.data,
		}
		if !ok {
			t.problemOf(one, nil, "services."+shown(name)+" must be a table: [services."+shown(name)+"]", "", "")
			continue
		}
		t.refuse(one, why, command)
		all = append(all, one)
	}
	return all
}

// servicesInFiles are those with a file each, and what of their folder is passed over.
func (t *table) servicesInFiles() (all []*described, passed []Problem) {
	if t.dec.versions == nil {
		return nil, nil
	}
	folder := filepath.Join(t.dec.dir, servicesFolder)
	t.dec.versions[folder] = versionOf(context.Background(), folder)
	files, err := plainfile.Folder(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.add(position{}, nil, servicesFolder+" cannot be read: "+reason("it", err), "")
	}
	for _, f := range files {
		name, ok := strings.CutSuffix(f.Name(), descriptionEnd)
		if !ok || strings.HasPrefix(name, ".") {
			continue
		}
		path := filepath.Join(folder, f.Name())
		version, data, err := readVersion(path)
		t.dec.versions[path] = version
		one := &described{Declaration: Declaration{Name: name, File: path, Line: 1, Alone: true}, data: data}
		if err != nil {
			one.wrong = reason("it", err)
			one.Refused = one.wrong
			t.problemOf(one, nil, "this cannot be read: "+one.wrong, "", "")
		} else if values, wrong := decode(path, []byte(strings.TrimPrefix(string(data), byteOrderMark))); wrong != nil {
			t.report.problems = append(t.report.problems, locatedProblem{0, *wrong})
			one.Refused, one.wrong = wrong.Error(), wrong.Message
		} else if _, headed := values["services"]; headed {
			one.wrong = "a file of " + servicesFolder + " has the keys of one service, without the heading [services." + name + "]; delete that line"
			one.Refused = one.wrong
			t.problemOf(one, []string{"services"}, one.wrong, "", "")
		} else {
			one.Values = values
			why, command := untrusted(path, version)
			t.refuse(one, why, command)
		}
		all = append(all, one)
	}
	return all, passedOver(folder, files)
}

// refuse keeps a description from being used that somebody else could have written:
// it says where a credential is sent.
func (t *table) refuse(one *described, why, command string) {
	if why == "" {
		return
	}
	one.Refused, one.wrong, one.command = why, why, command
	t.problemOf(one, nil, "the service "+one.Name+" is not used, since "+why+" and could send its credentials elsewhere", "Run: "+command, command)
}

// describe is what a description says that a profile has named. What is wrong with it
// is told once.
func (t *table) describe(one *described) Provider {
	p := Provider{Name: one.Name}
	if one.wrong != "" || t.dec.services.Describe == nil {
		return p
	}
	said, faults := t.dec.services.Describe(one.Name, one.Values)
	if len(faults) == 0 {
		said.Name = one.Name
		return said
	}
	for _, f := range faults {
		t.problemOf(one, f.Path, f.Message+spelling.DidYouMean(f.Written, f.Known), "", "")
	}
	one.wrong = faults[0].Message
	if len(faults[0].Path) > 0 {
		one.wrong = keyPath(faults[0].Path) + ": " + one.wrong
	}
	return p
}

// problemOf reports what is wrong with a description. It is no problem of a profile:
// those that name the service tell by themselves that they cannot be asked.
func (t *table) problemOf(one *described, path []string, message, remedy, command string) {
	p := one.problem(path, message)
	p.Remedy, p.Command = remedy, command
	t.dec.outside.problems = append(t.dec.outside.problems, p)
}

// problem is what is wrong with a key of a description.
func (d *described) problem(path []string, message string) locatedProblem {
	at := position{line: d.Line}
	if d.data != nil {
		if found := locateElements(d.data).nearest(append(slices.Clone(d.path), path...)); found.line > 0 {
			at = found
		}
	}
	if len(path) > 0 {
		message = keyPath(path) + ": " + message
	}
	return locatedProblem{at.offset, Problem{
		File: d.File, Line: at.line, Key: strings.Join(append([]string{"services", d.Name}, path...), "."), Message: message,
	}}
}

// keyPath is a path as a message names it: "states[2].when".
func keyPath(path []string) string {
	var b strings.Builder
	for _, part := range path {
		switch {
		case strings.Trim(part, "0123456789") == "":
			b.WriteString("[" + part + "]")
			continue
		case b.Len() > 0:
			b.WriteByte('.')
		}
		b.WriteString(shown(part))
	}
	return b.String()
}
