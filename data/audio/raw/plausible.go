package raw

import (
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/earshot-app/earshot/data/audio/block"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/gsm"
	"github.com/earshot-app/earshot/review"
)

const (
	// probes is how many blocks, spread over the file, are looked at.
	probes = 16
	// least is the plausibility from which bytes may be sound. Calls and tones
	// have 0.6 and more, texts, archives and pictures below 0.3; the stereo of
	// two people read as mono has 0.
	least = 0.3
	// clearly is by how much a less likely kind has to be better.
	clearly = 0.1
	// shortest is the fewest frames of which anything can be said, 20 ms.
	shortest = 160
	// quiet is a level, of the square of full scale, -50 dB, under which there
	// may be nothing but the noise of a line, which is like no speech.
	quiet = 1e-5
	// step is the smallest difference between two samples.
	step = 1.0 / (1 << 15)
)

// plausible is how much the bytes are like sound of kind k, from -1 to 1: how
// much each sample is like the one before, since sound moves in waves and other
// data jump.
func (k kind) plausible(r io.ReaderAt, size int64) (float64, error) {
	if k.codec == gsmCodec {
		return signed(r, size)
	}
	if block.Frames(k.packing, size) < shortest {
		return 0, nil
	}
	codec := block.NewFixed(k.packing, r, size)
	var s statistics
	for _, first := range spread(k.packing, size) {
		if err := codec.SeekFrame(first); err != nil {
			return 0, err
		}
		b, err := codec.Next()
		if err != nil {
			return 0, unreadable(err)
		}
		s.add(b.Samples, k.packing.Channels())
	}
	return s.smooth(), nil
}

// signed is the share of GSM frames that begin as they must.
func signed(r io.ReaderAt, size int64) (float64, error) {
	places := spread(gsm.Raw, size)
	good := 0.0
	for _, first := range places {
		var head [1]byte
		if _, err := r.ReadAt(head[:], first/int64(gsm.Raw.Frames())*int64(gsm.Raw.Size())); err != nil {
			return 0, unreadable(err)
		}
		if gsm.Plausible(head[:]) {
			good++
		}
	}
	if len(places) == 0 || good < float64(len(places)) {
		return 0, nil
	}
	return 1, nil
}

// spread lists the first frames of blocks from all over the file.
func spread(p block.Packing, size int64) []int64 {
	all := (block.Frames(p, size) + int64(p.Frames()) - 1) / int64(p.Frames())
	count := min(all, probes)
	places := make([]int64, count)
	for i := range places {
		places[i] = int64(i) * all / count * int64(p.Frames())
	}
	return places
}

// statistics are sums over pairs of a sample and the one before it.
type statistics struct {
	n, sum, square, product float64
}

func (s *statistics) add(samples []float32, channels int) {
	for i := channels; i < len(samples); i++ {
		x, before := float64(samples[i]), float64(samples[i-channels])
		s.n++
		s.sum += x
		s.square += x * x
		s.product += x * before
	}
}

// smooth is the correlation of samples with those before, or 1 where there is
// nothing to hear. Sound swings about 0, or not far off; texts stay on one side.
func (s *statistics) smooth() float64 {
	mean := s.sum / s.n
	variance := s.square/s.n - mean*mean
	silent := s.square/s.n < quiet
	switch {
	case silent && variance < step*step:
		return 1
	case math.Abs(mean) > 2*math.Sqrt(max(0, variance)):
		return 0
	case silent:
		return 1
	}
	return (s.product/s.n - mean*mean) / variance
}

// constant reports whether all bytes are the same. It mostly ends in the first
// block; a leg of a call on which nobody spoke is the exception.
func constant(r io.ReaderAt, size int64) (bool, error) {
	buffer := make([]byte, 1<<16)
	var value byte
	for at := int64(0); at < size; {
		n, err := r.ReadAt(buffer[:min(int64(len(buffer)), size-at)], at)
		if n == 0 {
			return false, unreadable(err)
		}
		if at == 0 {
			value = buffer[0]
		}
		for _, b := range buffer[:n] {
			if b != value {
				return false, nil
			}
		}
		at += int64(n)
	}
	return true, nil
}

func unreadable(err error) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF // the file became shorter since it was opened
	}
	return review.Fail(format.Broken, review.Args{"at": time.Duration(0)}).Because(fmt.Errorf("look for sound: %w", err))
}
