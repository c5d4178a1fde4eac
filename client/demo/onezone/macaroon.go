package onezone

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// macaroon is an Onezone token taken apart.
type macaroon struct {
	location, identifier string
	caveats              []string
	signature            []byte
}

// errBadToken is all that is said about a text that is no token.
var errBadToken = errors.New("not a token")

// mint makes a signed macaroon in its written form.
func mint(secret, location, identifier string, caveats ...string) string {
	m := macaroon{location: location, identifier: identifier, caveats: caveats}
	m.signature = m.sign(secret)
	return m.String()
}

// sign computes the signature: a chain over the identifier and every caveat,
// so that a holder can add caveats but take none away.
func (m macaroon) sign(secret string) []byte {
	sig := mac(mac([]byte("macaroons-key-generator"), secret), m.identifier)
	for _, c := range m.caveats {
		sig = mac(sig, c)
	}
	return sig
}

func (m macaroon) signedWith(secret string) bool {
	return hmac.Equal(m.signature, m.sign(secret))
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

// String is the written form: packets in base64, in base62.
func (m macaroon) String() string {
	var b bytes.Buffer
	packet(&b, "location", m.location)
	packet(&b, "identifier", m.identifier)
	for _, c := range m.caveats {
		packet(&b, "cid", c)
	}
	packet(&b, "signature", string(m.signature))
	return base62Escapes().Replace(base64.RawURLEncoding.EncodeToString(b.Bytes()))
}

// packet writes a length of four hex digits that counts itself, the key, a
// space, the value and a line feed.
func packet(b *bytes.Buffer, key, value string) {
	fmt.Fprintf(b, "%04x%s %s\n", 4+len(key)+1+len(value)+1, key, value)
}

// base62Escapes replaces what is neither letter nor digit; 0 introduces an
// escape and so is escaped itself.
func base62Escapes() *strings.Replacer {
	return strings.NewReplacer("0", "00", "_", "01", "-", "02", "/", "03", "+", "04", "=", "05")
}

// parseMacaroon reads the written form. It checks the form only.
func parseMacaroon(token string) (macaroon, error) {
	// A Oneprovider puts its kind in front.
	token = strings.TrimPrefix(strings.TrimPrefix(token, "opw-"), "opp-")
	text, err := unescapeBase62(token)
	if err != nil {
		return macaroon{}, err
	}
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return macaroon{}, errBadToken
	}
	var m macaroon
	for step := 0; len(data) > 0; step++ {
		key, value, rest, err := readPacket(data)
		if err != nil {
			return macaroon{}, err
		}
		data = rest
		switch {
		case step == 0 && key == "location":
			m.location = value
		case step == 1 && key == "identifier":
			m.identifier = value
		case step > 1 && key == "cid":
			m.caveats = append(m.caveats, value)
		case step > 1 && key == "signature" && len(value) == sha256.Size && len(rest) == 0:
			m.signature = []byte(value)
		default:
			return macaroon{}, errBadToken
		}
	}
	if m.signature == nil {
		return macaroon{}, errBadToken
	}
	return m, nil
}

// unescapeBase62 gives URL-safe base64 without padding.
func unescapeBase62(s string) (string, error) {
	const plain = "0_-_-" // what 00 to 04 stand for; / and + in their URL-safe form
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '0' {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch {
		case i < len(s) && s[i] >= '0' && s[i] <= '4':
			b.WriteByte(plain[s[i]-'0'])
		case i < len(s) && s[i] == '5': // padding
		default:
			return "", errBadToken
		}
	}
	return b.String(), nil
}

func readPacket(data []byte) (key, value string, rest []byte, err error) {
	if len(data) < 4 {
		return "", "", nil, errBadToken
	}
	size, err := strconv.ParseUint(string(data[:4]), 16, 16)
	if err != nil || size < 6 || int(size) > len(data) || data[size-1] != '\n' {
		return "", "", nil, errBadToken
	}
	key, value, found := strings.Cut(string(data[4:size-1]), " ")
	if !found {
		return "", "", nil, errBadToken
	}
	return key, value, data[size:], nil
}

// identifier is what a macaroon's identifier says about the token.
type identifier struct {
	// id is the token's; persistence is "nmd" or "tmp-" and a generation.
	id, persistence string
	// subject is "usr-" or "prv-" and an id; kind is "act", "idn" or an invite.
	subject, kind string
}

// parseIdentifier reads an identifier; one of an older version is the id of
// a token about which no more is known.
func parseIdentifier(s string) identifier {
	if p := strings.Split(s, "/"); len(p) == 5 && p[0] == "2" {
		return identifier{persistence: p[1], subject: p[2], kind: p[3], id: p[4]}
	}
	return identifier{id: s}
}
