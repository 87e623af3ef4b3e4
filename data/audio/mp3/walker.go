package mp3

import "bytes"

// A place is a frame of a stream, or where one should be.
type place struct {
	number int64 // of the frame, from 0
	at     int64 // its first byte
	header header
	length int // bytes that are its own, header included; less than header.size if some are missing
	// What the stream has here is not what it should be. If the frame is lost,
	// there is nothing of it.
	damaged, lost bool
}

// A walker goes from frame to frame. Where the stream is damaged it goes on at
// the next two frames that follow each other, and counts as many lost frames as
// the bytes in between would have held, so that what comes after stays at its
// time.
type walker struct {
	file   *file
	end    int64 // of the last frame
	kind   header
	number int64 // of the next frame
	at     int64 // its first byte
	lost   int64 // how many lost frames come before it
}

// next returns the next frame, and false at the end.
func (w *walker) next() (place, bool) {
	p := place{number: w.number, at: w.at}
	if w.lost > 0 {
		w.number, w.lost = w.number+1, w.lost-1
		p.damaged, p.lost, p.header = true, true, w.kind
		return p, true
	}
	h, ok := w.headerAt(w.at)
	if !ok || w.at+int64(h.size) > w.end {
		return place{}, false
	}
	p.header, p.length = h, h.size
	w.number++
	w.at += int64(h.size)
	if w.at = skipID3(w.file, w.at); !w.atFrame() {
		w.recover(&p)
	}
	return p, true
}

// atFrame reports whether the walk can go on: there is a frame, or the end.
func (w *walker) atFrame() bool {
	if w.end-w.at < headerSize {
		return true
	}
	_, ok := w.headerAt(w.at)
	return ok
}

// recover looks for where the stream goes on after p, of which perhaps only the
// header was good.
func (w *walker) recover(p *place) {
	next, ok := w.find(p.at + headerSize)
	if !ok {
		w.at, p.damaged = w.end, true
		return
	}
	h, _ := w.headerAt(next)
	gap := next - p.at
	p.length = int(min(gap, int64(p.header.size)))
	w.at, w.lost = next, max(1, (gap+int64(h.size)/2)/int64(h.size))-1
	p.damaged = w.lost == 0 || p.length < p.header.size
}

// rest returns how much of a frame that is cut off at the end is missing, in
// samples; 0 if none is.
func (w *walker) rest() int64 {
	h, ok := w.headerAt(w.at)
	if !ok {
		return 0
	}
	return (w.at + int64(h.size) - w.end) * int64(h.samples()) / int64(h.size)
}

// find returns the first place from at on where two frames of this stream
// follow each other, or one and the end.
func (w *walker) find(at int64) (int64, bool) {
	for at+headerSize <= w.end {
		b := w.file.ahead(at, headerSize)
		skip := bytes.IndexByte(b, 0xFF)
		switch {
		case len(b) == 0:
			return 0, false
		case skip < 0:
			at += int64(len(b))
		case w.twoAt(at + int64(skip)):
			return at + int64(skip), true
		default:
			at += int64(skip) + 1
		}
	}
	return 0, false
}

// twoAt reports whether two frames follow each other at a place, or one and the
// end.
func (w *walker) twoAt(at int64) bool {
	h, ok := w.headerAt(at)
	if !ok {
		return false
	}
	next := at + int64(h.size)
	if next == w.end {
		return true
	}
	_, ok = w.headerAt(next)
	return ok
}

// headerAt returns the header of a frame of this stream.
func (w *walker) headerAt(at int64) (header, bool) {
	h, ok := parseHeader(w.file.bytes(at, headerSize))
	return h, ok && h.fits(w.kind) && at+headerSize <= w.end
}
