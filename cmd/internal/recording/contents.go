package recording

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/review"
)

// Contents reads what recordings hold. It implements desk.Contents.
type Contents struct{}

// SHA256 implements desk.Contents. It answers [audio.Missing] for a recording
// that cannot be opened.
func (Contents) SHA256(ctx context.Context, r review.Recording) (string, error) {
	file, size, err := Bytes(r)
	if err != nil {
		return "", review.Fail(audio.Missing, nil).Because(err)
	}
	if closer, ok := file.(io.Closer); ok {
		defer func() { _ = closer.Close() }() // it was only read
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, whileOpen{ctx, io.NewSectionReader(file, 0, size)}); err != nil {
		return "", fmt.Errorf("hash a recording: %w", review.WithoutPath(err))
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// whileOpen reads until its context ends.
type whileOpen struct {
	ctx context.Context
	in  io.Reader
}

func (r whileOpen) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.in.Read(p)
}
