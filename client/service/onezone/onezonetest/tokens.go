package onezonetest

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// Tokens are tokens made for tests; they are worth nothing anywhere. The
// first two are named ones of the user of onezoneGood, of which the first has
// caveats and an end; the third is a temporary one that has ended.
var Tokens = []string{
	"MDAxZWxvY2F00aW9uIHpvbmUuZXhhbXBsZS5jb200KMDAzYmlkZW500aWZpZXIgMi9ubWQvdXNyLTdkMGMxYWI5ZjRlMi9hY3QvNWY2YjJjOWUwMWQ4NGE3NwowMDFhY2lkIHRpbWUgPCAxODkzNDU2MDAwCjAwMjVjaWQgaXAgPSAxMC4wLjAuMC84fDE5Mi4wLjIuNy8zMgowMDE5Y2lkIGludGVyZmFjZSA9IHJlc3QKMDAyZnNpZ25hdHVyZSDn02wph9OkfZ31H3Swj73qWJPmk2NvQh8UaMQjcNdKi2Ao",
	"MDAxZWxvY2F00aW9uIHpvbmUuZXhhbXBsZS5jb200KMDAzYmlkZW500aWZpZXIgMi9ubWQvdXNyLTdkMGMxYWI5ZjRlMi9hY3QvYWExMWJiMjJjYzMzZGQ00NAowMDJmc2lnbmF00dXJlIAlml401qzaf5yPhXk02ztZKHSnGeTSj1qVA01udThVMOh8Cg",
	"MDAxZWxvY2F00aW9uIHpvbmUuZXhhbXBsZS5jb200KMDAzZGlkZW500aWZpZXIgMi900bXAtMy91c3ItN2QwYzFhYjlmNGUyL2FjdC9lZTU1ZmY2NjAwMTEyMjMzCjAwMWFjaWQgdGltZSA8IDE2MDk00NTkyMDAKMDAxNmNpZCBkYXRhLnJlYWRvbmx5CjAwMmZzaWduYXR1cmUgblgNIm3JAmdAka976lVD5sdT9D8dc5dio02D02K59lGIcK",
}

// AnySignature is one that would end a reader that looks for line feeds.
var AnySignature = "signature " + strings.Repeat("\n ", 16)

// Mint makes the text of a token from packets, each a key and a value.
func Mint(packets ...string) string {
	var b strings.Builder
	for _, p := range packets {
		fmt.Fprintf(&b, "%04x%s\n", len(p)+5, p)
	}
	return strings.NewReplacer("0", "00", "_", "01", "-", "02").Replace(base64.RawURLEncoding.EncodeToString([]byte(b.String())))
}

// FileToken is a token for files, of the user of onezoneGood.
func FileToken() string {
	return Mint("location zone.example.com", "identifier 2/nmd/usr-7d0c1ab9f4e2/act/id9", "cid data.readonly", AnySignature)
}

// ApiToken is one of the same user that allows to read their groups only.
func ApiToken() string {
	return Mint("location zone.example.com", "identifier 2/nmd/usr-7d0c1ab9f4e2/act/id8",
		"cid api = ozw/get/user.*.eff_groups:*", AnySignature)
}
