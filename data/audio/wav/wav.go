// Package wav reads WAV recordings, and RF64 and BW64, which are WAV beyond
// four gigabytes: PCM of 8 to 32 bits, float of 32 and 64, A-law, µ-law, GSM
// 06.10, IMA and Microsoft ADPCM, as plain or EXTENSIBLE format, of one or two
// channels.
//
// Full scale is ±1 for every codec: a 16-bit sample is divided by 32768, as
// ffmpeg and sox do it. Headers of call recorders are often wrong, so none is
// trusted: no memory is taken by a number in a file, sizes that are unknown, 0
// or too large end at the end of the file, odd chunks may be padded or not, and
// seeking counts from where the samples begin. The number of frames in a fact
// chunk counts only where it can be right: within the last block of a codec that
// has to pad it.
//
// Written from "Multimedia Programming Interface and Data Specifications 1.0"
// (IBM and Microsoft, 1991), mmreg.h, and EBU Tech 3306.
package wav

import (
	"errors"
	"fmt"
	"io"

	"github.com/earshot-app/earshot/data/audio/block"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
)

// BadWAV is a damaged header. Args: chunk, the part of it that is missing or
// makes no sense.
const BadWAV review.Code = "bad-wav"

// Format is how data/audio knows and opens WAV.
var Format = format.Format{Match: match, Open: New}

func match(head []byte) bool {
	if len(head) < 12 || string(head[8:12]) != "WAVE" {
		return false
	}
	switch string(head[:4]) {
	case "RIFF", "RF64", "BW64":
		return true
	}
	return false
}

// New reads the headers of the recording in r, which is size bytes long.
func New(r io.ReaderAt, size int64) (format.Decoder, error) {
	l, err := parse(r, size)
	if err != nil {
		return nil, err
	}
	container := "wav"
	var id [4]byte
	if readAt(r, id[:], 0) && string(id[:]) != "RIFF" {
		container = "rf64"
	}
	info := format.Info{
		Container: container, Codec: l.codec.name,
		Rate: l.rate, Channels: l.channels, Frames: l.frames, Problems: l.problems,
	}
	if l.codec.packed != nil {
		data := io.NewSectionReader(r, l.start, l.size)
		return block.NewReader(info, block.NewFixed(l.codec.packed, data, l.size)), nil
	}
	return &reader{r: r, layout: l, info: info}, nil
}

// framesAtOnce is how many frames one read takes: at most two seconds of a
// telephone call.
const framesAtOnce = 16384

// A reader decodes a recording whose every sample stands alone.
type reader struct {
	r      io.ReaderAt
	layout layout
	info   format.Info
	next   int64 // frame
	buffer []byte
}

// Info says what the headers say.
func (d *reader) Info() format.Info { return d.info }

// ReadFrames decodes up to len(dst)/channels frames; it may be fewer.
func (d *reader) ReadFrames(dst []float32) (int, error) {
	size := d.layout.codec.frameSize(d.layout.channels)
	if d.buffer == nil { // who only asks for the headers needs none
		d.buffer = make([]byte, framesAtOnce*size)
	}
	want := min(int64(len(dst)/d.layout.channels), int64(len(d.buffer))/size, d.layout.frames-d.next)
	if want == 0 {
		if len(dst) < d.layout.channels {
			return 0, nil
		}
		return 0, io.EOF
	}
	raw := d.buffer[:want*size]
	n, err := d.r.ReadAt(raw, d.layout.start+d.next*size)
	frames := int64(n) / size
	if frames == 0 {
		return 0, d.broken(err)
	}
	samples := int(frames) * d.layout.channels
	d.layout.codec.decode(dst[:samples], raw)
	d.next += frames
	return int(frames), nil
}

func (d *reader) broken(err error) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF // the file became shorter since it was opened
	}
	at := format.At(d.next, d.layout.rate)
	return review.Fail(format.Broken, review.Args{"at": at}).Because(fmt.Errorf("read samples: %w", err))
}

// SeekFrame makes frame the next one read.
func (d *reader) SeekFrame(frame int64) error {
	if frame < 0 || frame > d.layout.frames {
		return review.Fail(review.BadArgument, review.Args{"name": "frame", "value": frame})
	}
	d.next = frame
	return nil
}
