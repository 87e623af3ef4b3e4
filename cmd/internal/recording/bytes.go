package recording

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/earshot-app/earshot/cmd/internal/place"
	"github.com/earshot-app/earshot/review"
)

// Bytes opens a recording's file as it is, wherever it lies, and tells its size.
// What is answered is an [io.Closer] too.
func Bytes(r review.Recording) (io.ReaderAt, int64, error) {
	path := r.Path.Open()
	if review.Elsewhere(path) {
		content, err := place.Open(context.Background(), path)
		if err != nil {
			return nil, 0, err
		}
		return content, content.Size(), nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, review.WithoutPath(err)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, 0, errors.Join(review.WithoutPath(err), file.Close())
	}
	return file, info.Size(), nil
}
