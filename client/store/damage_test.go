package store_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// decided are the profiles of a database to be damaged, each of which has a pin.
const decided = 5

// toDamage makes a small database in which all tables have rows, and returns its
// bytes and the page of the pins.
func toDamage(t *testing.T) (data []byte, pins int) {
	t.Helper()
	dir := t.TempDir()
	s := opened(t, dir)
	full, _ := full()
	s.Save(full)
	for i := range decided {
		decideAll(t, s, fmt.Sprint("p", i), "u1")
	}
	s.StartCooldown(origin, "hush", now().Add(time.Hour))
	closed(t, s)
	return read(t, database(dir)), int(ask(t, dir, "SELECT rootpage FROM sqlite_schema WHERE name = 'pins'"))
}

// survive uses a store of which the database may be damaged, twice. It returns how
// many pins are left, and what was told.
func survive(t *testing.T, dir string) (pins int, told string) {
	t.Helper()
	for range 2 {
		s, notice, err := store.Open(dir, config)
		if err != nil {
			t.Fatal(err)
		}
		s.Retain([][2]string{{"work", endpointOf("work")}})
		s.Snapshots()
		s.Journal(9)
		for i := range decided {
			s.Past(fmt.Sprint("p", i), endpointOf(fmt.Sprint("p", i)))
			s.Snoozed(fmt.Sprint("p", i), endpointOf(fmt.Sprint("p", i)))
		}
		s.Cooldown(origin, "hush")
		s.Save(sample("work", now()))
		s.PinOnce("work", endpointOf("work"), "u2")
		s.Flush()
		told += notice + strings.Join(s.Notices(), " ")
		if err := s.Close(); err != nil {
			t.Errorf("it ends with %v", err)
		}
	}
	s, notice, err := store.Open(dir, config)
	if err != nil || notice != "" {
		t.Errorf("once more it says %q, %v", notice, err)
	}
	id, _ := s.Pin("work", endpointOf("work"))
	if _, ok := stored(s, "work"); !ok || id != "u2" {
		t.Errorf("what was kept since is known: %v, and pinned to %q", ok, id)
	}
	for i := range decided {
		if id, _ := s.Pin(fmt.Sprint("p", i), endpointOf(fmt.Sprint("p", i))); id == "u1" {
			pins++
		}
	}
	told += strings.Join(s.Notices(), " ")
	closed(t, s)
	if strings.Contains(told, "cannot be kept") {
		t.Errorf("told is %s", told)
	}
	return pins, told
}

// inMemory is a folder that is in memory, where there is such a file system: what
// is written to a disk costs most of the time of these tests.
func inMemory(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "rollcall")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// damaged is a folder with the bytes of a damaged database.
func damaged(t *testing.T, data []byte) string {
	t.Helper()
	dir := inMemory(t)
	write(t, database(dir), data)
	return dir
}

const page = 1024

// Each page in turn is lost. The pins are lost only with the page that they are
// on.
func TestDamagedPages(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long, in one goroutine")
	}
	t.Parallel()
	alone(t)
	good, pinsOn := toDamage(t)
	random := rand.NewChaCha8([32]byte{1})
	noticed := 0
	for n := range len(good) / page {
		kinds := map[string]func([]byte){
			"zeros":   func(p []byte) { clear(p) },
			"garbage": func(p []byte) { _, _ = random.Read(p) },
			"another": func(p []byte) { copy(p, good[(n+3)%(len(good)/page)*page:]) },
		}
		for i, name := range slices.Sorted(maps.Keys(kinds)) {
			if i != n%len(kinds) && rounds() == 1 {
				continue
			}
			data, fill := bytes.Clone(good), kinds[name]
			fill(data[n*page : (n+1)*page])
			pins, told := survive(t, damaged(t, data))
			if told != "" {
				noticed++
			}
			if pins != decided && n+1 != pinsOn {
				t.Errorf("%s on page %d of %d, with the pins on %d: %d pins are left, and told is %q", name, n+1, len(good)/page, pinsOn, pins, told)
			}
			if n+1 == pinsOn && told == "" && name != "another" {
				t.Errorf("%s in place of the pins are not noticed", name)
			}
		}
	}
	if noticed < len(good)/page/3 {
		t.Errorf("of the damages to %d pages only %d are noticed", len(good)/page, noticed)
	}
}

// A database that has lost its end keeps the pins that are not in it.
func TestTruncatedDatabase(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long, in one goroutine")
	}
	t.Parallel()
	alone(t)
	good, pinsOn := toDamage(t)
	var sizes []int
	for n := range len(good) / page {
		sizes = append(sizes, n*page)
	}
	for _, size := range append(sizes, 1, 15, 16, 17, 99, 100, 101, 511, 1023, 1025, 5*page+7, len(good)-1, len(good)-page+1) {
		pins, told := survive(t, damaged(t, good[:size]))
		if size >= pinsOn*page && pins != decided {
			t.Errorf("of the first %d of %d bytes, with the pins on page %d, %d pins are left: %s", size, len(good), pinsOn, pins, told)
		}
		// SQLite takes a single byte for nothing, and zeros for what is missing of the
		// last page.
		if n := strings.Count(told, "set aside"); n > 1 || n < 1 && size > 1 && size <= len(good)-page {
			t.Errorf("of the first %d of %d bytes, told is %q", size, len(good), told)
		}
	}
}

