package config

// decoder is what the tables of a file have in common while they are read.
type decoder struct {
	file string
	// dir is the folder that relative paths start from.
	dir string
	// exposed is set where others can read the file.
	exposed   bool
	positions *positions
	// data is the text, and version that of the file; it has no mode where there is
	// none.
	data     []byte
	version  fileVersion
	services Services
	// met are the services that profiles have named so far.
	met map[string]Provider
	// top are the keys of the file that are in no table.
	top []string
	// keys are those that the file wishes for actions.
	keys map[string][]string
	// described are the services that the configuration describes itself, outside has
	// what is wrong with them, and with all else but the profiles.
	described map[string]*described
	outside   *report
	// versions are those of the files that were read.
	versions map[string]fileVersion
}

// provider is the service of a name, which is looked for once.
func (d *decoder) provider(name string) (found Provider, known bool) {
	if found, known = d.met[name]; known {
		return found, true
	}
	if found, known = d.services.provider(name); known {
		if d.met == nil {
			d.met = map[string]Provider{}
		}
		d.met[name] = found
	}
	return found, known
}

// resolve makes a path of the file one that can be opened.
func (d *decoder) resolve(path string) string { return resolveIn(d.dir, path) }
