package credential

import (
	"strings"
	"testing"
)

func TestExcerpt(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, said, printed, want string }{
		{"nothing", " \n", "", ""},
		{"a line", "Error: onedata/datahub is not in the password store.\n", "", ": Error: onedata/datahub is not in the password store"},
		{"lines", "a\r\n\n  b  c\nd\ne\n", "", ": a; b c; d"},
		{"a path", "cannot open /home/sam/.password-store/work/production.gpg: denied", "",
			": cannot open /home/sam/.password-store/work/production.gpg: denied"},
		{"colours", "\x1b[1;31mError\x1b[0m \x1b]0;title\x07no\x00\x07 entry\x1b(B", "", ": Error no entry(B"},
		{"marks of direction", "a\u202eb\u2028c", "", ": ab c"},
		{"not UTF-8", "a\xff", "", ": a�"},
		{"what was printed", "bad pw1: p4ss here", "p4ss\npw1\n", ": bad pw1: [redacted] here"},
		{"the longest first", "no secret-more here", "secret\nsecret-more\n", ": no [redacted] here"},
		{"across an escape", "no se\x1b[0mcret", "secret\n", ": no [redacted]"},
		{"hex", "sent 0123456789abcdef0123", "", ": sent [redacted]"},
		{"base64", "got Zm9v/YmFyYmF6cXV4/AAAA1= back", "", ": got [redacted] back"},
		{"JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln rest", "", ": [redacted] rest"},
		{"UUID", "id 123e4567-e89b-12d3-a456-426614174000", "", ": id [redacted]"},
		{"words without spaces", "correct-horse-battery-staple-and-more", "", ": [redacted]"},
		{"assignment", `password=hunter2, "api_key":"abc" TOKEN=x`, "", `: password=[redacted], "api_key":"[redacted]" TOKEN=[redacted]`},
		{"no assignment", "token: not found", "", ": token: not found"},
		{"label", "Password: hunter2\ntoken is: \"x1\"\nsecret_key = 'a1b'", "", `: Password: [redacted]; token is: "x1"; secret_key = '[redacted]'`},
		{"address", "get https://me:pw@example.org/path", "", ": get https://[redacted]@example.org/path"},
		{"long", strings.Repeat("wort ", 100), "", ": " + strings.Repeat("wort ", 48) + "…"},
		{"cut in a secret", strings.Repeat(" ", maxSaid-4) + "x ab", "", ": x"},
	}
	for _, test := range tests {
		if got := excerpt([]byte(test.said), []byte(test.printed)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
