package sqlite

import (
	"os"

	"github.com/earshot-app/earshot/review"
)

// LibraryGone is answered when the file of an open library was moved, removed or
// replaced: what is written to it would be found by nobody.
const LibraryGone review.Code = "library-gone"

// place is where a library's file lay when it was opened.
type place struct {
	path string
	file os.FileInfo
}

// placeOf looks at a file that was opened or is about to be.
func placeOf(path string) (place, error) {
	file, err := os.Stat(path)
	return place{path, file}, failure(err)
}

// held makes sure that the file is still there. It answers [LibraryGone].
func (p place) held() error {
	now, err := os.Stat(p.path)
	if err != nil || !os.SameFile(now, p.file) {
		return review.Fail(LibraryGone, nil).Because(err)
	}
	return nil
}
