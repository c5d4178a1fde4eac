package cmd

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/cmd/export"
	"rollcall/config"
	"rollcall/config/atomicfile"
)

// report is what metrics tell of profiles. shown is what is known of each, as it can be
// shown, and configErrors how much is wrong with the configuration.
func (a *app) report(c *config.Config, profiles []config.Profile, shown []account.Snapshot, configErrors int) *export.Report {
	r := &export.Report{
		Profiles: make([]export.Profile, len(profiles)), ConfigErrors: configErrors,
		Build: export.Build{Version: a.version, Revision: revision(), GoVersion: runtime.Version()},
	}
	now := a.now()
	for i, p := range profiles {
		r.Profiles[i] = export.Profile{
			Provider: p.Provider, Service: a.services.Info(p.Provider).Title,
			Host: a.told(insight.Host(a.services.Endpoint(p.Provider, p.BaseURL, p.Parts))),
			Tags: a.named(p).Tags, Snapshot: shown[i],
			Urgency: insight.UrgencyOf(&shown[i], now, c.ExpiryWarning),
		}
	}
	return r
}

// revision is the commit that rollcall was built from.
func revision() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return cmp.Or(s.Value, "unknown")
			}
		}
	}
	return "unknown"
}

// writeTextfile puts metrics in the place of a file that others may read. It is there
// with what it had before, or whole.
func writeTextfile(path string, r *export.Report) error {
	var b bytes.Buffer
	if err := export.WriteText(&b, r); err != nil {
		return err
	}
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s is no ordinary file, so that no metrics were written; name another one", path)
	}
	atomicfile.Sweep(filepath.Dir(path), filepath.Base(path))
	p, err := atomicfile.Create(path, b.Bytes(), nil)
	if err == nil {
		defer p.Discard()
		if err = p.SetMode(0o644); err == nil {
			err = p.Commit()
		}
	}
	cause := err
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		cause = e.Err
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no folder %s, so that no metrics were written", filepath.Dir(path))
	}
	return fmt.Errorf("the metrics cannot be written to %s: %w", path, cause)
}
