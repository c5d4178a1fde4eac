package config

import (
	"fmt"
	"io/fs"
	"strings"

	"rollcall/plainfile"
)

// maxPassed is how many files a sentence names that are passed over.
const maxPassed = 5

// descriptionEnd ends the name of a file that describes a service.
const descriptionEnd = ".toml"

// passedOver tells which files of a folder describe no service by their names, although
// somebody may think so, and what to do. What is hidden, and what editors leave beside a
// file, is nothing that a person has put there.
func passedOver(folder string, files []fs.DirEntry) (all []Problem) {
	var named, folders []string
	for _, f := range files {
		switch name := f.Name(); {
		case strings.HasPrefix(name, "."), strings.HasSuffix(name, "~"), strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"),
			strings.HasSuffix(name, descriptionEnd):
		case f.IsDir():
			folders = append(folders, plainfile.Named(name))
		default:
			named = append(named, plainfile.Named(name))
		}
	}
	if len(named) > 0 {
		all = append(all, Problem{
			File: folder, Message: "not read, since a file of a service ends with " + descriptionEnd + ": " + several(named),
			Remedy: "Rename what is to describe a service, and move the rest elsewhere.",
		})
	}
	if len(folders) > 0 {
		all = append(all, Problem{
			File: folder, Message: "not read, since a service is a file and no folder: " + several(folders),
			Remedy: "Move what is to describe a service up, and the rest elsewhere.",
		})
	}
	return all
}

// several names the first of some files, and how many more there are.
func several(names []string) string {
	if n := len(names); n > maxPassed {
		names = append(names[:maxPassed], fmt.Sprintf("and %d more", n-maxPassed))
	}
	return strings.Join(names, ", ")
}
