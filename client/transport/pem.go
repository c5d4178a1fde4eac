package transport

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"os"

	"golang.org/x/text/encoding/unicode"
)

// readPEM reads a file with certificates or a key. Windows writes texts in UTF-16,
// or with byte order marks, also where files were joined.
func readPEM(file string) ([]byte, error) {
	text, err := os.ReadFile(file)
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
