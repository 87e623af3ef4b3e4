// Package audio opens any recording: [Open] to play it, [Probe] to know about
// it. What a file is told by is its content, not its name: only one that has no
// header goes by its extension, and by whether it can be sound at all.
//
// Each format is a folder of its own with a format.Format, listed in [formats];
// adding one adds its folder and a line here. What is none of them is left to
// the ffmpeg of the system, if there is one. Files are opened read-only. A
// broken one fails with a review.Error whose code names the reason; one that
// was cut off plays as far as it is good, and its [Info] says so. No error
// holds the path: where a call was recorded often names people.
package audio

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/earshot-app/earshot/data/audio/ffmpeg"
	"github.com/earshot-app/earshot/data/audio/flac"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/mp3"
	"github.com/earshot-app/earshot/data/audio/ogg"
	"github.com/earshot-app/earshot/data/audio/raw"
	"github.com/earshot-app/earshot/data/audio/wav"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

// What can keep a file from being opened at all.
const (
	Missing    review.Code = "missing-recording"    // no such file
	Unreadable review.Code = "unreadable-recording" // the system refuses
)

// Info is what a recording's headers say.
type Info = format.Info

// The last one has the weakest mark: a frame of MP3 begins with eleven bits.
var formats = []format.Format{mp3InWAV, wav.Format, flac.Format, ogg.Format, mp3.Format}

// Open opens the recording at path to be read. Whoever opens it closes it. ctx
// ends only the opening.
func Open(ctx context.Context, path string) (playback.Source, error) {
	file, size, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	decoder, err := decode(file, size, filepath.Ext(path))
	if err != nil {
		defer file.Close()
		return byFFmpeg(ctx, ffmpeg.Open, unknown{file, size, err})
	}
	return &source{Decoder: decoder, info: decoder.Info(), file: file}, nil
}

// Probe says what the recording at path is. It reads headers only, so it
// takes as long for an hour as for a second; but for the few formats of ffmpeg
// whose headers hold no length.
func Probe(ctx context.Context, path string) (Info, error) {
	file, size, err := openRegular(path)
	if err != nil {
		return Info{}, err
	}
	defer file.Close()
	decoder, err := decode(file, size, filepath.Ext(path))
	if err != nil {
		return byFFmpeg(ctx, ffmpeg.Probe, unknown{file, size, err})
	}
	return decoder.Info(), nil
}

// unknown is a file that no format here can open, and why.
type unknown struct {
	file *os.File
	size int64
	err  error
}

// byFFmpeg tries with ffmpeg what is unknown here, and says what was wrong in
// the first place if it is unknown there too.
func byFFmpeg[T any](ctx context.Context, try func(context.Context, ffmpeg.File) (T, error), u unknown) (T, error) {
	var none T
	var failed *review.Error
	if !errors.As(u.err, &failed) || failed.Code != format.NotARecording && failed.Code != format.UnsupportedCodec {
		return none, u.err
	}
	codec, _ := failed.Args["codec"].(string) // or ""
	result, err := try(ctx, ffmpeg.File{Path: u.file.Name(), Content: u.file, Size: u.size, Codec: codec})
	if review.CodeOf(err) == format.NotARecording {
		return none, u.err
	}
	return result, err
}

// openRegular looks before it opens: opening a named pipe would wait for ever.
func openRegular(path string) (*os.File, int64, error) {
	stat, err := os.Stat(path)
	if err != nil {
		return nil, 0, openError(err)
	}
	if !stat.Mode().IsRegular() {
		return nil, 0, review.Fail(format.NotARecording, nil)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, openError(err)
	}
	return file, stat.Size(), nil
}

// openError drops the path that the os package puts into its errors.
func openError(err error) error {
	var withPath *fs.PathError
	if errors.As(err, &withPath) {
		err = withPath.Err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return review.Fail(Missing, nil).Because(err)
	}
	return review.Fail(Unreadable, nil).Because(err)
}

func decode(r io.ReaderAt, size int64, extension string) (format.Decoder, error) {
	head := make([]byte, format.HeadSize)
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, openError(err)
	}
	if n == 0 {
		return nil, review.Fail(format.Empty, nil)
	}
	for _, f := range formats {
		if !f.Match(head[:n]) {
			continue
		}
		if decoder, err := f.Open(r, size); review.CodeOf(err) != format.NotARecording {
			return decoder, err
		}
	}
	if ffmpeg.Match(head[:n]) {
		return nil, review.Fail(format.NotARecording, nil) // of a format here
	}
	decoder, err := raw.Open(extension, r, size)
	if review.CodeOf(err) == format.NotARecording {
		return mp3.Format.Open(r, size) // of a stream that was cut anywhere
	}
	return decoder, err
}

// source is a decoder with the file it reads.
type source struct {
	format.Decoder
	info Info
	file io.Closer
}

func (s *source) Rate() int     { return s.info.Rate }
func (s *source) Channels() int { return s.info.Channels }
func (s *source) Frames() int64 { return s.info.Frames }
func (s *source) Close() error  { return s.file.Close() }
