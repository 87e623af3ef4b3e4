package library

import (
	"os"
	"path/filepath"

	"github.com/earshot-app/earshot/review"
)

// OwnRecording is an output that would take the place of a recording. Args:
// file, its name without the folder.
const OwnRecording review.Code = "own-recording"

// KeepRecording answers [OwnRecording] where file, under whichever name, is that
// of a recording. Who cuts or decodes one asks it before writing.
func KeepRecording(file, recording string) error {
	there, err := os.Stat(file)
	if err != nil {
		return nil // nothing is there; whether it can be written shows then
	}
	own, err := os.Stat(recording)
	if err == nil && os.SameFile(there, own) {
		return review.Fail(OwnRecording, review.Args{"file": filepath.Base(file)})
	}
	return nil
}