// Single bits that turn round end nothing.
func TestDamagedBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long, in one goroutine")
	}
	t.Parallel()
	alone(t)
	good, _ := toDamage(t)
	random := rand.New(rand.NewPCG(1, 2))
	for range 40 * rounds() {
		data := bytes.Clone(good)
		for range 1 + random.IntN(8) {
			data[random.IntN(len(data))] ^= 1 << random.IntN(8)
		}
		survive(t, damaged(t, data))
	}
}

// A log that has lost its end, or a part, is worth what comes before. The file of
// shared memory can be missing or wrong.
func TestDamagedLog(t *testing.T) {
	t.Parallel()
	alone(t)
	dir := t.TempDir()
	s := opened(t, dir)
	var ends []int
	for i := range 12 {
		if err := s.Repin("p", endpoint, fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
		ends = append(ends, len(read(t, database(dir)+"-wal")))
	}
	file, log, shared := read(t, database(dir)), read(t, database(dir)+"-wal"), read(t, database(dir)+"-shm")
	closed(t, s)
	after := func(log, shared []byte) string {
		dir := damaged(t, file)
		if log != nil {
			write(t, database(dir)+"-wal", log)
		}
		if shared != nil {
			write(t, database(dir)+"-shm", shared)
		}
		s, notice, err := store.Open(dir, config)
		if err != nil || notice != "" {
			t.Errorf("it says %q, %v", notice, err)
		}
		got := pinned(s, "p")
		if err := s.Repin("p", endpoint, "new"); err != nil {
			t.Error(err)
		}
		closed(t, s)
		if got := pinned(opened(t, dir), "p"); got != "new" {
			t.Errorf("then it is pinned to %q", got)
		}
		return got
	}
	garbage := bytes.Repeat([]byte("oops"), 8192)
	for name, got := range map[string]string{
		"as it was": after(log, shared), "without shared memory": after(log, nil), "with other shared memory": after(log, garbage[:len(shared)]),
		"with empty shared memory": after(log, []byte{}), "with a tail of garbage": after(append(bytes.Clone(log), garbage...), nil),
	} {
		if got != "11" {
			t.Errorf("%s it is pinned to %q", name, got)
		}
	}
	for i, end := range ends[:len(ends)-1] {
		torn := bytes.Clone(log)
		copy(torn[end+24:], "oops")
		for name, got := range map[string]string{"cut off": after(log[:end], nil), "a little later": after(log[:end+700], nil), "torn": after(torn, nil)} {
			if got != fmt.Sprint(i) {
				t.Errorf("%s after decision %d it is pinned to %q", name, i, got)
			}
		}
	}
	for _, log := range [][]byte{nil, {}, garbage, log[:31], log[:1]} {
		if got := after(log, nil); got != "" {
			t.Errorf("of %d bytes it is pinned to %q", len(log), got)
		}
	}
}

func init() {
	// decide keeps things of its own, and prints what a person would be told.
	children["decide"] = func() error {
		s, notice, err := store.Open(os.Getenv(folderVariable), config)
		if err != nil {
			return err
		}
		s.Snapshots()
		for j := range 5 {
			name := os.Getenv(numberVariable) + "-" + fmt.Sprint(j)
			s.Save(sample(name, now()))
			s.PinOnce(name, endpointOf(name), "u9")
			if err := s.Snooze(name, endpointOf(name), account.Snooze{Until: now().Add(time.Hour), Note: "n"}); err != nil {
				return err
			}
			s.Flush()
		}
		told := append(s.Notices(), notice)
		fmt.Println(strings.Join(told, " "))
		return s.Close()
	}
}

// Rollcalls that find the damage at once set the file aside once, and lose
// nothing that they keep from then on.
func TestDamageThatSeveralFind(t *testing.T) {
	t.Parallel()
	good, pinsOn := toDamage(t)
	for round := range 4 * rounds() {
		data := bytes.Clone(good)
		for n := range len(good) / page {
			if n >= 30 && n+1 != pinsOn {
				clear(data[n*page : (n+1)*page])
			}
		}
		dir := damaged(t, data)
		const several = 4
		told, running := make([]strings.Builder, several), sync.WaitGroup{}
		for i := range several {
			c := child(t, "decide", dir, numberVariable+"="+fmt.Sprint(i))
			c.Stdout = &told[i]
			running.Go(func() {
				if err := c.Run(); err != nil {
					t.Error(err)
				}
			})
		}
		running.Wait()
		all := ""
		for i := range told {
			all += told[i].String()
		}
		if got := aside(dir); len(got) != 1 || strings.Count(all, "set aside") != 1 || strings.Contains(all, "cannot") {
			t.Errorf("round %d: set aside is %v, told %q", round, got, all)
		}
		s := opened(t, dir)
		for i := range several * 5 {
			name := fmt.Sprint(i/5, "-", i%5)
			id, _ := s.Pin(name, endpointOf(name))
			if _, ok := stored(s, name); !ok || id != "u9" || s.Snoozed(name, endpointOf(name)).Note != "n" {
				t.Errorf("round %d: of %s is known: %v, %q", round, name, ok, id)
			}
		}
		for i := range decided {
			if id, _ := s.Pin(fmt.Sprint("p", i), endpointOf(fmt.Sprint("p", i))); id != "u1" {
				t.Errorf("round %d: p%d is pinned to %q", round, i, id)
			}
		}
		closed(t, s)
		if left, _ := filepath.Glob(dir + "/*.lock"); len(left) != 0 {
			t.Errorf("left is %v", left)
		}
	}
}
