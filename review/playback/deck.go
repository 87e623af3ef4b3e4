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
)

// A cue is playing from one place at one speed: frames that are ready, and how
// many were taken. Every jump makes a new one.
type cue struct {
	number int     // of the jump
	start  float64 // frame of the source it begins with
	step   float64 // frames of the source in each of its frames
	rate   int     // of the source
	joins  bool    // it goes on where the one before stopped

	frames   []float32 // stereo
	head     int       // the next one to be taken
	taken    float64
	err      error // why no more will come: io.EOF or what broke
	reported bool
}

func (c *cue) ready() int { return len(c.frames)/2 - c.head }

// drained is the end: all was taken and no more will come.
func (c *cue) drained() bool { return c.err != nil && c.ready() == 0 }

// take returns the next frame.
func (c *cue) take() (left, right float64, ok bool) {
	if c.ready() == 0 {
		return 0, 0, false
	}
	left, right = float64(c.frames[2*c.head]), float64(c.frames[2*c.head+1])
	c.head++
	c.taken++
	return left, right, true
}

// add puts more behind. What was taken is dropped now and then.
func (c *cue) add(frames []float32) {
	if c.head > ahead {
		c.frames = append(c.frames[:0], c.frames[2*c.head:]...)
		c.head = 0
	}
	c.frames = append(c.frames, frames...)
}

// frame is the frame of the source that is taken next.
func (c *cue) frame() float64 { return c.start + c.taken*c.step }

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
	d.note(now, before)
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

// frame is the next frame, faded. Only silence changes cues.
func (d *deck) frame() [2]float64 {
	if d.playing && d.current != nil && d.current.number == d.expected {
		d.gain = min(1, d.gain+fadeStep)
	} else {
		d.gain = max(0, d.gain-fadeStep)
	}
	if d.gain == 0 {
		d.change()
		return [2]float64{}
	}
	left, right, ok := d.current.take()
	if !ok {
		d.gain = 0 // so that what comes late fades in
		return [2]float64{}
	}
	return [2]float64{left * d.gain, right * d.gain}
}

func (d *deck) change() {
	if d.waiting != nil {
		d.current, d.waiting = d.waiting, nil
	}
}

// note publishes where playing stands and what was played, after a call that
// found before frames of the current cue taken.
func (d *deck) note(now time.Time, before float64) {
	c := d.current
	if c == nil || c.taken == before {
		return
	}
	if c.number != d.expected {
		return // it only fades out: the playhead has left already
	}
	d.played.add(sound.Span{
		From: timeAt(c.start+before*c.step, c.rate),
		To:   timeAt(c.frame(), c.rate),
	})
	observed := before - d.delay.Seconds()*Rate
	old := d.reading.Load()
	if before == 0 {
		old = d.begin(c, now)
	}
	d.reading.Store(old.follow(now, observed, c.taken))
}

// begin is the reading at the first frame of a cue. One that goes on where the
// last stopped finds sound still on its way to the ear.
func (d *deck) begin(c *cue, now time.Time) *reading {
	onTheWay := d.delay.Seconds() * Rate
	r := &reading{start: c.start, step: c.step, rate: c.rate, at: now, heard: -onTheWay}
	if last := d.reading.Load(); c.joins && last.step > 0 {
		r.before = last.step
		r.floor = max(-onTheWay, min(0, (last.frame(now)-c.start)/r.before))
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

// add gives frames to c; with an error they are the last.
func (d *deck) add(c *cue, frames []float32, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c.add(frames)
	c.err = err
}

// wants reports whether c should get more.
func (d *deck) wants(c *cue) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return c.err == nil && c.ready() < ahead
}

// upcoming is the frame of the source that the output would take next.
func (d *deck) upcoming() (frame float64, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.current == nil || d.current.number != d.expected {
		return 0, false
	}
	return d.current.frame(), true
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

// connect gets ready for an output whose first frame is heard after delay.
func (d *deck) connect(delay time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.delay = delay
	d.pace = pace{}
}

// load forgets the recording before, of which played was played earlier.
func (d *deck) load(played []sound.Span) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.playing = false
	d.played = coverage{spans: sound.Union(played...)}
}

// pulled is how many frames the output took in all.
func (d *deck) pulled() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.pace.pulled
}
