package demo

import (
	"cmp"
	"os"
	"path/filepath"
)

// The files in a folder of the demo.
const (
	configName  = "config.toml"
	secretsName = "secrets"
)

// Settle writes the configuration into a folder that nobody else can read, and the
// secrets beside it, each into a file of its own, where it can be replaced. It
// returns the path of the configuration.
func (s *Server) Settle(dir string) (path string, err error) {
	secrets := filepath.Join(dir, secretsName)
	if err := os.Mkdir(secrets, 0o700); err != nil {
		return "", err
	}
	for _, e := range s.entries {
		secret := cmp.Or(e.Token, e.Password)
		if err := os.WriteFile(filepath.Join(secrets, e.Name), []byte(secret+"\n"), 0o600); err != nil {
			return "", err
		}
	}
	path = filepath.Join(dir, configName)
	return path, os.WriteFile(path, writeConfig(s.entries, secretsName), 0o600)
}
