package sound

import (
	"context"
	"errors"
	"io"
	"math"
	"slices"
	"sync"
	"time"
)

const (
	blocksPerSecond = 50
	// mostBlocks are kept of a channel: six hours. What is longer has longer
	// blocks, so that no recording takes more than 13 MB.
	mostBlocks = 1 << 20
	// progressEvery is how much sound is scanned between two reports: an hour
	// takes a tenth of a second, so this is often enough and no burden.
	progressEvery = 10 * time.Second
	// blocksAtOnce are read together, two seconds, since reading costs more than
	// measuring.
	blocksAtOnce = 100
)

// A Reader gives frames as playback.Source does.
type Reader interface {
	ReadFrames(dst []float32) (int, error)
}

// Peaks is what one pass over a recording leaves: for every 20 ms of each
// channel the lowest and highest sample and the level. An hour of two channels
// takes 2 MB. Peaks may be asked while the pass is still going on; what was not
// reached yet is silent. What 20 ms are too coarse for is drawn from a
// [Closeup].
type Peaks struct {
	rate, channels int
	blockFrames    int

	mu     sync.RWMutex
	blocks [][]block // by channel
}

// fullScale is the highest level in a block.
const fullScale = 32767

// block is 20 ms of one channel.
type block struct{ low, high, rms int16 }

func (b block) extreme() int16 { return max(b.high, -b.low) }
func (b block) root() int16    { return b.rms }
func (b block) peak() float64  { return float64(b.extreme()) / fullScale }
func (b block) level() float64 { return float64(b.root()) / fullScale }

// A Bin is a stretch of one channel, full scale ±1.
type Bin struct{ Min, Max, RMS float32 }

// NewPeaks makes empty peaks for a recording of this shape: one or two
// channels and so many frames.
func NewPeaks(rate, channels int, frames int64) *Peaks {
	p := &Peaks{rate: rate, channels: channels, blockFrames: max(1, rate/blocksPerSecond), blocks: make([][]block, channels)}
	for frames/int64(p.blockFrames) >= mostBlocks {
		p.blockFrames *= 2
	}
	for c := range p.blocks {
		p.blocks[c] = make([]block, 0, frames/int64(p.blockFrames)+1)
	}
	return p
}

// Scan reads r to its end. It calls progress with how far it has come, every
// ten seconds of sound and at the end. It returns ctx's error when that ends
// first, or what r failed with; the peaks up to there stay. A Peaks is scanned
// once. Reading through a [Meter] tells the loudness by the same pass.
func (p *Peaks) Scan(ctx context.Context, r Reader, progress func(time.Duration)) error {
	buffer := make([]float32, blocksAtOnce*p.blockFrames*p.channels)
	var reported time.Duration
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		frames, err := readFull(r, buffer, p.channels)
		p.add(buffer[:frames*p.channels])
		scanned := p.Scanned()
		if err != nil || scanned-reported >= progressEvery {
			progress(scanned)
			reported = scanned
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// readFull fills buffer as far as r goes.
func readFull(r Reader, buffer []float32, channels int) (frames int, err error) {
	for frames*channels < len(buffer) && err == nil {
		var n int
		n, err = r.ReadFrames(buffer[frames*channels:])
		frames += n
	}
	return frames, err
}

// add measures whole blocks, and what is left at the end of the recording.
func (p *Peaks) add(samples []float32) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for part := range slices.Chunk(samples, p.blockFrames*p.channels) {
		n := len(part) / p.channels
		first, second := measure(part)
		if p.channels == 2 {
			p.blocks[1] = append(p.blocks[1], second.block(n))
		} else {
			first.join(second)
		}
		p.blocks[0] = append(p.blocks[0], first.block(n))
	}
}

// Scanned is how far the pass has come, to the end of a block.
func (p *Peaks) Scanned() time.Duration {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.time(len(p.blocks[0]))
}

// Bins fills dst with len(dst) equal parts of channel from one time to another.
// A part that holds no whole block shows the one it lies in, so nothing falls
// between two bins at any width.
func (p *Peaks) Bins(dst []Bin, channel int, from, to time.Duration) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	blocks := p.blocks[channel]
	perBin := float64(to-from) / float64(len(dst))
	for i := range dst {
		first := p.block(float64(from) + float64(i)*perBin)
		last := max(first+1, p.block(float64(from)+float64(i+1)*perBin))
		first, last = clamp(first, len(blocks)), clamp(last, len(blocks))
		dst[i] = join(blocks[first:last])
	}
}

// join is the bin that several blocks make.
func join(blocks []block) Bin {
	if len(blocks) == 0 {
		return Bin{}
	}
	low, high, squares := blocks[0].low, blocks[0].high, 0.0
	for _, b := range blocks {
		low, high = min(low, b.low), max(high, b.high)
		squares += float64(b.rms) * float64(b.rms)
	}
	rms := math.Sqrt(squares / float64(len(blocks)))
	return Bin{Min: float32(low) / fullScale, Max: float32(high) / fullScale, RMS: float32(rms / fullScale)}
}

// block is the number of the block at a time in nanoseconds.
func (p *Peaks) block(at float64) int {
	return int(math.Floor(at * float64(p.rate) / (1e9 * float64(p.blockFrames))))
}

// time is where a block begins.
func (p *Peaks) time(block int) time.Duration {
	return time.Duration(float64(block) * float64(p.blockFrames) / float64(p.rate) * 1e9)
}

func clamp(x, n int) int { return max(0, min(x, n)) }
