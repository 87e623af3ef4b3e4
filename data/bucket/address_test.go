package bucket

import (
	"strings"
	"testing"
)

// FuzzParse holds an address to what comes of it: the root of what lies under it
// is an address of the same place.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"s3://calls", "s3://quality@calls/2026/", "s3://@/", "s3://a@b@c//x", "s3://calls?x", "http://calls"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := parse(text)
		if err != nil {
			return
		}
		again, err := parse(a.root(a.key))
		if err != nil || again.bucket != a.bucket || again.profile != a.profile || again.key != strings.TrimSuffix(a.key, "/") {
			t.Fatalf("%q is %+v, its root %q is %+v, %v", text, a, a.root(a.key), again, err)
		}
	})
}
