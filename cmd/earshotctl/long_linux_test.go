package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// longestPath is how many bytes a path may have on Linux, whose PATH_MAX counts
// the zero behind it too.
const longestPath = 4095

// The longest path that the system takes is a recording's as any other; one byte
// more and it is told of. It moves, too.
func TestARecordingWithTheLongestPath(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	folder := dir
	for len(folder) < longestPath-300 {
		folder = filepath.Join(folder, strings.Repeat("d", 200))
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	name := func(bytes int) string { return strings.Repeat("n", bytes-len(folder)-len("/.wav")) + ".wav" }
	longest := filepath.Join(folder, name(longestPath))
	writeWAV(t, longest)
	differ(t, longest, 1)
	t.Chdir(folder)
	writeWAV(t, name(longestPath+1))
	in := get[imported](c, "import", dir)
	if len(longest) != longestPath || in.Calls != 1 || len(in.Problems) != 1 || filepath.Base(in.Problems[0].File) != name(longestPath+1) {
		t.Fatalf("%d calls, problems %+v", in.Calls, in.Problems)
	}
	if calls := get[[]callRow](c, "calls"); len(calls) != 1 {
		t.Errorf("calls: %+v", calls)
	}
	rename(t, longest, filepath.Join(dir, "short.wav"))
	if r := get[rescanned](c, "rescan"); r.Moved != 1 || r.Gone != 0 || r.Recordings != 0 {
		t.Errorf("moved: %+v", r)
	}
}
