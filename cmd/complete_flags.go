package cmd

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rollcall/plainfile"
)

// completing reports whether a command is what a shell asks while somebody types.
func completing(c *cobra.Command) bool {
	return c.Name() == cobra.ShellCompRequestCmd || c.Name() == cobra.ShellCompNoDescRequestCmd
}

// plainUsages takes the marks out of the texts of flags that name their values for the
// help: the library gives a shell the texts as they are.
func plainUsages(c *cobra.Command) {
	plain := func(f *pflag.Flag) { _, f.Usage = pflag.UnquoteUsage(f) }
	c.PersistentFlags().VisitAll(plain)
	c.LocalNonPersistentFlags().VisitAll(plain)
	for _, sub := range c.Commands() {
		plainUsages(sub)
	}
}

// completeWith offers these values for a flag, and no others.
func completeWith(c *cobra.Command, flag string, values ...string) {
	_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// completeNothing offers nothing for flags whose values only the person knows.
func completeNothing(c *cobra.Command, flags ...string) {
	for _, flag := range flags {
		_ = c.RegisterFlagCompletionFunc(flag, cobra.NoFileCompletions)
	}
}

// completeVariables offers the names of variables that are set.
func (c *console) completeVariables(_ *cobra.Command, _ []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var names []cobra.Completion
	for _, pair := range c.environ {
		if name, _, _ := strings.Cut(pair, "="); name != "" && strings.HasPrefix(name, word) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeProgram offers the programs of PATH for the first word of a command line, and
// files for what has a folder in it.
func (c *console) completeProgram(_ *cobra.Command, _ []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if strings.ContainsRune(word, '/') || strings.ContainsRune(word, filepath.Separator) {
		return nil, cobra.ShellCompDirectiveDefault
	}
	names := inFolders(filepath.SplitList(c.getenv("PATH")), func(dir string) []string { return programsIn(dir, word) })
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completionTime is how long all folders together are waited for: somebody has pressed a
// key, and one of them can be on a disk that does not answer.
const completionTime = time.Second

// inFolders are the names that some folders have, sorted and each once,
// without those of folders that do not answer within completionTime.
func inFolders(folders []string, namesIn func(folder string) []string) (names []string) {
	found := make(chan []string, len(folders))
	for _, folder := range folders {
		go func() { found <- namesIn(folder) }()
	}
	over := time.After(completionTime)
wait:
	for range folders {
		select {
		case some := <-found:
			names = append(names, some...)
		case <-over:
			break wait
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// programsIn are the programs of a folder whose names begin with a word.
func programsIn(folder, word string) (names []string) {
	entries, _ := plainfile.Folder(folder) // One that is not there has none.
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), word) && runs(filepath.Join(folder, e.Name())) {
			names = append(names, e.Name())
		}
	}
	return names
}

// runs reports whether a path is that of a program.
func runs(path string) bool {
	info, err := os.Stat(path)
	switch {
	case err != nil || !info.Mode().IsRegular():
		return false
	case runtime.GOOS == "windows":
		return strings.EqualFold(filepath.Ext(path), ".exe")
	}
	return info.Mode()&0o111 != 0
}
