package talk

import (
	"bufio"
	"bytes"
	"context"
	"io"

	"rollcall/client/together"
)

// longestLine is more than the longest secret that a service gives out.
const longestLine = 1 << 20

// line is what a person typed, without the end of the line.
type line struct {
	text string
	// tooLong is set where the line was longer than longestLine. Nothing of it is
	// kept.
	tooLong bool
}

// lineReader reads a line when it is asked for one, and not before: between two
// lines whatever else wants the terminal can have it.
type lineReader struct {
	split  splitter
	wanted chan struct{}
	// lines has the line that was asked for. It is closed at the end of the input.
	lines chan line
	// asked is set while a line was asked for that has not come.
	asked bool
	// reading is what reads them.
	reading together.Group
}

// readLines reads a file until its end. Nothing can end a read of a terminal, so
// that the goroutine may outlive ctx by one line.
func readLines(ctx context.Context, f io.Reader) *lineReader {
	r := &lineReader{
		split: splitter{in: bufio.NewReader(f)}, wanted: make(chan struct{}, 1), lines: make(chan line),
	}
	r.reading.Go(func() {
		defer close(r.lines)
		for {
			select {
			case <-r.wanted:
			case <-ctx.Done():
				return
			}
			l, err := r.split.next()
			if err != nil {
				return
			}
			select {
			case r.lines <- l:
			case <-ctx.Done():
				return
			}
		}
	})
	return r
}

// next asks for a line and gives where it comes. Whoever takes it says so by came.
func (r *lineReader) next() <-chan line {
	if !r.asked {
		r.asked = true
		r.wanted <- struct{}{}
	}
	return r.lines
}

func (r *lineReader) came() { r.asked = false }

// over says that no more lines came, which can be the end of the input or a fault.
func (r *lineReader) over() { r.reading.Wait() }

// ahead reports whether a whole line was read already that nobody has asked for.
func (r *lineReader) ahead() bool {
	if r.asked {
		return false
	}
	read, _ := r.split.in.Peek(r.split.in.Buffered())
	if r.split.returned {
		read = bytes.TrimPrefix(read, []byte("\n"))
	}
	return bytes.ContainsAny(read, "\r\n")
}

// splitter cuts a text into lines, whichever way each of them ends. A terminal that
// passes every key on ends them in another way than one that waits for lines.
type splitter struct {
	in *bufio.Reader
	// returned is set where the last line ended with a carriage return, of which a
	// line feed may be a part.
	returned bool
}

// next is the next line; the last may have no end.
func (s *splitter) next() (l line, err error) {
	var read []byte
	for {
		b, err := s.in.ReadByte()
		fed := s.returned && b == '\n'
		s.returned = err == nil && b == '\r'
		switch {
		case err != nil && len(read) == 0 && !l.tooLong:
			return l, err
		case err == nil && fed:
			continue
		case err != nil, b == '\n', b == '\r':
			l.text = string(read)
			return l, nil
		case len(read) == longestLine:
			l.tooLong, read = true, nil
		case !l.tooLong:
			read = append(read, b)
		}
	}
}
