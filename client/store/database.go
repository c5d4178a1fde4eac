package store

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"modernc.org/sqlite"
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
	surroundings
	// readers and writers are the two pools of connections; in memory they are
	// the same.
	readers, writers *pool

	mu sync.Mutex
	// age counts the files that there were. A connection to an earlier one is
	// not used again.
	age  int
	file fs.FileInfo
	// readOnly is set where the file could not be written when it was last opened.
	readOnly bool
	// useless is why the file is left alone; nil where it is not.
	useless error
	closed  bool
}

// surroundings are what a database meets with.
type surroundings struct {
	kind kindOfFileSystem
	// patience is how long to wait for others who write.
	patience time.Duration
}

func newDatabase(path string, notice func(string), around surroundings) *database {
	d := &database{path: path, notice: notice, surroundings: around, writers: newPool(1)}
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

// maxMoves is how often what is done is done anew where the file was moved away.
const maxMoves = 3

// errMoved says that the file of a connection has another name by now.
var errMoved = errors.New("the file was moved away")

// errLocked is that of who would wait for somebody in vain.
var errLocked = errors.New("another program has locked the database")

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
	return d.use(d.writers, true, limit, d.whole(do))
}

// whole does something in a transaction. Who sets a file aside holds its lock
// meanwhile; whoever has waited for that must not write to it any more.
func (d *database) whole(do func(*session) error) func(*session) error {
	return func(s *session) error {
		return s.transaction(func(s *session) error {
			if d.path != "" && !isAt(d.path, s.file) {
				return errMoved
			}
			return do(s)
		})
	}
}

// isAt reports whether a file has a path.
func isAt(path string, file fs.FileInfo) bool {
	info, err := os.Stat(path)
	return err == nil && file != nil && os.SameFile(info, file)
}

// changeExisting is write for what makes sense only where there is a database
// already.
func (d *database) changeExisting(do func(*session) error) error {
	err := d.use(d.writers, false, 0, d.whole(do))
	if errors.Is(err, errAbsent) {
		return nil
	}
	return err
}

// use does something with a connection of a pool. A damaged file is set aside,
// and the same is done with a new one. What takes longer than a limit above zero
// goes on while the caller does not wait for it any more. A panic is had by whoever
// waits, as in a call, and told in a notice where nobody does.
func (d *database) use(p *pool, create bool, limit time.Duration, do func(*session) error) error {
	if limit <= 0 {
		p.slots <- struct{}{}
		defer func() { <-p.slots }()
		return d.withConnection(p, create, do)
	}
	late := time.NewTimer(limit)
	defer late.Stop()
	select {
	case p.slots <- struct{}{}:
	case <-late.C:
		return errSlow
	}
	type outcome struct {
		err   error
		fault any
	}
	ended, gone := make(chan outcome), make(chan struct{})
	defer close(gone)
	go func() {
		var o outcome
		defer func() {
			o.fault = recover()
			<-p.slots
			select {
			case ended <- o:
			case <-gone:
				if o.fault != nil {
					d.notice(fmt.Sprintf("A fault of rollcall, please report it: %v, while %s was used. What was to be kept then may be lost.", o.fault, d.where()))
				}
			}
		}()
		o.err = d.withConnection(p, create, do)
	}()
	select {
	case o := <-ended:
		if o.fault != nil {
			panic(o.fault)
		}
		return o.err
	case <-late.C:
		return errSlow
	}
}

// where is what a person calls the database.
func (d *database) where() string { return cmp.Or(d.path, "the state in memory") }

// withConnection does something with a connection of a pool of which the caller
// has a slot.
func (d *database) withConnection(p *pool, create bool, do func(*session) error) error {
	// The file may be moved away while it is opened or used, by another rollcall that
	// sets it aside; each time that leaves one fewer who would.
	for moves, wasSetAside := 0, false; ; {
		if p == d.readers && p.isLocked(d.patience) {
			return errLocked
		}
		s, err := d.connection(p, create)
		if err == nil {
			err = d.moved(s.file, s.blamed(s.doing(do)))
			d.giveBack(p, s, err)
		}
		if hasCode(err, sqlite3.SQLITE_BUSY) {
			p.lock()
		}
		reason, unusable := useless(err)
		switch {
		case errors.Is(err, errMoved) && moves < maxMoves:
			moves++
			continue
		case wasSetAside || !unusable:
			return d.named(err)
		}
		age := -1
		if s != nil {
			age = s.age
		}
		if err := d.setAside(age, reason); err != nil {
			return err
		}
		wasSetAside = true
	}
}

