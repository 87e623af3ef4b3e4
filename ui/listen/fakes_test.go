package listen_test

import (
	"io"
	"math"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/screen/screentest"
)

// shell is a window's shell that keeps what it is told.
type shell struct {
	texts   *text.Catalog
	table   *command.Table
	canvas  fyne.Canvas
	queue   screentest.Queue
	toasts  []string
	acts    []func()
	fails   []review.Code
	dialogs []*dialog
	went    []string
	wrote   int
}

type dialog struct {
	title   string
	content fyne.CanvasObject
	answers []screen.Answer
}

func (s *shell) Say(key text.Key, args review.Args) string { return s.texts.Say(key, args) }
func (s *shell) Text() *text.Catalog                       { return s.texts }
func (s *shell) Zone() *time.Location                      { return time.FixedZone("", 3600) }
func (s *shell) Canvas() fyne.Canvas                       { return s.canvas }
func (s *shell) Surface()                                  { s.canvas.Unfocus() }
func (s *shell) Full(bool)                                 {}
func (s *shell) Go(name string)                            { s.went = append(s.went, name) }
func (s *shell) Open(string, time.Duration)                {}
func (s *shell) Wrote()                                    { s.wrote++ }
func (s *shell) Painted()                                  {}
func (s *shell) Fail(err error)                            { s.fails = append(s.fails, review.CodeOf(err)) }

func (s *shell) Key(id string) string {
	if id == "app.undo" {
		return "Ctrl Z"
	}
	if s.table == nil {
		return ""
	}
	return s.table.Label(id, s.texts.Say)
}

func (s *shell) Post(do func()) { s.queue.Post(do) }

func (s *shell) Toast(message, action string, act func()) {
	s.toasts, s.acts = append(s.toasts, message), append(s.acts, act)
}

func (s *shell) Dialog(title string, content fyne.CanvasObject, answers ...screen.Answer) func() {
	d := &dialog{title, content, answers}
	s.dialogs = append(s.dialogs, d)
	return func() { s.dialogs = slices.DeleteFunc(s.dialogs, func(o *dialog) bool { return o == d }) }
}

// player keeps what it was asked for.
type player struct {
	source  playback.Source
	at      time.Duration
	playing bool
	speed   float64
	swapped bool
	played  []sound.Span

	skipping bool
	silences []sound.Span
	loop     sound.Span
	mono     bool
	levels   [2]float64
	muted    [2]bool
	gains    []float64
}

func (p *player) Load(source playback.Source, at time.Duration, played []sound.Span) {
	if p.source != nil {
		_ = p.source.Close()
	}
	p.source, p.at, p.playing, p.played = source, at, false, played
	p.silences, p.gains, p.loop = nil, nil, sound.Span{}
}
func (p *player) Play()                   { p.playing = p.source != nil }
func (p *player) Pause()                  { p.playing = false }
func (p *player) Playing() bool           { return p.playing }
func (p *player) Seek(to time.Duration)   { p.at = max(0, to) }
func (p *player) SetSpeed(speed float64)  { p.speed = speed }
func (p *player) SetSwapped(swapped bool) { p.swapped = swapped }
func (p *player) Position() time.Duration { return p.at }
func (p *player) Delay() time.Duration    { return 0 }
func (p *player) Played() []sound.Span    { return p.played }

func (p *player) SetSkipping(skip bool)                      { p.skipping = skip }
func (p *player) SetSilences(silences []sound.Span)          { p.silences = silences }
func (p *player) SetLoop(span sound.Span)                    { p.loop = span }
func (p *player) SetMono(mono bool)                          { p.mono = mono }
func (p *player) SetLevel(lane playback.Lane, level float64) { p.levels[lane] = level }
func (p *player) SetMuted(lane playback.Lane, muted bool)    { p.muted[lane] = muted }
func (p *player) SetGains(gains []float64)                   { p.gains = gains }

// source is a made-up recording: customer and agent in turn, a second each.
type source struct {
	rate, channels int
	frames, next   int64
	closed         func()
}

func (s *source) Rate() int     { return s.rate }
func (s *source) Channels() int { return s.channels }
func (s *source) Frames() int64 { return s.frames }

func (s *source) Close() error {
	s.closed()
	return nil
}

func (s *source) SeekFrame(frame int64) error {
	s.next = frame
	return nil
}

func (s *source) ReadFrames(dst []float32) (int, error) {
	n := min(int64(len(dst)/s.channels), s.frames-s.next)
	if n == 0 {
		return 0, io.EOF
	}
	for i := range n {
		at := float64(s.next+i) / float64(s.rate)
		turn := int(at*0.3) % 2
		loud := 0.5 * math.Abs(math.Sin(at*1.3)) * math.Abs(math.Sin(at*11))
		for c := range s.channels {
			x := float32(0)
			if c == turn || s.channels == 1 {
				x = float32(loud * math.Sin(at*2000))
			}
			dst[int(i)*s.channels+c] = x
		}
	}
	s.next += n
	return int(n), nil
}
