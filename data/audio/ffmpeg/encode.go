package ffmpeg

import (
	"context"
	"errors"
	"io"
	"os/exec"

	"github.com/earshot-app/earshot/review"
)

// What can keep ffmpeg from writing a recording. Args: codec.
const (
	EncoderNeeded review.Code = "encode-needs-ffmpeg" // ffmpeg is not installed
	NotEncoded    review.Code = "not-encoded"         // it fails; perhaps it was built without the codec
)

// A Codec is what recordings are written as.
type Codec string

// The codecs, each with room to spare for speech.
const (
	MP3  Codec = "MP3"
	Opus Codec = "Opus"
)

// encoders are the arguments for each codec. They are such that the output need
// not be gone back in.
var encoders = map[Codec][]string{
	MP3:  {"-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3"},
	Opus: {"-c:a", "libopus", "-b:a", "32k", "-f", "ogg"},
}

// Encodes reports whether there is a program to encode with.
func Encodes() bool {
	_, err := exec.LookPath("ffmpeg")
	return err == nil
}

// Encode writes to out what write writes as a WAV file, in another codec.
// Nothing is said of it but which encoder it was. It answers [EncoderNeeded],
// [NotEncoded], or what write answers.
func Encode(ctx context.Context, out io.Writer, c Codec, write func(io.Writer) error) error {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		return review.Fail(EncoderNeeded, review.Args{"codec": string(c)}).Because(err)
	}
	args := []string{"-v", "quiet", "-protocol_whitelist", "pipe", "-f", "wav", "-i", "pipe:0", "-map", "0:a:0", "-map_metadata", "-1"}
	args = append(append(args, encoders[c]...), "-fflags", "+bitexact", "-flags:a", "+bitexact", "pipe:1")
	running, stop := context.WithCancel(ctx)
	defer stop()
	cmd := program(running, "ffmpeg", args)
	cmd.Stdout = out
	in, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return notEncoded(ctx, c, err)
	}
	fed := &feed{pipe: in}
	wrote := write(fed)
	if wrote != nil && fed.err == nil {
		stop() // what came so far is no recording
	}
	ended := errors.Join(in.Close(), cmd.Wait())
	switch {
	case wrote != nil && fed.err == nil:
		return wrote
	case wrote != nil || ended != nil:
		return notEncoded(ctx, c, errors.Join(wrote, ended))
	}
	return nil
}

func notEncoded(ctx context.Context, c Codec, why error) error {
	if ctx.Err() != nil {
		return review.Fail(review.Cancelled, nil).Because(ctx.Err())
	}
	return review.Fail(NotEncoded, review.Args{"codec": string(c)}).Because(why)
}

// feed is what a program reads, and remembers when that took no more: the
// program is gone, and its exit tells why.
type feed struct {
	pipe io.Writer
	err  error
}

func (f *feed) Write(p []byte) (int, error) {
	n, err := f.pipe.Write(p)
	if err != nil {
		f.err = err
	}
	return n, err
}
