package roff_test

import (
	"testing"
	"time"

	"rollcall/cmd/roff"
)

// TestPage writes each thing once, with all characters that mean something to roff.
func TestPage(t *testing.T) {
	t.Parallel()
	p := roff.New("a-name", 1, time.Date(2026, 11, 21, 23, 0, 0, 0, time.UTC), `it "1"`)
	p.Section("see also")
	p.Text("one\n.two 'x'\n\n  1  first\n     more\n  2  second\n\n.three")
	p.Lines("  a --flag | b\n\n    .c `d` ^e ~f \\g ü 100%\n")
	p.Line("rollcall x", "y")
	p.Item("--flag", "VALUE", "what it is")
	p.Within(func() { p.Text("more") })
	const want = `.TH "A\-NAME" 1 "2026\-11\-21" "it \(dq1\(dq"
.nh
.ad l
.SH "SEE ALSO"
.PP
one .two \(aqx\(aq
.PP
.RS 4
.nf
1  first
   more
2  second
.fi
.RE
.PP
\&.three
.PP
.RS 4
.nf
a \-\-flag | b

  .c \(gad\(ga \(hae \(tif \eg \[u00FC] 100%
.fi
.RE
.PP
\fBrollcall x\fR \fIy\fR
.TP
\fB\-\-flag\fR \fIVALUE\fR
what it is
.RS
.PP
more
.RE
`
	if got := p.String(); got != want {
		t.Errorf("the page is\n%s\nwant\n%s", got, want)
	}
}
