package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// maxReaders is how many goroutines read at a time.
const maxReaders = 3

// database is the file of the store, opened when it is first needed. In memory,
// one connection does everything.
type database struct {
	// path is empty where everything stays in memory.
	path string
	// notice is called with what a person should know.
	notice func(string)
	// readers and writers are the two pools of connections; in memory they are
	// the same.
	readers, writers *pool

	mu sync.Mutex
	// age counts the files that there were. A connection to an earlier one is
	// not used again.
	age  int
	file fs.FileInfo
	// readOnly is why the file cannot be written; nil where it can.
	readOnly error
	// useless is why the file is left alone; nil where it is not.
	useless error
	closed  bool
}

// pool is a number of connections, which are opened when they are needed.
type pool struct {
	slots chan struct{}
	mu    sync.Mutex
	idle  []*session
}

func newPool(size int) *pool { return &pool{slots: make(chan struct{}, size)} }

func newDatabase(path string, notice func(string)) *database {
	d := &database{path: path, notice: notice, writers: newPool(1)}
	d.readers = d.writers
	if path != "" {
		d.readers = newPool(maxReaders)
	}
	return d
}

// errAbsent says that there is no database yet, and nothing to read.
var errAbsent = errors.New("there is no database yet")

// errClosed is that of a store that was closed.
var errClosed = errors.New("the store is closed")

// errSlow is that of a disk, or of another rollcall, that keeps this one waiting.
var errSlow = errors.New("the disk does not answer in time")

// read reads something. It leaves everything as it is where there is no database
// yet. A limit above zero is how long to wait for it.
func (d *database) read(limit time.Duration, do func(*session) error) error {
	err := d.use(d.readers, false, limit, do)
	if errors.Is(err, errAbsent) {
		return nil
	}
	return err
}

// readFile is read for what others write: in memory there is nobody else.
func (d *database) readFile(limit time.Duration, do func(*session) error) error {
	if d.path == "" {
		return nil
	}
	return d.read(limit, do)
}

// write changes something, whole or not at all.
func (d *database) write(limit time.Duration, do func(*session) error) error {
	return d.use(d.writers, true, limit, func(s *session) error { return s.transaction(do) })
}

// changeExisting is write for what makes sense only where there is a database
// already.
func (d *database) changeExisting(do func(*session) error) error {
	err := d.use(d.writers, false, 0, func(s *session) error { return s.transaction(do) })
	if errors.Is(err, errAbsent) {
		return nil
	}
	return err
}

// use does something with a connection of a pool. A damaged file is set aside,
// and the same is done with a new one. What takes longer than a limit above zero
// goes on while the caller does not wait for it any more.
func (d *database) use(p *pool, create bool, limit time.Duration, do func(*session) error) error {
	if limit <= 0 {
		return d.withConnection(p, create, do)
	}
	ended := make(chan error, 1)
	go func() { ended <- d.withConnection(p, create, do) }()
	late := time.NewTimer(limit)
	defer late.Stop()
	select {
	case err := <-ended:
		return err
	case <-late.C:
		return errSlow
	}
}

func (d *database) withConnection(p *pool, create bool, do func(*session) error) error {
	p.slots <- struct{}{}
	defer func() { <-p.slots }()
	for retried := false; ; retried = true {
		s, err := d.connection(p, create)
		if err == nil {
			err = do(s)
			d.giveBack(p, s, err)
		}
		unusable, foreign := errors.AsType[unusableError](err)
		if retried || !foreign && !isDamaged(err) {
			return err
		}
		reason := "it is damaged"
		if foreign {
			reason = unusable.reason
		} else if hasCode(err, sqlite3.SQLITE_NOTADB) {
			reason = "it is no database"
		}
		age := -1
		if s != nil {
			age = s.age
		}
		if err := d.setAside(age, reason); err != nil {
			return err
		}
	}
}

// connection takes an idle connection of a pool, or opens one.
func (d *database) connection(p *pool, create bool) (*session, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.closed:
		return nil, errClosed
	case d.useless != nil:
		return nil, d.useless
	}
	if create {
		d.lookForAnother()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.idle) > 0 {
		s := p.idle[len(p.idle)-1]
		p.idle = p.idle[:len(p.idle)-1]
		if s.age == d.age {
			if create && d.readOnly != nil {
				p.idle = append(p.idle, s)
				return nil, d.readOnly
			}
			return s, nil
		}
		s.close()
	}
	s, err := d.opened(create)
	if err == nil {
		s.age = d.age
	}
	return s, err
}

// lookForAnother sees to it that what was written to a file that somebody has
// moved or deleted since is not lost from then on. The caller has mu.
func (d *database) lookForAnother() {
	if d.path == "" || d.file == nil {
		return
	}
	if info, err := os.Stat(d.path); err == nil && os.SameFile(info, d.file) {
		return
	}
	d.age, d.file = d.age+1, nil
}

// opened is a new connection. The caller has mu.
func (d *database) opened(create bool) (*session, error) {
	if d.path == "" {
		s, err := connect("")
		if err == nil {
			err = s.prepare(journalMode(""))
		}
		return s, err
	}
	info, err := inspect(d.path, create)
	if errors.Is(err, fs.ErrNotExist) && !create {
		return nil, errAbsent
	}
	if err != nil {
		return nil, err
	}
	s, err := open(d.path)
	if isReadOnly(err) {
		why := err
		if s, err = openReadOnly(d.path); err == nil && s == nil {
			err = errAbsent
		}
		if d.readOnly = fmt.Errorf("%s cannot be written: %w", d.path, why); create && s != nil {
			s.close()
			return nil, d.readOnly
		}
	}
	if errors.Is(err, errNewer) {
		d.useless = err
		d.notice(fmt.Sprintf("%s was written by a newer rollcall, which it is left for. This run keeps nothing.", d.path))
	}
	if err == nil {
		d.file = info
	}
	return s, err
}

func isReadOnly(err error) bool {
	return hasCode(err, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM) || errors.Is(err, fs.ErrPermission)
}

// giveBack makes a connection idle again, unless something is wrong with it.
func (d *database) giveBack(p *pool, s *session, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed || s.age != d.age || isDamaged(err) || hasCode(err, sqlite3.SQLITE_IOERR) && d.path != "" {
		s.close()
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, s)
}

func (d *database) isClosed() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.closed
}

// close closes the connections. Those in use are closed by who uses them.
func (d *database) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	d.closeIdle()
}

// closeIdle closes the connections that nobody uses. The caller has mu.
func (d *database) closeIdle() {
	for _, p := range []*pool{d.readers, d.writers} {
		p.mu.Lock()
		for _, s := range p.idle {
			s.close()
		}
		p.idle = nil
		p.mu.Unlock()
	}
}

// beside is the path of a file beside the database.
func (d *database) beside(name string) string { return filepath.Join(filepath.Dir(d.path), name) }