// moved is errMoved for an error of a file that is no longer where it was, and the
// error itself for every other.
func (d *database) moved(file fs.FileInfo, err error) error {
	if d.path != "" && hasCode(err, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR) && !isAt(d.path, file) {
		return errMoved
	}
	return err
}

// useless reports whether an error says that the file has to be set aside, and
// why.
func useless(err error) (reason string, is bool) {
	if unusable, ok := errors.AsType[unusableError](err); ok {
		return unusable.reason, true
	}
	if hasCode(err, sqlite3.SQLITE_NOTADB) {
		return "it is no database", true
	}
	return errDamaged.Error(), isDamaged(err)
}

// named is an error of SQLite with the file that it is about.
func (d *database) named(err error) error {
	if _, ok := errors.AsType[*sqlite.Error](err); ok && d.path != "" {
		return fmt.Errorf("%s: %w", d.path, err)
	}
	return err
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
	writing := p == d.writers
	if writing && d.path != "" && d.file != nil && !isAt(d.path, d.file) {
		// What is written to a file that somebody has moved or deleted would be lost.
		d.age, d.file = d.age+1, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.idle) > 0 {
		s := p.idle[len(p.idle)-1]
		p.idle = p.idle[:len(p.idle)-1]
		if s.age == d.age && !(writing && s.readOnly) {
			return s, nil
		}
		s.close()
	}
	if create && d.path != "" && !exists(d.path) && exists(d.path+asideLock) {
		// Somebody sets a file aside, whose companions get their new names after it: a
		// file that was made before would be given them, and lose them again. Where the
		// lock cannot be had, that has to be borne.
		if unlock, err := d.lock(asideLock); err == nil {
			defer unlock()
		}
	}
	return d.opened(create, writing)
}

// opened is a new connection. The caller has mu.
func (d *database) opened(create, writing bool) (*session, error) {
	if d.path == "" {
		s, err := connect("", patience)
		if err == nil {
			err = s.prepare(journalMemory)
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
	s, err := open(d.path, journalMode(d.path, d.kind), d.patience)
	err = d.moved(info, err)
	switch {
	case isReadOnly(err):
		return d.openedReadOnly(info, writing, err)
	case errors.Is(err, errNewer):
		d.useless = err
		d.notice(fmt.Sprintf("%s was written by a newer rollcall, which it is left for. This run keeps nothing.", d.path))
	}
	if err != nil {
		return nil, err
	}
	if d.readOnly {
		// Those who only read have not seen what was written since.
		d.age, d.readOnly = d.age+1, false
	}
	if !writing {
		// Who only reads goes through most of it once; the system remembers it, too.
		if err := s.exec("PRAGMA cache_size = -128"); err != nil {
			s.close()
			return nil, err
		}
	}
	d.file = info
	s.age, s.file = d.age, info
	return s, nil
}

// openedReadOnly is a connection to a file that cannot be written, for the
// reason why; there is none for who wants to write. The caller has mu.
func (d *database) openedReadOnly(info fs.FileInfo, writing bool, why error) (*session, error) {
	if writing || d.file != nil && !d.readOnly {
		// To close what is opened to be read only would take away the locks of the
		// connections that this process has already.
		return nil, fmt.Errorf("%s cannot be written: %w", d.path, why)
	}
	s, err := openReadOnly(d.path)
	err = d.moved(info, err)
	switch {
	case err != nil:
		return nil, err
	case s == nil:
		return nil, errAbsent
	}
	d.readOnly, d.file = true, info
	s.age, s.file, s.readOnly = d.age, info, true
	return s, nil
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
