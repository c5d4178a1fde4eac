package store

import "time"

// OpenRemote is [Open] for a folder that seems to lie on a file system of the
// network.
func OpenRemote(dir, configuration string) (*Store, string, error) {
	return openIn(surroundings{remote, patience}, dir, configuration)
}

func remote(string) (name string, is bool) { return "nfs", true }

// OpenImpatient is [Open] for who does not wait long for others, on a remote file
// system or a local one.
func OpenImpatient(isRemote bool) func(dir, configuration string) (*Store, string, error) {
	around := surroundings{fileSystem, 200 * time.Millisecond}
	if isRemote {
		around.kind = remote
	}
	return func(dir, configuration string) (*Store, string, error) { return openIn(around, dir, configuration) }
}

// Notices are those that [Store.Run] would tell.
func (s *Store) Notices() []string { return s.takeNotices() }

// SchemaVersion is the version of the schema.
const SchemaVersion = schemaVersion
