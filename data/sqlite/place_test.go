package sqlite_test

import (
	"context"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// Nobody is told that something is saved in a file that nobody will find, also
// when another file has the name by now. Put back, the library goes on.
func TestALibraryThatIsGoneSaysSo(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // an open file cannot be moved there
	}
	ctx, f := context.Background(), newFixture(t, 1)
	f.tag(t, "call-000", "Late bill", time.Second)
	aside := f.path + ".moved"
	must(t, os.Rename(f.path, aside))
	for _, there := range []bool{false, true} {
		if there {
			must(t, os.WriteFile(f.path, nil, 0o600))
		}
		_, err := f.Tag(ctx, desk.TagRequest{Call: "call-000", Issue: "No signal", At: time.Second})
		if review.CodeOf(err) != sqlite.LibraryGone {
			t.Errorf("another file there %t: tagging says %v", there, err)
		}
		if _, err := f.Version(ctx); review.CodeOf(err) != sqlite.LibraryGone {
			t.Errorf("another file there %t: the window is told %v", there, err)
		}
	}
	must(t, os.Rename(aside, f.path))
	f.tag(t, "call-000", "No signal", time.Second)
	f.checkClean(t)
}
