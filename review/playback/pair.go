package playback

import (
	"errors"
	"io"
	"slices"
	"time"
)

// Pair makes one source with two channels of the two recordings of a call that
// was recorded person by person: left is its first channel and right, which
// began offset later than left or, below zero, earlier, is its second. It
// begins with whichever began first and ends with whichever ends last; the
// other is silent until then and from then on. Its rate is left's, to which
// right is resampled. A recording with two channels of its own is heard as
// their mean. Closing it closes both.
func Pair(left, right Source, offset time.Duration) Source {
	p := &paired{rate: left.Rate()}
	if right.Rate() != p.rate {
		right = newResampled(right, p.rate)
	}
	late := frameAt(offset.Abs(), p.rate)
	p.people = [2]person{{Source: left}, {Source: right, begin: late}}
	if offset < 0 {
		p.people = [2]person{{Source: left, begin: late}, {Source: right}}
	}
	for _, one := range p.people {
		p.frames = max(p.frames, one.begin+one.Frames())
	}
	return p
}

type paired struct {
	people [2]person
	rate   int
	frames int64
	next   int64
}

// A person is one recording of a pair.
type person struct {
	Source
	begin int64 // frame of the pair
	at    int64 // frame of its own that it stands at
	raw   []float32
}

func (p *paired) Rate() int     { return p.rate }
func (p *paired) Channels() int { return 2 }
func (p *paired) Frames() int64 { return p.frames }

func (p *paired) ReadFrames(dst []float32) (int, error) {
	want := min(int64(len(dst)/2), p.frames-p.next, 1024)
	if want == 0 && len(dst) > 0 {
		return 0, io.EOF
	}
	dst = dst[:2*want]
	for channel := range p.people {
		n, err := p.people[channel].read(dst, channel, p.next)
		if n == 0 && err != nil {
			return 0, err
		}
		dst = dst[:2*n] // what breaks does so at the next read
	}
	p.next += int64(len(dst) / 2)
	return len(dst) / 2, nil
}

// read puts the person's sound from a frame of the pair on into a channel of
// dst, and returns how many frames of it are good.
func (p *person) read(dst []float32, channel int, from int64) (int, error) {
	for i := channel; i < len(dst); i += 2 {
		dst[i] = 0
	}
	first, last := max(from, p.begin), min(from+int64(len(dst)/2), p.begin+p.Frames())
	if first >= last {
		return len(dst) / 2, nil
	}
	if err := p.goTo(first - p.begin); err != nil {
		return 0, err
	}
	for first < last {
		n, err := p.mono(last - first)
		for i, x := range p.raw[:n] {
			dst[2*(int(first-from)+i)+channel] = x
		}
		first += int64(n)
		if errors.Is(err, io.EOF) {
			break // it is shorter than it said
		}
		if err != nil {
			return int(first - from), err
		}
	}
	return len(dst) / 2, nil
}

func (p *person) goTo(frame int64) error {
	if p.at == frame {
		return nil
	}
	p.at = -1 // wherever that fails
	if err := p.SeekFrame(frame); err != nil {
		return err
	}
	p.at = frame
	return nil
}

// mono reads up to so many frames into raw.
func (p *person) mono(frames int64) (int, error) {
	channels := p.Channels()
	p.raw = slices.Grow(p.raw[:0], int(frames)*channels)[:int(frames)*channels]
	n, err := p.ReadFrames(p.raw)
	p.at += int64(n)
	if channels == 2 {
		for i := range n {
			p.raw[i] = (p.raw[2*i] + p.raw[2*i+1]) / 2
		}
	}
	return n, err
}

// SeekFrame only notes the place: both recordings are taken there when they are
// read.
func (p *paired) SeekFrame(frame int64) error {
	if frame < 0 || frame > p.frames {
		return badFrame(frame)
	}
	p.next = frame
	return nil
}

func (p *paired) Close() error {
	return errors.Join(p.people[0].Close(), p.people[1].Close())
}
