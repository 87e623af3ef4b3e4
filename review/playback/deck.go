package playback

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/earshot-app/earshot/review/sound"
)

const (
	// ahead is how many frames are kept ready: half a second, for a disk that
	// has to wake up.
	ahead = Rate / 2
	// fadeStep changes the gain from 0 to 1 in 5 ms.
	fadeStep = 1.0 / (Rate / 200)
	// mostOnTheWay is more frames than any output has taken and not yet played.
	mostOnTheWay = 2 * Rate
)

// A cue is playing from one place at one speed: frames that are ready, and how
// many were taken. Every jump makes a new one; splices lie within one, so that
// there is no gap.
type cue struct {
	number int // of the jump
	track  track

	frames   []float32 // two channels
	head     int       // the next one to be taken
	taken    float64
	err      error // why no more will come: io.EOF or what broke
	reported bool
}

func (c *cue) ready() int { return len(c.frames)/2 - c.head }

// drained is the end: all was taken and no more will come.
func (c *cue) drained() bool { return c.err != nil && c.ready() == 0 }

// take returns the next frame, of which there must be one.
func (c *cue) take() (first, second float64) {
	first, second = float64(c.frames[2*c.head]), float64(c.frames[2*c.head+1])
	c.head++
	c.taken++
	return first, second
}

// add puts more behind. What was taken is dropped now and then.
func (c *cue) add(frames []float32, legs []leg) {
	if c.head > ahead {
		c.frames = append(c.frames[:0], c.frames[2*c.head:]...)
		c.head = 0
	}
	c.frames = append(c.frames, frames...)
	for len(legs) > 0 && len(c.track.legs) > 1 && c.track.legs[1].at < c.taken-mostOnTheWay {
		c.track.legs = c.track.legs[1:]
	}
	c.track.legs = append(c.track.legs, legs...)
}

// frame is the frame of the source that is taken next.
func (c *cue) frame() float64 { return c.track.frame(c.taken) }

// A deck is what the output takes frames from: the cue that plays and the one
// that waits for it to fade out. All is done under one lock, held for
// microseconds on either side; where playing stands is read without it.
type deck struct {
	clock   Clock
	hungry  func() // more can be made ready
	reading atomic.Pointer[reading]

	mu       sync.Mutex
	playing  bool
	expected int  // number of the newest jump: what came before fades out
	current  *cue // may be nil
	waiting  *cue // may be nil
	gain     float64
	mix      matrix
	wanted   matrix // what mix goes towards
	heard    bool   // someone hears the output
	delay    time.Duration
	pace     pace
	played   coverage
}

// fill is what outputs call.
func (d *deck) fill(frames [][2]float64) {
	now := d.clock.Now()
	d.mu.Lock()
	paced := d.pace.allow(now, len(frames))
	was, before := d.current, d.taken()
	for i := range frames {
		frames[i] = [2]float64{}
		if paced {
			frames[i] = d.frame()
		}
	}
	if d.current != was {
		before = 0
	}
	d.note(now, before, len(frames))
	hungry := d.current != nil && d.current.err == nil && d.current.ready() < ahead
	d.mu.Unlock()
	if hungry {
		d.hungry()
	}
}

// taken is how far the output is in the current cue.
func (d *deck) taken() float64 {
	if d.current == nil {
		return 0
	}
	return d.current.taken
}

// frame is the next frame, faded and mixed. Only silence changes cues. Where
// frames run out, at the end or for a slow disk, the last ones fade too.
func (d *deck) frame() [2]float64 {
	step := -fadeStep
	if d.playing && d.current != nil && d.current.number == d.expected {
		step = fadeStep
	}
	d.gain = max(0, min(1, d.gain+step, d.left()*fadeStep))
	d.mix.approach(d.wanted)
	if d.gain == 0 {
		d.change()
		return [2]float64{}
	}
	first, second := d.current.take()
	return [2]float64{d.mix.ear(0, first, second) * d.gain, d.mix.ear(1, first, second) * d.gain}
}

// left is how many frames are ready.
func (d *deck) left() float64 {
	if d.current == nil {
		return 0
	}
	return float64(d.current.ready())
}

func (d *deck) change() {
	if d.waiting != nil {
		d.current, d.waiting = d.waiting, nil
	}
}

