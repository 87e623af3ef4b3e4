package sound

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"
)

// A Survey is all that one pass over a recording tells: its peaks, from which
// follow speech and silences, and how loud its channels are. It can be written
// down, so that a recording is passed over once and for all.
type Survey struct {
	Peaks *Peaks
	// Gains bring each channel to the loudness [Even]; nil until the pass has
	// come to its end.
	Gains []float64
}

// NewSurvey makes an empty survey of a recording of this shape.
func NewSurvey(rate, channels int, frames int64) *Survey {
	return &Survey{Peaks: NewPeaks(rate, channels, frames)}
}

// Scan is [Peaks.Scan], which measures the loudness too.
func (s *Survey) Scan(ctx context.Context, r Reader, progress func(time.Duration)) error {
	meter := NewMeter(r, s.Peaks.rate, s.Peaks.channels)
	if err := s.Peaks.Scan(ctx, meter, progress); err != nil {
		return err
	}
	s.Gains = meter.Gains(Even)
	return nil
}

// surveyVersion is the first byte of a survey that was written down. It changes
// whenever the pass finds something else than before.
const surveyVersion = 1

// errSurvey is answered for bytes that are no survey of this version.
var errSurvey = errors.New("not a survey")

// MarshalBinary writes a survey that has come to its end: version, channels,
// then as 32 bits the rate, a block's frames and how many blocks there are; for
// each channel its gain as a float64 and its blocks, each of them three signed
// 16-bit numbers: lowest, highest and level. All is little-endian.
func (s *Survey) MarshalBinary() ([]byte, error) {
	p := s.Peaks
	p.mu.RLock()
	defer p.mu.RUnlock()
	if len(s.Gains) != p.channels {
		return nil, fmt.Errorf("write a survey: %d gains for %d channels", len(s.Gains), p.channels)
	}
	n := len(p.blocks[0])
	b := make([]byte, 0, surveyHead+p.channels*channelSize(n))
	b = append(b, surveyVersion, byte(p.channels))
	for _, x := range []int{p.rate, p.blockFrames, n} {
		b = binary.LittleEndian.AppendUint32(b, uint32(x))
	}
	for c, blocks := range p.blocks {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(s.Gains[c]))
		for _, x := range blocks {
			for _, v := range []int16{x.low, x.high, x.rms} {
				b = binary.LittleEndian.AppendUint16(b, uint16(v))
			}
		}
	}
	return b, nil
}

const (
	surveyHead = 2 + 3*4
	blockSize  = 3 * 2
)

func channelSize(blocks int) int { return 8 + blocks*blockSize }

// UnmarshalBinary reads what MarshalBinary wrote. It fails for anything else,
// and then leaves s as it was.
func (s *Survey) UnmarshalBinary(b []byte) error {
	if len(b) < surveyHead || b[0] != surveyVersion || b[1] < 1 || b[1] > 2 {
		return errSurvey
	}
	channels := int(b[1])
	rate, blockFrames, n := binary.LittleEndian.Uint32(b[2:]), binary.LittleEndian.Uint32(b[6:]), int(binary.LittleEndian.Uint32(b[10:]))
	if rate == 0 || blockFrames == 0 || n > mostBlocks || len(b) != surveyHead+channels*channelSize(n) {
		return errSurvey
	}
	p := &Peaks{rate: int(rate), channels: channels, blockFrames: int(blockFrames)}
	gains := make([]float64, channels)
	for c := range channels {
		part := b[surveyHead+c*channelSize(n):][:channelSize(n)]
		gains[c] = math.Float64frombits(binary.LittleEndian.Uint64(part))
		if !(gains[c] > 0 && gains[c] <= mostGain) {
			return errSurvey
		}
		blocks, ok := readBlocks(part[8:])
		if !ok {
			return errSurvey
		}
		p.blocks = append(p.blocks, blocks)
	}
	s.Peaks, s.Gains = p, gains
	return nil
}

// readBlocks answers false for levels that no block has.
func readBlocks(b []byte) ([]block, bool) {
	blocks := make([]block, len(b)/blockSize)
	for i := range blocks {
		at := b[i*blockSize:]
		value := func(n int) int16 { return int16(binary.LittleEndian.Uint16(at[2*n:])) }
		blocks[i] = block{low: value(0), high: value(1), rms: value(2)}
		if x := blocks[i]; x.low < -fullScale || x.high < x.low || x.rms < 0 {
			return nil, false
		}
	}
	return blocks, true
}

// Of reports whether the survey is of a recording of this shape.
func (s *Survey) Of(rate, channels int, frames int64) bool {
	p := s.Peaks
	p.mu.RLock()
	defer p.mu.RUnlock()
	blocks := (frames + int64(p.blockFrames) - 1) / int64(p.blockFrames)
	return p.rate == rate && p.channels == channels && int64(len(p.blocks[0])) == blocks
}
