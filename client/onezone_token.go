package client

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
)

// serviceSource says where facts come from that the service told of a token.
const serviceSource = "service"

// maxSpaces is how many of the spaces that a token opens are told.
const maxSpaces = 12

// onezoneWord is what the zone says of itself and of a token.
type onezoneWord struct {
	expiry account.Expiry
	facts  []account.Fact
	// problem says why some of it is missing, where that is of interest.
	problem string
}

// tell adds what the zone says of a token. It asks with calls that are open to
// everybody and get the token in their body: in a header, a caveat that does
// not hold for them would have them refused.
func (w *onezoneWord) tell(ctx context.Context, ask asker, token string) {
	scope, err := inferScope(ctx, ask, token)
	switch {
	case err == nil:
		w.expiry, w.facts = scope.expiry(), append(w.facts, scope.facts()...)
	case ctx.Err() == nil && !unknownCall(err):
		w.problem = "What the token opens could not be read: " + strings.TrimRight(err.Error(), ".") + "."
	}
	if w.expiry.KindOrUnknown() == account.ExpiryUnknown {
		w.expiry = verifiedExpiry(ctx, ask, token)
	}
}

// unknownCall reports whether a service refused as one does that is too old to
// know the call.
func unknownCall(err error) bool {
	refused, ok := errors.AsType[refusedError](err)
	return ok && refused.code == "" && (refused.status == http.StatusNotFound || refused.status == http.StatusMethodNotAllowed)
}

// completes is the token with the zone's word, which goes before what the
// token says of itself. What an earlier word told stays where this one lacks
// it; known is the token as it was before.
func (w onezoneWord) completes(t, known account.Token) account.Token {
	if w.expiry.KindOrUnknown() != account.ExpiryUnknown {
		t.Expiry = w.expiry
	}
	t.Facts = append(t.Facts, w.facts...)
	if w.problem == "" || known.ID != t.ID {
		return t
	}
	for _, f := range known.Facts {
		told := slices.ContainsFunc(w.facts, func(g account.Fact) bool { return g.Name == f.Name })
		if f.Source == serviceSource && !told {
			t.Facts = append(t.Facts, f)
		}
	}
	return t
}

// onezoneScope is what the service infers of a token.
type onezoneScope struct {
	// ValidUntil is raw because null means never, and absence nothing.
	ValidUntil json.RawMessage       `json:"validUntil"`
	Data       lenient[onezoneReach] `json:"dataAccessScope"`
}

type onezoneReach struct {
	Spaces map[string]struct {
		Name     lenient[string] `json:"name"`
		Supports lenient[map[string]struct {
			Readonly lenient[bool] `json:"readonly"`
		}] `json:"supports"`
	} `json:"spaces"`
	Providers lenient[map[string]struct {
		Name   lenient[string] `json:"name"`
		Online lenient[*bool]  `json:"online"`
	}] `json:"providers"`
}

func inferScope(ctx context.Context, ask asker, token string) (scope onezoneScope, err error) {
	err = askOnezone(ctx, ask, "/tokens/infer_access_token_scope", &scope,
		openly, about(onezoneQuestion{"token": token}.json()))
	return scope, err
}

// onezoneQuestion is the body of a question about a token.
type onezoneQuestion map[string]any

func (q onezoneQuestion) json() []byte {
	body, _ := json.Marshal(map[string]any(q)) // texts and booleans always can be
	return body
}

func (s onezoneScope) expiry() account.Expiry {
	var seconds float64
	switch {
	case string(s.ValidUntil) == "null":
		return account.Expiry{Kind: account.ExpiryNever, Source: serviceSource}
	case json.Unmarshal(s.ValidUntil, &seconds) == nil:
		return account.Expiry{Kind: account.ExpiryDate, At: unixTime(seconds), Source: serviceSource}
	}
	return account.Expiry{}
}

// facts are the spaces that the token opens, by name.
func (s onezoneScope) facts() []account.Fact {
	var spaces []string
	for id, space := range s.Data.v.Spaces {
		var at []string
		for _, provider := range slices.Sorted(maps.Keys(space.Supports.v)) {
			p := s.Data.v.Providers.v[provider]
			words := cmp.Or(p.Name.v, provider)
			if p.Online.v != nil && !*p.Online.v {
				words += " (offline)"
			}
			if space.Supports.v[provider].Readonly.v {
				words += " (read-only)"
			}
			at = append(at, words)
		}
		words := cmp.Or(space.Name.v, id)
		if len(at) > 0 {
			words += " at " + strings.Join(at, ", ")
		}
		spaces = append(spaces, text.Clip(words, text.MaxFact))
	}
	slices.Sort(spaces)
	if more := len(spaces) - maxSpaces; more > 0 {
		spaces = append(spaces[:maxSpaces], fmt.Sprintf("and %d more", more))
	}
	var all []account.Fact
	for _, words := range spaces {
		all = append(all, account.Fact{Name: "space", Value: words, Source: serviceSource})
	}
	return all
}

// verifiedExpiry asks how long the token is still good for calls like ours.
// It is unknown where the service does not say.
func verifiedExpiry(ctx context.Context, ask asker, token string) account.Expiry {
	var verified struct {
		TTL json.RawMessage `json:"ttl"`
	}
	// Without an address, the service takes the one that it sees.
	body := onezoneQuestion{"token": token, "interface": "rest", "allowDataAccessCaveats": true}.json()
	if askOnezone(ctx, ask, "/tokens/verify_access_token", &verified, openly, about(body)) != nil {
		return account.Expiry{}
	}
	var seconds float64
	switch {
	case string(verified.TTL) == "null":
		return account.Expiry{Kind: account.ExpiryNever, Source: serviceSource}
	case json.Unmarshal(verified.TTL, &seconds) == nil:
		return account.Expiry{Kind: account.ExpiryDate, At: unixTime(float64(time.Now().Unix()) + seconds), Source: serviceSource}
	}
	return account.Expiry{}
}

// zoneFacts are the name and version of the zone; none where it does not say.
func zoneFacts(ctx context.Context, ask asker) []account.Fact {
	var zone struct {
		Name    lenient[string] `json:"name"`
		Domain  lenient[string] `json:"domain"`
		Version lenient[string] `json:"version"`
	}
	if askOnezone(ctx, ask, "/configuration", &zone, openly) != nil {
		return nil
	}
	var all []account.Fact
	for _, f := range []account.Fact{{Name: "zone", Value: cmp.Or(zone.Name.v, zone.Domain.v)}, {Name: "version", Value: zone.Version.v}} {
		if f.Value = text.Clip(f.Value, text.MaxFact); f.Value != "" {
			f.Source = serviceSource
			all = append(all, f)
		}
	}
	return all
}

func askOnezone(ctx context.Context, ask asker, path string, v any, change ...func(*request)) error {
	return askDetail(ctx, ask, path, v, func(body []byte) string {
		if layers := readOnezoneErrors(body); len(layers) > 0 {
			return layers[len(layers)-1].ID.v
		}
		return ""
	}, change...)
}
