package cmd

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestFlagsComplete finds a flag for whose value a shell would offer names of files for
// want of anything better. completeNothing says that there is nothing to offer.
func TestFlagsComplete(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, c := range commandsBelow(manualApp().rootCommand()) {
		c.NonInheritedFlags().VisitAll(func(f *pflag.Flag) {
			if f.Value.Type() == "bool" || f.Value.Type() == "boolfunc" {
				return
			}
			seen++
			_, offers := c.GetFlagCompletionFunc(f.Name)
			_, files := f.Annotations[cobra.BashCompFilenameExt]
			_, folders := f.Annotations[cobra.BashCompSubdirsInDir]
			if !offers && !files && !folders {
				t.Errorf("%s --%s offers nothing, and does not say so", c.CommandPath(), f.Name)
			}
		})
	}
	if seen < 50 {
		t.Errorf("only %d flags were seen", seen)
	}
}

// TestTextsHaveNoMarks finds marks of code in what people read.
func TestTextsHaveNoMarks(t *testing.T) {
	t.Parallel()
	root := manualApp().rootCommand()
	plainUsages(root)
	for _, c := range commandsBelow(root) {
		texts := []string{c.Short, c.Long, c.Example, c.UsageString()}
		c.Flags().VisitAll(func(f *pflag.Flag) { texts = append(texts, f.Usage) })
		for _, text := range texts {
			if strings.Contains(text, "`") {
				t.Errorf("%s: %s", c.CommandPath(), text)
			}
		}
	}
}

func TestProgramsComplete(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("programs have other names there")
	}
	one, two := t.TempDir(), t.TempDir()
	for path, mode := range map[string]os.FileMode{
		filepath.Join(one, "tool"): 0o755, filepath.Join(two, "tool"): 0o755, filepath.Join(two, "top"): 0o755,
		filepath.Join(one, "tool.txt"): 0o644, filepath.Join(one, "other"): 0o755,
	} {
		if err := os.WriteFile(path, nil, mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(one, "tofolder"), 0o755); err != nil {
		t.Fatal(err)
	}
	c := console{getenv: func(string) string {
		return strings.Join([]string{one, filepath.Join(one, "missing"), two}, string(filepath.ListSeparator))
	}}
	names, directive := c.completeProgram(nil, nil, "to")
	if !slices.Equal(names, []string{"tool", "top"}) || directive != cobra.ShellCompDirectiveNoFileComp {
		t.Errorf("%v, %v", names, directive)
	}
	if names, directive := c.completeProgram(nil, nil, "./to"); names != nil || directive != cobra.ShellCompDirectiveDefault {
		t.Errorf("a path: %v, %v", names, directive)
	}
}

// TestDeadFolders offers what the other folders have, after one time for all that do not
// answer.
func TestDeadFolders(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		answer, begun := make(chan struct{}), time.Now()
		names := inFolders([]string{"dead", "b", "dead", "a", "dead"}, func(folder string) []string {
			if folder == "dead" {
				<-answer
			}
			return []string{folder, "both"}
		})
		close(answer)
		if !slices.Equal(names, []string{"a", "b", "both"}) || time.Since(begun) != completionTime {
			t.Errorf("%v after %v", names, time.Since(begun))
		}
	})
}
