package playback

import (
	"fmt"
	"io"
)

// A reel reads a source along a plan, which may be changed between two reads:
// what was read stays as it is.
type reel struct {
	source Source
	plan   plan
	end    int64 // of the source: reading stops before it

	frame  int64     // of the source, read next
	passed int64     // frames read
	legs   []leg     // begun and not yet asked for
	tail   []float32 // of what the last splice left
	blent  int64     // frames of tail that were blended
}

// newReel begins at frame, 0 to source.Frames().
func newReel(source Source, frame, end int64, p plan) (*reel, error) {
	r := &reel{source: source, plan: p, end: end, frame: frame, legs: []leg{{0, float64(frame)}}}
	return r, seek(source, frame)
}

func seek(source Source, frame int64) error {
	if err := source.SeekFrame(frame); err != nil {
		return fmt.Errorf("seek in recording: %w", err)
	}
	return nil
}

// read keeps the contract of [Source.ReadFrames].
func (r *reel) read(dst []float32) (int, error) {
	s, at, ok := r.plan.next(r.frame)
	for ok && at == r.frame {
		if err := r.follow(s); err != nil {
			return 0, err
		}
		s, at, ok = r.plan.next(r.frame)
	}
	if !ok {
		at = r.end
	}
	channels := int64(r.source.Channels())
	want := min(int64(len(dst))/channels, min(at, r.end)-r.frame)
	if left := int64(len(r.tail))/channels - r.blent; left > 0 {
		want = min(want, left) // so that a read is blended or is not
	}
	if want <= 0 {
		return 0, io.EOF
	}
	n, err := r.source.ReadFrames(dst[:want*channels])
	r.blend(dst[:int64(n)*channels])
	r.frame, r.passed = r.frame+int64(n), r.passed+int64(n)
	return n, err
}

// follow goes over a splice. What cannot be read of the place that is left is
// not blended; that is no reason to stop, as it is left.
func (r *reel) follow(s splice) error {
	r.tail, r.blent = make([]float32, s.fade*int64(r.source.Channels())), 0
	read := 0
	for read < len(r.tail) {
		n, err := r.source.ReadFrames(r.tail[read:])
		read += n * r.source.Channels()
		if err != nil {
			break
		}
	}
	r.tail = r.tail[:read]
	r.legs = append(r.legs, leg{float64(r.passed), float64(s.to)})
	r.frame = s.to
	return seek(r.source, s.to)
}

// blend lets the tail end in frames, where it is loudest at the beginning.
func (r *reel) blend(frames []float32) {
	channels := int64(r.source.Channels())
	length := int64(len(r.tail)) / channels
	for i := range frames {
		if r.blent == length {
			return
		}
		old := r.tail[r.blent*channels+int64(i)%channels]
		frames[i] = old + (frames[i]-old)*float32(r.blent)/float32(length)
		if int64(i)%channels == channels-1 {
			r.blent++
		}
	}
}

// begun returns the legs that were begun since it was last asked.
func (r *reel) begun() []leg {
	legs := r.legs
	r.legs = nil
	return legs
}
