// Package mp3 reads MP3 recordings: MPEG-1, MPEG-2 and MPEG-2.5 Layer III, which
// are all rates from 8 to 48 kHz, of one or two channels and any bitrate.
//
// It is written from ISO/IEC 11172-3 and 13818-3; bare clause numbers in
// comments are of the former. Decoding goes, granule by granule,
//
//	reservoir → scale factors, Huffman codes → requantize → stereo
//	          → reorder → aliasing, IMDCT (hybrid) → filter bank (synthesis)
//
// The length is exact. It comes from a Xing or Info header whose number of bytes
// is that of the file; without one, from the size if frames lie where they would
// with a constant bitrate; else all frames' headers are read, which takes
// milliseconds an hour but reads the whole file. Encoder delay and padding that
// a LAME header tells are cut off.
//
// After a seek the samples are those of straight decoding: as many frames are
// decoded before as one can depend on. Where frames lie is learned as they are
// passed, and kept in bounded memory.
//
// A damaged part is silent for about as long as it was, so that what follows
// stays at its time; it is a problem of the [Reader.Info] from when it is met.
// Of free format, which no recorder writes, nothing is read.
package mp3

import (
	"errors"
	"fmt"
	"io"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
)

// Damaged is a part in the middle that is silent because it cannot be decoded.
// Args: at (time.Duration), where the first one begins.
const Damaged review.Code = "damaged-recording"

// Format is how data/audio knows and opens MP3.
var Format = format.Format{Match: match, Open: func(r io.ReaderAt, size int64) (format.Decoder, error) {
	return New(r, size)
}}

// match tells an ID3v2 tag or a frame. That another one follows is for New to
// find out: it lies beyond what is seen here.
func match(head []byte) bool {
	_, ok := parseHeader(head)
	return ok || isID3(head)
}

// A Reader decodes one recording.
type Reader struct {
	stream  *stream
	info    format.Info
	index   *index
	walker  walker
	decoder *decoder
	next    int64     // sample to be read next, from the first that is heard
	pcm     []float32 // what was decoded and not read yet
	moved   bool      // next is not where pcm is
	buffer  [2 * 2 * granuleSize]float32
}

// New finds the frames in r, which is size bytes long.
func New(r io.ReaderAt, size int64) (*Reader, error) {
	s, err := openStream(newFile(r, size))
	if err != nil {
		return nil, err
	}
	return &Reader{
		stream: s,
		info: format.Info{
			Container: "mp3", Codec: "mp3",
			Rate: s.first.rate, Channels: s.first.channels, Frames: s.samples(),
		},
		index: newIndex(s.walk()), decoder: newDecoder(), moved: true,
	}, nil
}

// Info says what the headers say, and what damage was met so far.
func (d *Reader) Info() format.Info {
	info := d.info
	if missing := d.stream.missing(); missing > 0 {
		info.Problems = append(info.Problems, review.Fail(format.Truncated, review.Args{"missing": missing}))
	}
	if d.stream.damage.found {
		sample := d.stream.damage.at*int64(d.stream.first.samples()) - int64(d.stream.label.delay)
		at := format.At(max(0, sample), info.Rate)
		info.Problems = append(info.Problems, review.Fail(Damaged, review.Args{"at": at}))
	}
	return info
}

// ReadFrames decodes up to len(dst)/channels samples of each channel; it may be
// fewer.
func (d *Reader) ReadFrames(dst []float32) (int, error) {
	channels := d.info.Channels
	if len(dst) < channels {
		return 0, nil
	}
	if d.next == d.info.Frames {
		return 0, io.EOF
	}
	if err := d.fill(); err != nil {
		return 0, err
	}
	most := min(int64(len(dst)/channels), d.info.Frames-d.next) * int64(channels)
	n := copy(dst[:most], d.pcm)
	d.pcm = d.pcm[n:]
	d.next += int64(n / channels)
	return n / channels, nil
}

// SeekFrame makes frame the next one read.
func (d *Reader) SeekFrame(frame int64) error {
	if frame < 0 || frame > d.info.Frames {
		return review.Fail(review.BadArgument, review.Args{"name": "frame", "value": frame})
	}
	d.next, d.moved = frame, true
	return nil
}

// fill decodes what is to be read next, unless it is there. What could not be
// read is tried again from the start the next time.
func (d *Reader) fill() error {
	d.stream.file.err = nil
	var err error
	switch {
	case d.moved:
		err = d.move()
	case len(d.pcm) == 0:
		err = d.decodeNext()
	}
	d.moved = err != nil
	return err
}

// move decodes the frame that the next sample is in, after those it depends on.
func (d *Reader) move() error {
	size := int64(d.stream.first.samples())
	sample := d.next + int64(d.stream.label.delay)
	frame := sample / size
	d.decoder.reset()
	d.walker = d.index.walkTo(max(0, frame-d.stream.first.preRoll()))
	for d.walker.number < frame-overlap {
		if p, ok := d.walker.next(); !ok {
			return d.broken()
		} else if !p.lost {
			d.decoder.keep(p.header, d.bytes(p))
		} else {
			d.decoder.main.have = 0
		}
	}
	for d.walker.number <= frame {
		if err := d.decodeNext(); err != nil {
			return err
		}
	}
	d.pcm = d.pcm[int(sample%size)*d.info.Channels:]
	return nil
}

// overlap is how many frames before one it has something of in its samples: the
// filter bank reaches back 15 slots, into samples that overlap with the granule
// before.
const overlap = 2

// preRoll is how many frames to decode before one, so that it gives exactly
// what it gives after all of them: those that overlap, and those whose main
// data they can use. Each holds at least a byte of that.
func (h header) preRoll() int64 {
	if h.lsf {
		return overlap + 255 // bytes at most
	}
	const least = 96 - headerSize - 2 - 32 // 32 kbit/s at 48 kHz, with checksum
	return overlap + reservoirSize/least + 1
}

// decodeNext decodes the next frame into pcm.
func (d *Reader) decodeNext() error {
	p, ok := d.walker.next()
	if !ok {
		return d.broken()
	}
	d.index.add(p)
	h := p.header
	pcm := d.buffer[:h.samples()*h.channels]
	good := !p.damaged
	if p.lost {
		d.decoder.lose(h, pcm)
	} else if !d.decoder.decode(h, d.bytes(p), pcm) {
		good = false
	}
	if !good {
		d.stream.damage.add(p.number)
	}
	d.pcm = d.mapped(pcm, h.channels)
	return nil
}

func (d *Reader) bytes(p place) []byte { return d.stream.file.bytes(p.at, p.length) }

// mapped gives pcm of a frame the channels of the recording, which are those of
// its first frame.
func (d *Reader) mapped(pcm []float32, channels int) []float32 {
	n := len(pcm) / channels
	switch {
	case channels < d.info.Channels:
		for i := n - 1; i >= 0; i-- {
			d.buffer[2*i], d.buffer[2*i+1] = pcm[i], pcm[i]
		}
		return d.buffer[:2*n]
	case channels > d.info.Channels:
		for i := range n {
			d.buffer[i] = (pcm[2*i] + pcm[2*i+1]) / 2
		}
		return d.buffer[:n]
	}
	return pcm
}

// broken is what to say when frames that should be there are not.
func (d *Reader) broken() error {
	err := d.stream.file.err
	if err == nil {
		err = errors.New("no further frame")
	}
	at := format.At(d.next, d.info.Rate)
	return review.Fail(format.Broken, review.Args{"at": at}).Because(fmt.Errorf("read frames: %w", err))
}
