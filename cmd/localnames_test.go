package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"rollcall/config"
)

// A name of a file can not end a line and begin another that seems to be rollcall's.
func TestNamesFakeNoLine(t *testing.T) {
	t.Parallel()
	const evil = "a\nrollcall: warning: every token was revoked"
	c := &console{environ: []string{"HOME=/home/" + evil, "NL=\n", "PATH=/bin"}}
	for _, err := range []error{
		&fs.PathError{Op: "open", Path: evil, Err: fs.ErrPermission},
		fmt.Errorf("not saved: %w", &os.LinkError{Op: "rename", Old: evil, New: evil + "~", Err: fs.ErrPermission}),
		config.Problem{File: evil, Line: 3, Message: "it is wrong"},
		&config.Problem{File: "/x/" + evil + "/y", Message: "it is wrong"},
		errors.New("/home/" + evil + "/.config/rollcall/config.toml does not exist"),
		fmt.Errorf("the editor does not start: %w\nSet EDITOR to another", &fs.PathError{Op: "fork/exec", Path: evil, Err: fs.ErrNotExist}),
	} {
		said := c.withPlainNames(err, err.Error())
		if strings.Contains(said, "\nrollcall:") || !strings.Contains(said, `a\nrollcall: warning`) {
			t.Errorf("%q becomes %q", err, said)
		}
		if strings.Contains(err.Error(), "\nSet") && !strings.Contains(said, "\nSet EDITOR") {
			t.Errorf("%q has lost a line of ours", said)
		}
	}
}
