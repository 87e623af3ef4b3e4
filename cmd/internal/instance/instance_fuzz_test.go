package instance

import (
	"bytes"
	"slices"
	"testing"
)

// FuzzHanded reads what another start hands over. Paths come as they were, whatever
// bytes a file system lets them have.
func FuzzHanded(f *testing.F) {
	f.Add([]byte(`["L2NhbGxz"]`), "/calls/october", "/calls/J\xfcrgen\n.wav")
	f.Add([]byte(`null`), "", "\xed\xa0\x80")
	f.Add([]byte(`[null, 7]`), "\x00", "a\u2028b")
	f.Fuzz(func(t *testing.T, raw []byte, one, other string) {
		paths, err := handed(bytes.NewReader(raw))
		if err != nil {
			paths = nil
		}
		paths = append(paths, one, other)
		var line bytes.Buffer
		if err := handOver(&line, paths); err != nil {
			t.Fatal(err)
		}
		if got, err := handed(&line); err != nil || !slices.Equal(got, paths) {
			t.Errorf("%q comes as %q, %v", paths, got, err)
		}
	})
}
