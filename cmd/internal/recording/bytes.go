package recording

import (
	"errors"
	"io"
	"os"

	"github.com/earshot-app/earshot/review"
)

// Bytes opens a recording's file as it is, and tells its size. What is answered
// is an [io.Closer] too.
func Bytes(r review.Recording) (io.ReaderAt, int64, error) {
	file, err := os.Open(r.Path.Open())
	if err != nil {
		return nil, 0, review.WithoutPath(err)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, 0, errors.Join(review.WithoutPath(err), file.Close())
	}
	return file, info.Size(), nil
}
