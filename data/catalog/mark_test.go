package catalog

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The first number is what these say of a file with 100,000 times "a":
//
//	(printf '\240\206\001\0\0\0\0\0'; head -c 12288 /dev/zero | tr '\0' a) | sha256sum | cut -c 1-16
//
// which is eight bytes, the lowest first.
func TestMark(t *testing.T) {
	mark := func(content []byte) int64 {
		path := filepath.Join(t.TempDir(), "call.wav")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := openContent(path)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		return c.mark()
	}
	plain := bytes.Repeat([]byte("a"), 100_000)
	if got := mark(plain); got != 4956004280044818800 {
		t.Errorf("mark is %#x", uint64(got))
	}
	for _, at := range []int{0, 4095, 50_000, 99_999} {
		other := bytes.Clone(plain)
		other[at] = 'b'
		if mark(other) == mark(plain) {
			t.Errorf("a change of byte %d is not seen", at)
		}
	}
	if mark(plain[:99_999]) == mark(plain) || mark(plain[:2]) == mark(plain[:1]) || mark(nil) == mark(plain[:1]) {
		t.Error("the size is not seen")
	}
}
