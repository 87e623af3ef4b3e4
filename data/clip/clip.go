// Package clip cuts a piece of a recording ([New]) and writes sound as a WAV file
// ([Write]): 16-bit PCM, which every player opens. A file has no tags, so nothing
// but the sound itself is passed on.
//
// The header holds the length, so that is asked for beforehand, and a clip of
// any length is written in constant memory to anything that takes bytes. A
// sample is rounded to the nearest of 65536 steps, halves to even, as ffmpeg
// does it; what was 16 bits before is the same bits again.
package clip

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// A Reader gives frames as playback.Source does.
type Reader interface {
	ReadFrames(dst []float32) (int, error)
}

// A Shape is what the header says.
type Shape struct {
	Rate     int // frames a second
	Channels int
	Frames   int64
}

// Write writes all of r, which has this shape, as a WAV file. It fails with
// what r or w fails with, and with io.ErrUnexpectedEOF when r ends early.
func Write(w io.Writer, r Reader, s Shape) error {
	if _, err := w.Write(header(s)); err != nil {
		return fmt.Errorf("write clip: %w", err)
	}
	const piece = 8192 // frames, so that files are written in large blocks
	samples := make([]float32, piece*s.Channels)
	raw := make([]byte, 2*len(samples))
	for left := s.Frames; left > 0; {
		n, err := r.ReadFrames(samples[:min(left, piece)*int64(s.Channels)])
		for i, x := range samples[:n*s.Channels] {
			binary.LittleEndian.PutUint16(raw[2*i:], uint16(toInt16(x)))
		}
		if _, err := w.Write(raw[:2*n*s.Channels]); err != nil {
			return fmt.Errorf("write clip: %w", err)
		}
		left -= int64(n)
		if errors.Is(err, io.EOF) && left > 0 {
			return io.ErrUnexpectedEOF
		}
		if err != nil && left > 0 {
			return err
		}
	}
	return nil
}

func toInt16(x float32) int16 {
	return int16(max(math.MinInt16, min(math.MaxInt16, math.RoundToEven(float64(x)*(1<<15)))))
}

// header is that of "Multimedia Programming Interface and Data Specifications
// 1.0" (IBM and Microsoft, 1991). A clip of more than four gigabytes, 37 hours
// of a stereo call, gets the sizes of one that nobody knows the length of.
func header(s Shape) []byte {
	const pcm, width = 1, 2
	frame := s.Channels * width
	bytes := min(s.Frames*int64(frame), math.MaxUint32-36)
	h := append(make([]byte, 0, 44), "RIFF"...)
	h = binary.LittleEndian.AppendUint32(h, uint32(bytes+36))
	h = append(h, "WAVEfmt "...)
	h = binary.LittleEndian.AppendUint32(h, 16)
	h = binary.LittleEndian.AppendUint16(h, pcm)
	h = binary.LittleEndian.AppendUint16(h, uint16(s.Channels))
	h = binary.LittleEndian.AppendUint32(h, uint32(s.Rate))
	h = binary.LittleEndian.AppendUint32(h, uint32(s.Rate*frame))
	h = binary.LittleEndian.AppendUint16(h, uint16(frame))
	h = binary.LittleEndian.AppendUint16(h, 8*width)
	h = append(h, "data"...)
	return binary.LittleEndian.AppendUint32(h, uint32(bytes))
}
