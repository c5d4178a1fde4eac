package avatar

import (
	"context"
	"crypto/x509"
	"errors"
	"image"
	"net"
	"net/url"
	"sync"
	"time"
)

// Fetcher fetches pictures of people, and keeps them. No credential, cookie
// or referrer goes with a request.
type Fetcher struct {
	userAgent string
	files     folder
	// slots bounds how many are fetched at a time.
	slots chan struct{}
	// Other ones in tests: the time limit, the clock, the name server and the
	// authorities.
	timeout  time.Duration
	now      func() time.Time
	resolver *net.Resolver
	roots    *x509.CertPool

	mu sync.Mutex
	// known is what became of each picture that was asked for.
	known map[cacheKey]cacheEntry
}

// cacheKey is a picture as a profile's service names it.
type cacheKey struct{ address, origin string }

// cacheEntry is a picture, or why there is none.
type cacheEntry struct {
	picture image.Image
	err     error
	at      time.Time
}

// The limits of fetching and keeping pictures.
const (
	maxFetches   = 4
	fetchTimeout = 5 * time.Second
	// retryPause is how long a picture that failed is not asked for again.
	retryPause = time.Hour
	// maxInMemory is how many are held in memory.
	maxInMemory = 128
)

// New makes a keeper of pictures. They are kept in files of dir, too,
// unless it is empty.
func New(userAgent, dir string) *Fetcher {
	return &Fetcher{
		userAgent: userAgent, files: folder{dir}, timeout: fetchTimeout, now: time.Now,
		slots: make(chan struct{}, maxFetches), known: map[cacheKey]cacheEntry{},
	}
}

// Get is the picture at an address that the service at endpoint gave: a small
// square one. It may come from https, and from this computer where the service
// is there too; within a private network only the service itself is asked.
func (a *Fetcher) Get(ctx context.Context, address, endpoint string) (image.Image, error) {
	rule := newRule(endpoint)
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the address of the picture cannot be read")
	}
	if err := rule.check(u); err != nil {
		return nil, err
	}
	key := cacheKey{u.String(), rule.origin}
	select {
	case a.slots <- struct{}{}:
		defer func() { <-a.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if k, ok := a.recall(key); ok {
		return k.picture, k.err
	}
	limited, cancel := context.WithTimeout(ctx, a.timeout)
	defer cancel()
	picture, err := a.load(limited, u, rule)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	a.remember(key, cacheEntry{picture, err, a.now()})
	return picture, err
}

// load takes the picture from its file while that is fresh, and asks for it
// otherwise. An old file is better than nothing.
func (a *Fetcher) load(ctx context.Context, u *url.URL, rule rule) (image.Image, error) {
	file := a.files.of(u.String())
	kept, picture := file.read()
	if picture != nil && a.now().Sub(kept.at) < freshFor {
		return picture, nil
	}
	etag := ""
	if picture != nil {
		etag = kept.ETag
	}
	answer, err := a.fetch(ctx, u, rule, etag)
	if err == nil && answer.body != nil {
		fetched, broken := decode(answer.body)
		if err = broken; err == nil {
			file.write(answer.etag, fetched, a.now())
			return fetched, nil
		}
	}
	if picture == nil {
		return nil, err
	}
	if err == nil {
		file.renew(a.now())
	}
	return picture, nil
}

func (a *Fetcher) recall(key cacheKey) (cacheEntry, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	k, ok := a.known[key]
	return k, ok && (k.err == nil || a.now().Sub(k.at) < retryPause)
}

// remember makes room by forgetting the oldest.
func (a *Fetcher) remember(key cacheKey, k cacheEntry) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.known[key] = k
	if len(a.known) <= maxInMemory {
		return
	}
	oldest := key
	for other, o := range a.known {
		if o.at.Before(a.known[oldest].at) {
			oldest = other
		}
	}
	delete(a.known, oldest)
}
