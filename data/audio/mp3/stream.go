package mp3

import (
	"fmt"
	"time"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
)

// searched is how far behind its tags a file's first frame may lie.
const searched = 64 << 10

// A stream is where the frames of a file lie and how many there are.
type stream struct {
	file   *file
	first  header // of the first frame with sound
	start  int64  // its first byte
	end    int64  // of the last frame
	label  label
	frames int64 // of the standard: blocks of first.samples()
	cut    int64 // samples that are missing of the frame after the last
	damage damage
}

// damage is what was found to be silent and should not.
type damage struct {
	found bool
	at    int64 // the first frame of it
}

func (d *damage) add(frame int64) {
	if !d.found || frame < d.at {
		*d = damage{true, frame}
	}
}

// openStream finds the frames.
func openStream(f *file) (*stream, error) {
	start := skipID3(f, 0)
	s := &stream{file: f, end: trimTags(f, start)}
	if err := s.findFirst(start); err != nil {
		return nil, err
	}
	if s.readLabel(); !s.labelHolds() && !s.constant() {
		s.count()
	}
	if f.err != nil {
		return nil, review.Fail(format.Broken, review.Args{"at": format.At(0, s.first.rate)}).
			Because(fmt.Errorf("look for frames: %w", f.err))
	}
	if s.samples() <= 0 {
		return nil, review.Fail(format.Empty, nil)
	}
	return s, nil
}

// findFirst sets the first frame: the first one at which a run of frames
// begins. Any two bytes in a thousand look like the header of a frame, so that
// two must follow each other at the start of the file, and three elsewhere.
func (s *stream) findFirst(from int64) error {
	for at := from; at < min(from+searched, s.end); at++ {
		h, ok := parseHeader(s.file.bytes(at, headerSize))
		if !ok {
			continue
		}
		s.first, s.start = h, at
		if run := s.run(at, 3); run == 3 || run == 2 && at == from {
			return nil
		}
	}
	return review.Fail(format.NotARecording, nil)
}

// run counts the frames that follow each other from a place on, at most most;
// the end of the file counts as as many as are missing.
func (s *stream) run(at int64, most int) int {
	w := s.walk()
	for n := range most {
		h, ok := w.headerAt(at)
		switch {
		case n > 0 && at == s.end:
			return most
		case !ok:
			return n
		}
		at += int64(h.size)
	}
	return most
}

// walk is a walker at the first frame.
func (s *stream) walk() walker {
	return walker{file: s.file, end: s.end, kind: s.first, at: s.start}
}

// readLabel takes what the first frame says, if it is a label, and goes on to
// the second.
func (s *stream) readLabel() {
	l, ok := readLabel(s.first, s.file.bytes(s.start, s.first.size))
	if !ok {
		return
	}
	next := s.start + int64(s.first.size)
	if l.bytes > 0 {
		l.bytes -= int64(s.first.size)
	}
	w := s.walk()
	if h, ok := w.headerAt(next); ok {
		s.first = h
	}
	s.label, s.start = l, next
}

// labelHolds takes the number of frames from the label, if its number of bytes
// is that of the file: then the file is as it was when the label was written.
func (s *stream) labelHolds() bool {
	l := s.label
	if l.frames == 0 || l.bytes != s.end-s.start {
		return false
	}
	if l.constant && l.frames != s.constantFrames() {
		return false
	}
	s.frames = l.frames
	return l.frames*int64(s.first.least()) <= l.bytes && l.bytes <= l.frames*maxFrame
}

// constantFrames is how many frames there are if all have the bitrate of the
// first.
func (s *stream) constantFrames() int64 {
	bytes, frames := s.first.ratio()
	return ((s.end-s.start)*frames + bytes/2) / bytes
}

// constant takes the number of frames from the size of the file, if that is a
// whole number of frames of one bitrate, and if some lie where they then would.
func (s *stream) constant() bool {
	const places = 8
	n := s.constantFrames()
	if off := s.end - s.constantPlace(n); n < places || off < -1 || off > 1 {
		return false
	}
	for i := range int64(places) {
		if !s.constantAt(i * n / places) {
			return false
		}
	}
	s.frames = n
	return s.constantAt(n - 1)
}

// constantPlace is where a frame begins in a stream of one bitrate, give or take
// a byte of padding.
func (s *stream) constantPlace(frame int64) int64 {
	bytes, frames := s.first.ratio()
	return s.start + frame*bytes/frames
}

// constantAt reports whether a frame of the first one's bitrate lies there.
func (s *stream) constantAt(frame int64) bool {
	w := s.walk()
	at := s.constantPlace(frame)
	for shift := range int64(3) {
		if h, ok := w.headerAt(at + shift - 1); ok && h.bitrate == s.first.bitrate {
			return true
		}
	}
	return false
}

// count goes through all frames.
func (s *stream) count() {
	w := s.walk()
	s.frames = 0
	for {
		p, ok := w.next()
		if !ok {
			break
		}
		s.frames = w.number
		if p.damaged {
			s.damage.add(p.number)
		}
	}
	s.cut = w.rest()
}

// samples is how many samples of each channel are to be heard.
func (s *stream) samples() int64 {
	n := s.frames*int64(s.first.samples()) - int64(s.label.delay)
	if s.frames == s.label.frames {
		n -= int64(s.label.padding)
	}
	return n
}

// missing is how long the file was before it was cut off, less how long it is;
// without a label all that is known of is a piece of a frame.
func (s *stream) missing() time.Duration {
	lost := (s.label.frames - s.frames) * int64(s.first.samples())
	return format.At(max(s.cut, lost), s.first.rate)
}
