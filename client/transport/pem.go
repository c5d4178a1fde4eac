package transport

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"io/fs"

	"golang.org/x/text/encoding/unicode"

	"rollcall/plainfile"
)

// maxPEM is how much is read of a file with certificates: more than the authorities of
// any system take.
const maxPEM = 16 << 20

// readKey is readPEM for a key, which may come through a pipe, as every secret.
func readKey(file string) ([]byte, error) { return readWith(plainfile.ReadPiped, file) }

// readPEM reads a file with certificates.
func readPEM(file string) ([]byte, error) { return readWith(plainfile.Read, file) }

// readWith reads a text. Windows writes them in UTF-16, or with byte order marks, also
// where files were joined.
func readWith(read func(context.Context, string, int64) ([]byte, fs.FileInfo, error), file string) ([]byte, error) {
	text, _, err := read(context.Background(), file, maxPEM)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(text, []byte{0xff, 0xfe}) || bytes.HasPrefix(text, []byte{0xfe, 0xff}) {
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(text)
		if err != nil {
			return nil, err
		}
		text = decoded
	}
	return bytes.ReplaceAll(text, []byte("\ufeff"), nil), nil
}

// addAuthorities adds the certificates of a file to a pool, and reports whether
// there was one. OpenSSL writes a trusted certificate with what it is trusted for
// behind it, which is left out here.
func addAuthorities(pool *x509.CertPool, text []byte) (found bool) {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		switch block.Type {
		case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE":
		default:
			continue
		}
		var der asn1.RawValue
		if _, err := asn1.Unmarshal(block.Bytes, &der); err != nil {
			continue
		}
		if c, err := x509.ParseCertificate(der.FullBytes); err == nil {
			pool.AddCert(c)
			found = true
		}
	}
	return found
}
