package ffmpeg

import (
	"bytes"
	"encoding/binary"
	"io"
)

// Codecs by the names that MP4 (ISO/IEC 14496-12) and Matroska (RFC 9559) give
// them, in plain words. They are for those who have no ffmpeg to ask.
var (
	mp4Codecs = map[string]string{
		"mp4a": "AAC", "alac": "Apple Lossless", "samr": "AMR", "sawb": "AMR-WB", "Opus": "Opus",
		"ac-3": "AC-3", "ec-3": "E-AC-3", "fLaC": "FLAC", ".mp3": "MP3", "ulaw": "µ-law", "alaw": "A-law",
	}
	matroskaCodecs = []struct{ id, name string }{
		{"A_OPUS", "Opus"},
		{"A_VORBIS", "Vorbis"},
		{"A_AAC", "AAC"},
		{"A_FLAC", "FLAC"},
		{"A_PCM", "PCM"},
		{"A_MPEG/L3", "MP3"},
		{"A_AC3", "AC-3"},
	}
)

// matroskaCodec finds the codec in the first bytes of a file, where all but the
// oddest writers put it.
func matroskaCodec(start []byte) string {
	for _, c := range matroskaCodecs {
		if bytes.Contains(start, []byte(c.id)) {
			return c.name + " (WebM)"
		}
	}
	return matroska.codec
}

// mp4Codec finds the first track of sound in the boxes of a file.
func mp4Codec(r io.ReaderAt, size int64) string {
	b := boxes{r: r, left: 4096}
	if name := b.codec(0, size); name != "" {
		return name + " (MP4)"
	}
	return mp4.codec + " (MP4)"
}

// boxes walks through MP4. A file of any bytes has an end: at most left boxes
// are looked at.
type boxes struct {
	r    io.ReaderAt
	left int
}

// around are the boxes that lie around the descriptions of samples.
var around = map[string]bool{"moov": true, "trak": true, "mdia": true, "minf": true, "stbl": true}

// codec names the first codec of sound that the boxes between two places of the
// file hold, "" for none.
func (b *boxes) codec(at, end int64) string {
	for at+8 <= end && b.left > 0 {
		b.left--
		var head [16]byte
		n, _ := b.r.ReadAt(head[:min(16, end-at)], at)
		if n < 8 {
			return ""
		}
		name, size, start := string(head[4:8]), int64(binary.BigEndian.Uint32(head[:])), int64(8)
		switch {
		case size == 0:
			size = end - at
		case size == 1 && n == 16:
			size, start = int64(binary.BigEndian.Uint64(head[8:])), 16
		}
		if size < start || size > end-at {
			return ""
		}
		if found := b.within(name, at+start, at+size); found != "" {
			return found
		}
		at += size
	}
	return ""
}

func (b *boxes) within(name string, at, end int64) string {
	switch {
	case name == "stsd":
		return b.codec(at+8, end) // after version and count its boxes are codecs
	case around[name]:
		return b.codec(at, end)
	}
	return mp4Codecs[name]
}
