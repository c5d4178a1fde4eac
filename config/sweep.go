package config

import (
	"context"
	"path/filepath"
	"slices"
	"sync"

	"rollcall/config/atomicfile"
	"rollcall/config/credential"
)

// Sweep removes what a rollcall that was killed has left beside the file and beside the
// files of secrets: new files that never got their names, and the lock of the file. It
// returns when ctx ends, whatever disk does not answer: what is left then is removed when
// the disk answers, or by the next run.
func (c *Config) Sweep(ctx context.Context) {
	folders := map[string][]string{}
	for _, p := range c.Profiles {
		for _, secret := range []credential.Credential{p.Token, p.Password, p.SecondToken} {
			for _, place := range []credential.Credential{secret, secret.Former()} {
				if place.Kind() == credential.SourceFile {
					path := place.Reference()[0]
					folders[filepath.Dir(path)] = append(folders[filepath.Dir(path)], path)
				}
			}
		}
	}
	var parts []func()
	if path := c.Path; len(c.versions) > 0 {
		parts = append(parts, func() { sweepConfig(path) })
	}
	for _, paths := range folders {
		parts = append(parts, func() { sweepSecrets(ctx, paths) })
	}
	together(ctx, parts)
}

// together does the parts at once, so that none waits for the disk of another, and
// returns when all are done or ctx ends. A part that panics has no effect on others, nor
// on what the person does meanwhile: what it leaves, another run may remove.
func together(ctx context.Context, parts []func()) {
	var all sync.WaitGroup
	for _, part := range parts {
		all.Go(func() {
			defer func() { _ = recover() }()
			part()
		})
	}
	ended := make(chan struct{})
	go func() { all.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-ctx.Done():
	}
}

// sweepConfig removes what was left beside the file of a configuration.
func sweepConfig(path string) {
	if target, err := follow(path); err == nil {
		atomicfile.SweepLock(target)
		sweepBeside(target)
	}
}

// sweepSecrets removes what was left beside the secrets in a folder. One that is a link is
// replaced where the file itself is.
func sweepSecrets(ctx context.Context, paths []string) {
	slices.Sort(paths)
	folders := map[string][]string{}
	for _, path := range slices.Compact(paths) {
		if ctx.Err() != nil {
			return
		}
		targets := []string{path}
		if target, err := follow(path); err == nil && target != path {
			targets = append(targets, target)
		}
		for _, target := range targets {
			folders[filepath.Dir(target)] = append(folders[filepath.Dir(target)], target)
		}
	}
	for _, targets := range folders {
		sweepBeside(targets...)
	}
}

// sweepBeside removes the new files of files in one folder.
func sweepBeside(targets ...string) {
	bases := make([]string, len(targets))
	for n, target := range targets {
		bases[n] = filepath.Base(target)
	}
	atomicfile.Sweep(filepath.Dir(targets[0]), bases...)
}