// note publishes where playing stands and what was played, after a call for n
// frames that found before frames of the current cue taken.
func (d *deck) note(now time.Time, before float64, n int) {
	c := d.current
	if c == nil || c.taken == before {
		return
	}
	if c.number != d.expected {
		return // it only fades out: the playhead has left already
	}
	if d.heard && d.wanted != (matrix{}) {
		for s := range c.track.spans(before, c.taken) {
			d.played.add(s)
		}
	}
	onTheWay := d.delay.Seconds() * Rate
	observed := before - onTheWay
	old := d.reading.Load()
	if before == 0 { // another may have faded out first
		observed = c.taken - float64(n) - onTheWay
		old = d.begin(c, now, observed)
	}
	d.reading.Store(old.follow(now, observed, c))
}

// begin is the reading at the first frame of a cue. One that goes on where the
// last stopped finds sound still on its way to the ear.
func (d *deck) begin(c *cue, now time.Time, heard float64) *reading {
	r := &reading{number: c.number, track: c.track, at: now, heard: heard}
	last, j := d.reading.Load(), c.track.joint
	if j != nil && last.number == j.number {
		r.floor = max(heard, min(0, last.frames(now)-j.taken))
	}
	return r
}

// expect says that a jump was made, number counting them. Unless it joins,
// the playhead goes to frame at once.
func (d *deck) expect(number int, to *reading) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.expected = number
	if to != nil {
		d.reading.Store(to)
	}
}

// put makes c the next cue.
func (d *deck) put(c *cue) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting = c
	if d.gain == 0 {
		d.change()
	}
}

// add gives frames to c, and the legs that begin in them or soon after; with
// an error they are the last.
func (d *deck) add(c *cue, frames []float32, legs []leg, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c.add(frames, legs)
	c.err = err
}

// wants reports whether c should get more.
func (d *deck) wants(c *cue) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return c.err == nil && c.ready() < ahead
}

// upcoming is the frame of the source that the output would take next, and
// what a cue that goes on there is joined to: nil when nothing was taken yet.
func (d *deck) upcoming() (frame float64, j *joint, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.current
	if c == nil || c.number != d.expected {
		return 0, nil, false
	}
	if c.taken == 0 {
		return c.frame(), c.track.joint, true
	}
	j = &joint{track: c.track, number: c.number, taken: c.taken}
	if c.taken > mostOnTheWay {
		j.track.joint = nil // all of it was heard
	}
	return c.frame(), j, true
}

// setMix lets the mix go towards wanted; in silence it is there at once.
func (d *deck) setMix(wanted matrix) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.wanted = wanted
	if d.gain == 0 {
		d.mix = wanted
	}
}

func (d *deck) setPlaying(playing bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.playing = playing
}

func (d *deck) isPlaying() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.playing
}

// over returns the cue whose last frame was heard, once: at the end only while
// playing, where it broke always.
func (d *deck) over(now time.Time) *cue {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, r := d.current, d.reading.Load()
	if c == nil || c.number != d.expected || !c.drained() || c.reported || r.frames(now) < r.ceil {
		return nil
	}
	if errors.Is(c.err, io.EOF) && !d.playing {
		return nil
	}
	c.reported, d.playing = true, false
	return c
}

// atEnd reports whether nothing more can be played from here.
func (d *deck) atEnd() (err error, ended bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.current == nil || d.current.number != d.expected || !d.current.drained() {
		return nil, false
	}
	return d.current.err, true
}

// connect gets ready for an output. What was to fade out on the one before needs
// not.
func (d *deck) connect(output Output) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, silent := output.(*Silent)
	d.delay, d.gain, d.heard = output.Delay(), 0, !silent
	d.pace = pace{}
	d.change()
}

// late is how long what is given to the output takes until it is heard.
func (d *deck) late() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.delay
}

// load forgets the recording before, of which played was played earlier.
func (d *deck) load(played []sound.Span) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.playing = false
	d.played = coverage{spans: sound.Union(played...)}
}

// stands is where playing stands, or will stand when all jumps are done.
func (d *deck) stands(now time.Time) place {
	d.mu.Lock()
	defer d.mu.Unlock()
	return place{d.expected, d.reading.Load().frame(now)}
}

// pulled is how many frames the output took in all.
func (d *deck) pulled() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.pace.pulled
}
