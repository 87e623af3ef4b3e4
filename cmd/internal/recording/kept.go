package recording

import (
	"os"
	"path/filepath"

	"github.com/earshot-app/earshot/review"
)

// Own is an output that would take the place of a recording. Args: file, its
// name without the folder.
const Own review.Code = "own-recording"

// Keep answers [Own] where file, under whichever name, is one of recordings. Who
// cuts or decodes them asks it before writing.
func Keep(file string, recordings []review.Recording) error {
	there, err := os.Stat(file)
	if err != nil {
		return nil // nothing is there; whether it can be written shows then
	}
	for _, r := range recordings {
		if own, err := os.Stat(r.Path.Open()); err == nil && os.SameFile(there, own) {
			return review.Fail(Own, review.Args{"file": filepath.Base(file)})
		}
	}
	return nil
}
