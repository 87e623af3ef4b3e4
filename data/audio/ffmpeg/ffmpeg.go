// Package ffmpeg opens what no other format of data/audio does, through the
// ffmpeg of the system: AAC, MP4, WebM, AMR, Windows Media, AU, AIFF, CAF, what
// WAV and Ogg hold besides, and by their extension the headerless G.722, G.723.1,
// G.726 and G.729. Both ffmpeg and ffprobe must be found in PATH.
//
// What a file is is told here, by its first bytes, and ffmpeg gets to know: it
// never guesses, so a file cannot pass for a playlist of others, and no protocol
// is left to it but files and pipes. It is started without a shell.
//
// # Length
//
// A recording plays before it is decoded, so its length is what the container
// says, or, where that says nothing exact (AAC and AMR without a container, live
// WebM), what its packets add up to, which reads but does not decode it. Players
// do the same: what the last packet holds beyond that is cut, and up to half a
// second that a codec's delay swallowed is silence. Where more is missing the
// recording breaks.
//
// So some are longer than what ffmpeg makes of them, by silence at the end: WebM
// by 8 ms, as its length counts the encoder's delay (6.5 ms of Opus) and what
// pads the last packet, and Windows Media by a block (512 frames at 8 kHz, 2048
// at 44.1), as its decoder gives nothing for the first. Only every single packet
// would tell, and to list those of an hour takes a second before anything is
// heard.
//
// # Spool
//
// Each opened recording is decoded once, to 16 bits, into a file of the user's
// cache folder, and read from there: places that are not decoded yet are waited
// for. The file has no name where the system allows that, so it is gone with the
// process; elsewhere Close deletes it.
package ffmpeg

import (
	"context"
	"fmt"
	"io"
	"os/exec"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

// What can keep ffmpeg from reading a recording.
const (
	Needed  review.Code = "needs-ffmpeg"    // args: codec; ffmpeg or ffprobe is not installed
	Failed  review.Code = "ffmpeg-failed"   // args: container; it finds no sound in the file
	NoSpool review.Code = "no-decode-space" // what is decoded cannot be written to the disk
)

// A File may be a recording.
type File struct {
	Path    string
	Content io.ReaderAt // to tell what it is; not read after Probe or Open
	Size    int64       // bytes
	// Codec is what it holds, in plain words, if someone knows. It is what a
	// person is told where there is no ffmpeg.
	Codec string
}

// Match reports whether the first bytes of a file are a mark that no file has by
// chance. Those of WAV and Ogg are too, in case nobody else can open them; AAC
// without a container has none.
func Match(head []byte) bool {
	_, ok := byContent(head)
	return ok
}

// Probe says what a recording is. It fails with format.NotARecording for what
// is neither told by its content nor by its extension.
func Probe(ctx context.Context, f File) (format.Info, error) {
	_, info, err := f.probe(ctx)
	return info, err
}

// Open begins to decode a recording, and returns when its length is known. ctx
// ends only the opening. Reading waits until what is read is decoded, or Close.
func Open(ctx context.Context, f File) (playback.Source, error) {
	k, info, err := f.probe(ctx)
	if err != nil {
		return nil, err
	}
	s, err := newSpool(f.decoding(k, info), info)
	if err != nil {
		return nil, err
	}
	return s, nil
}

func (f File) probe(ctx context.Context) (kind, format.Info, error) {
	k, ok := f.identify()
	if !ok {
		return k, format.Info{}, review.Fail(format.NotARecording, nil)
	}
	for _, program := range []string{"ffmpeg", "ffprobe"} {
		if _, err := exec.LookPath(program); err != nil {
			return k, format.Info{}, review.Fail(Needed, review.Args{"codec": k.codec}).Because(err)
		}
	}
	info, err := inspect(ctx, k, f.Path)
	if ctx.Err() != nil {
		return k, format.Info{}, review.Fail(review.Cancelled, nil).Because(ctx.Err())
	}
	return k, info, err
}

// decoding is the command that writes a recording's samples to its output. The
// filter only fills, with silence, the time of packets that cannot be decoded:
// else all that follows would be heard too early.
func (f File) decoding(k kind, info format.Info) []string {
	args := append([]string{"-nostdin", "-v", "quiet"}, k.input(f.Path)...)
	return append(
		args, "-map", "0:a:0", "-vn", "-sn", "-dn", "-af", "aresample=async=1", "-c:a", "pcm_s16le",
		"-ar", fmt.Sprint(info.Rate), "-ac", fmt.Sprint(info.Channels), "-f", "s16le", "pipe:1",
	)
}
