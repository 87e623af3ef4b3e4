// Package playback is the listening engine: it plays any [Source] through any
// [Output] and always knows what is being heard.
//
//	player := playback.NewPlayer(playback.System{}, notify)
//	defer player.Close()
//	player.Plug(output)             // a sound card, or Silent without one
//	player.Load(source, resumeAt, playedBefore)
//	player.Play()
//	… player.Position() sixty times a second …
//
// A [Player] owns one goroutine. It reads the source, going around silences and
// in loops if asked, changes the speed without changing the pitch, resamples to
// [Rate] and keeps half a second of that ready. The output takes frames from
// there and nowhere else, so a slow disk can never stall a sound card, and what
// is not ready is silence. As they are taken they are mixed for the two ears:
// loudness, levels, mutes, lanes.
//
// What a person asks for (play, pause, seek, speed) is written down at once
// and never waits; the goroutine brings it about. Every jump fades out and in
// over five milliseconds, and where a silence is skipped or a loop begins again
// the two places are blended without a gap; so nothing clicks.
//
// An output that nobody needs costs nothing: [Player.Plug] starts it at the first
// Play, and it rests, stopped, a few seconds after nothing plays any more.
//
// Position is what the ear hears: frames handed to the output, less the
// output's delay, traced back to the recording through speed, skips and loops.
//
// [Join] and [Pair] make one source of several recordings. [Render] does what
// the player does as fast as it can, for a file.
package playback

import (
	"time"

	"github.com/earshot-app/earshot/review"
)

// What can be wrong with an output.
const (
	NoDevice   review.Code = "no-sound-device"   // there is no card, or none that can be opened
	DeviceLost review.Code = "sound-device-lost" // it stopped, or races: it takes frames and plays none
)

// Rate is the one rate, in frames a second, that outputs run at. Sound cards
// all do it, and a card opened once need never be opened again.
const Rate = 48000

// A Source is a recording that can be read from any place. Samples are
// interleaved, full scale is ±1. It is used by one goroutine at a time.
type Source interface {
	// Rate is frames a second, above 0.
	Rate() int
	// Channels is 1 or 2.
	Channels() int
	// Frames is the exact length.
	Frames() int64
	// ReadFrames fills dst, whose length is a multiple of Channels, and
	// returns how many frames it read: at least one, or an error. The error
	// is io.EOF at the end, else a review.Error that says what broke.
	ReadFrames(dst []float32) (int, error)
	// SeekFrame makes frame the next one read, 0 to Frames. Outside that it
	// returns a review.Error with code bad-argument.
	SeekFrame(frame int64) error
	// Close releases the recording.
	Close() error
}

// Fill writes every frame of frames: left, right, full scale ±1. It returns
// within microseconds and never fails: what is missing is silence.
type Fill func(frames [][2]float64)

// An Output takes stereo frames at [Rate] and makes them heard.
type Output interface {
	// Start calls fill from a goroutine of the output's own, for as many
	// frames as it needs, until Stop. An output that was stopped can be
	// started again. Start may take a while, so it is not for a thread that
	// draws. It fails with a review.Error: NoDevice when there is no card to
	// play on, DeviceLost when the card failed earlier and cannot be opened
	// again.
	Start(fill Fill) error
	// Delay is the time from a call of fill to the moment its first frame is
	// heard.
	Delay() time.Duration
	// Stop ends the calls of fill. When it returns no call is running or will
	// come.
	Stop()
}

// A Clock tells the time and wakes the player up.
type Clock interface {
	Now() time.Time
	// Every sends the time about each d until stop is called. A receiver that
	// is late misses ticks.
	Every(d time.Duration) (ticks <-chan time.Time, stop func())
}

// System is the computer's clock.
type System struct{}

// Now is time.Now.
func (System) Now() time.Time { return time.Now() }

// Every is a time.Ticker.
func (System) Every(d time.Duration) (<-chan time.Time, func()) {
	ticker := time.NewTicker(d)
	return ticker.C, ticker.Stop
}
