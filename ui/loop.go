package ui

import (
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

// How long Fyne's goroutine sleeps: within a turn until nothing has happened for a
// while, which is longer than what Fyne moves by itself, such as a pressed button.
const (
	napFor   = 12 * time.Millisecond // less than a turn
	stillFor = 600 * time.Millisecond
	sleepFor = time.Second          // what Fyne does unasked waits so long
	early    = 2 * time.Millisecond // by which a sleep may end by itself
)

// A Loop has Fyne's goroutine sleep when nothing happens and nothing moves. Fyne
// 2.7.1 turns sixty times a second all the same, which takes a fiftieth of a slow
// processor for as long as the window is open, and hears a key at its next turn only,
// not when it is pressed. A nil Loop turns as Fyne does. All but Post belongs to
// Fyne's goroutine.
type Loop struct {
	// Sleep hands on what the window system says, as soon as it says something. It
	// returns then, after so long, or when Wake is called.
	Sleep func(most time.Duration)
	// Wake ends a Sleep that is on or else the next one. Any goroutine may call it.
	Wake func()
	// Moves reports whether something moves that nobody tells of.
	Moves func() bool

	posts  atomic.Int64
	asleep atomic.Bool
	ran    int64     // of the posts
	told   time.Time // when the window system last said something
	due    bool      // a rest, in this turn
	looks  []func() (painted func())
	drawn  []func() // of the frame that was last painted
}

// Start begins, for good, to look in each of Fyne's turns whether it may sleep.
func (l *Loop) Start() {
	l.told = time.Now()
	turns := fyne.NewAnimation(time.Hour, func(float32) { l.turn() })
	turns.RepeatCount = fyne.AnimationRepeatForever
	turns.Start()
}

// turn is called before a turn paints; what it posts runs after that, or after the
// next turn, which Fyne may begin first.
func (l *Loop) turn() {
	l.painted()
	looks := l.looks
	l.looks = nil
	for _, look := range looks {
		l.drawn = append(l.drawn, look())
	}
	if len(looks) > 0 {
		l.Post(l.painted)
	}
	if l.due {
		return
	}
	l.due = true
	ran := l.ran
	fyne.Do(func() {
		l.due = false
		l.rest(ran)
	})
}

// painted tells those who looked at the frame that it was painted.
func (l *Loop) painted() {
	drawn := l.drawn
	l.drawn = nil
	for _, tell := range drawn {
		tell()
	}
}

// atFrame calls look when the next frame is about to be painted, and what look
// answers once it was. Fyne has no such calls; but its animations tick before each
// frame, and what is posted meanwhile runs after it. One that takes no time ticks
// once and is over.
func (l *Loop) atFrame(look func() (painted func())) {
	if l == nil {
		fyne.NewAnimation(0, func(float32) { l.Post(look()) }).Start()
		return
	}
	l.looks = append(l.looks, look)
}

// Post queues do for Fyne's goroutine, where there is no shell yet. A screen
// uses [Shell.Post].
func (l *Loop) Post(do func()) {
	if l == nil {
		fyne.Do(do)
		return
	}
	fyne.Do(func() {
		do()
		l.ran++
	})
	l.posts.Add(1) // after it is queued: what rest has not counted wakes it
	l.Wake()
}

// sleeps reports whether nothing happens but what is posted.
func (l *Loop) sleeps() bool { return l != nil && l.asleep.Load() }

// rest sleeps after a turn if nothing happens. So many posts had run before the turn:
// what the others did is yet to be painted, or to be done.
func (l *Loop) rest(ran int64) {
	if l.Moves() || l.posts.Load() != ran {
		return
	}
	begun, most := time.Now(), napFor
	if begun.Sub(l.told) >= stillFor {
		most = sleepFor
		l.asleep.Store(true)
		defer l.asleep.Store(false)
	}
	l.Sleep(most)
	if l.posts.Load() == ran && time.Since(begun) < most-early {
		l.told = time.Now()
	}
}
