package config

import (
	"os"
	"path/filepath"

	"rollcall/config/atomicfile"
	"rollcall/config/credential"
)

// Sweep removes what a rollcall that was killed has left beside the file and beside the
// files of secrets: new files that never got their names, and the lock of the file.
func (c *Config) Sweep() {
	folders := map[string]bool{}
	if target, err := follow(c.Path); err == nil && len(c.versions) > 0 {
		atomicfile.SweepLock(target)
		folders[filepath.Dir(target)] = true
	}
	for _, p := range c.Profiles {
		for _, secret := range []credential.Credential{p.Token, p.Password, p.SecondToken} {
			if secret.Kind() != credential.SourceFile {
				continue
			}
			path := secret.Reference()[0]
			folders[filepath.Dir(path)] = true
			// Few are links; a secret is replaced where the file itself is.
			if _, err := os.Readlink(path); err == nil {
				if target, err := follow(path); err == nil {
					folders[filepath.Dir(target)] = true
				}
			}
		}
	}
	for folder := range folders {
		atomicfile.Sweep(folder)
	}
}
