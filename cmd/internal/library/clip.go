package library

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"github.com/earshot-app/earshot/cmd/internal/recording"
	"github.com/earshot-app/earshot/data/audio/ffmpeg"
	"github.com/earshot-app/earshot/data/clip"
	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/data/labels"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/playback"
)

// NotAClip is answered for a clip whose file ends in neither .wav, .mp3 nor
// .opus. Args: file.
const NotAClip review.Code = "not-a-clip"

// ClipFile writes a clip to a file, whole or not at all, as the kind of sound
// that the file's name tells, and answers its shape. It reports how many frames
// of all are cut. It answers [NotAClip], [recording.Own] or the codes of
// data/audio, data/audio/ffmpeg and data/csv.
func ClipFile(ctx context.Context, file string, c desk.Clip, report func(done, total int64)) (shape clip.Shape, err error) {
	codec, ok := map[string]ffmpeg.Codec{".wav": "", ".mp3": ffmpeg.MP3, ".opus": ffmpeg.Opus}[strings.ToLower(filepath.Ext(file))]
	if !ok {
		return shape, review.Fail(NotAClip, review.Args{"file": filepath.Base(file)})
	}
	if err := recording.Keep(file, c.Recordings); err != nil {
		return shape, err
	}
	source, err := openClip(ctx, c)
	if err != nil {
		return shape, err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	cut, err := clip.New(source, clip.Cut{Span: c.Span, Lane: c.Lane, Beeps: c.Beeps})
	if err != nil {
		return shape, err
	}
	return cut.Shape(), csv.WriteFile(ctx, file, func(w io.Writer) error {
		write := func(w io.Writer) error {
			return clip.Write(w, &counted{Reader: cut, total: cut.Shape().Frames, report: report}, cut.Shape())
		}
		if codec == "" {
			return write(w)
		}
		return ffmpeg.Encode(ctx, w, codec, write)
	})
}

// counted reports what is read of a clip.
type counted struct {
	clip.Reader
	done, total int64
	report      func(done, total int64)
}

func (c *counted) ReadFrames(dst []float32) (int, error) {
	n, err := c.Reader.ReadFrames(dst)
	c.done += int64(n)
	c.report(c.done, c.total)
	return n, err
}

// LabelsFile writes moments to a file as labels, of the kind that its name
// tells. It answers [labels.NotLabels] or the codes of data/csv.
func LabelsFile(ctx context.Context, file string, moments []review.Moment) error {
	raw, err := labels.File(file, moments)
	if err != nil {
		return err
	}
	return csv.WriteFile(ctx, file, func(w io.Writer) error {
		_, err := w.Write(raw)
		return err
	})
}

// openClip opens what a clip is cut from: all of it where a person is told by
// the channel, since a lone leg would lie on the wrong one.
func openClip(ctx context.Context, c desk.Clip) (playback.Source, error) {
	if c.Lane > 0 {
		return recording.OpenAll(ctx, c.Recordings)
	}
	return recording.Open(ctx, c.Recordings)
}
