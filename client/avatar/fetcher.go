package avatar

import (
	"context"
	"errors"
	"image"
	"net/url"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

// Fetcher fetches the pictures of people and caches them in memory and, where
// it has a folder, in files. It sends no credential, cookie or referrer. It is
// made by [New] and may be used by several goroutines.
type Fetcher struct {
	requests requester
	files    folder
	// fetches bounds how many pictures are fetched at a time.
	fetches *semaphore.Weighted
	// timeout bounds one picture; now is the clock. Tests set other ones.
	timeout time.Duration
	now     func() time.Time

	mu sync.Mutex
	// cached holds what became of each picture that was asked for.
	cached map[cacheKey]cacheEntry
}

// cacheKey is the address of a picture and the origin of the service that named
// it: whether a picture may be fetched depends on both.
type cacheKey struct{ address, origin string }

// cacheEntry is a picture, or the reason why there is none.
type cacheEntry struct {
	picture image.Image
	err     error
	at      time.Time
}

const (
	// maxFetches is how many pictures are fetched at a time.
	maxFetches = 4
	// retryPause is how long a picture that failed is not asked for again.
	retryPause = time.Hour
	// maxInMemory is how many pictures are held in memory.
	maxInMemory = 128
)

// New returns a fetcher whose requests carry the user agent. Pictures are also
// cached in files of the folder dir, which is made when it is first needed;
// with an empty dir they are in memory only.
func New(userAgent, dir string) *Fetcher {
	return &Fetcher{
		requests: requester{userAgent: userAgent}, files: folder{dir}, timeout: fetchTimeout, now: time.Now,
		fetches: semaphore.NewWeighted(maxFetches), cached: map[cacheKey]cacheEntry{},
	}
}

// Get returns the picture at an address that the service at endpoint named,
// scaled to a small square. The address must be https, or http on this computer
// where the service is here as well. In a private network only the service
// itself is asked. An error is a sentence without a full stop that does not
// repeat the address, or the error of ctx. A picture that failed is not asked
// for again for an hour: the same error is returned meanwhile.
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
	if err := a.fetches.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer a.fetches.Release(1)
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

// load takes the picture from its file while that is fresh, and requests it
// otherwise. Where the request fails, an old file is better than nothing.
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
	answer, err := a.requests.fetch(ctx, u, rule, etag)
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

// recall returns what became of a picture, while that still holds.
func (a *Fetcher) recall(key cacheKey) (cacheEntry, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	k, ok := a.cached[key]
	return k, ok && (k.err == nil || a.now().Sub(k.at) < retryPause)
}

// remember caches what became of a picture, and drops the oldest entry where
// there are too many.
func (a *Fetcher) remember(key cacheKey, k cacheEntry) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.cached[key] = k
	if len(a.cached) <= maxInMemory {
		return
	}
	oldest := key
	for other, o := range a.cached {
		if o.at.Before(a.cached[oldest].at) {
			oldest = other
		}
	}
	delete(a.cached, oldest)
}
