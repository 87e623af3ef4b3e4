package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"time"

	"github.com/earshot-app/earshot/cmd/internal/recording"
	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/clip"
	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
)

type probeCmd struct {
	File string `arg:"" help:"arg_probed"`
}

type probed struct {
	Container string   `json:"container"`
	Codec     string   `json:"codec"`
	Rate      int      `json:"rate"`
	Channels  int      `json:"channels"`
	Frames    int64    `json:"frames"`
	Duration  float64  `json:"duration"`
	Problems  []failed `json:"problems"`
}

// Run says what a recording is and what is wrong with it, or how a folder of them
// would be read.
func (c *probeCmd) Run(ctx context.Context, s *session) error {
	if isFolder(c.File) {
		return s.probeFolder(ctx, c.File)
	}
	info, err := audio.Check(ctx, c.File)
	if err != nil {
		return err
	}
	out := probed{
		info.Container, info.Codec, info.Rate, info.Channels, info.Frames,
		float64(info.Frames) / float64(info.Rate),
		s.problems(info.Problems),
	}
	return s.answer(out, func(w io.Writer) { s.printProbe(w, info, out.Problems) })
}

func (s *session) printProbe(w io.Writer, info audio.Info, problems []failed) {
	row(w, s.texts.Say("ctl.col_container", nil), info.Container)
	row(w, s.texts.Say("ctl.col_codec", nil), info.Codec)
	row(w, s.texts.Say("ctl.col_rate", nil), fmt.Sprint(info.Rate))
	row(w, s.texts.Say("ctl.col_channels", nil), fmt.Sprint(info.Channels))
	row(w, s.texts.Say("ctl.col_frames", nil), fmt.Sprint(info.Frames))
	row(w, s.texts.Say("ctl.col_duration", nil), s.texts.Decimal(info.Duration().Seconds(), 3))
	printProblems(w, problems)
}

func printProblems(w io.Writer, problems []failed) {
	for _, p := range problems {
		row(w, p.Message+" "+p.Hint)
	}
}

// problems tells what is wrong with a recording that can be opened.
func (s *session) problems(all []*review.Error) []failed {
	out := []failed{}
	for _, p := range all {
		out = append(out, s.problem(p))
	}
	return out
}

type decodeCmd struct {
	File        string   `arg:"" help:"arg_recording"`
	From        float64  `help:"from_second" placeholder:"SECONDS"`
	To          *float64 `help:"to_second" placeholder:"SECONDS"`
	Speed       float64  `default:"1" help:"play_speed" placeholder:"X"`
	SkipSilence bool     `help:"skip_silence"`
	Map         string   `help:"map" placeholder:"FILE"`
	Output      string   `short:"o" required:"" help:"output" placeholder:"FILE"`
}

type decoded struct {
	File     string   `json:"file"`
	Rate     int      `json:"rate"`
	Channels int      `json:"channels"`
	Frames   int64    `json:"frames"`
	Problems []failed `json:"problems"` // that it can be decoded in spite of
}

// Run writes what is heard of a recording as WAV. A recording that breaks is
// written as far as it is good, and then the command fails with the reason.
func (c *decodeCmd) Run(ctx context.Context, s *session) (err error) {
	source, err := audio.Open(ctx, c.File)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	if err := c.keepRecording(); err != nil {
		return err
	}
	take, err := c.take(ctx, source)
	if err != nil {
		return err
	}
	frames, broke, err := c.decode(ctx, source, take)
	if err != nil {
		return err
	}
	out := decoded{c.Output, source.Rate(), source.Channels(), frames, s.problems(audio.Problems(source))}
	err = s.answer(out, func(w io.Writer) {
		row(w, s.texts.Say("ctl.wrote", review.Args{"file": c.Output}))
		printProblems(w, out.Problems)
	})
	return errors.Join(err, broke)
}

// keepRecording refuses to write in the place of the recording, or two things to
// one file.
func (c *decodeCmd) keepRecording() error {
	own := []review.Recording{{Path: review.Hide(c.File)}}
	for _, name := range []string{c.Output, c.Map} {
		if err := recording.Keep(name, own); err != nil {
			return err
		}
	}
	if filepath.Clean(c.Map) == filepath.Clean(c.Output) {
		return review.Fail(review.BadArgument, review.Args{"name": "map", "value": c.Map})
	}
	return nil
}

// decode writes the take, or as much of it as is good, and tells in broke why
// that is not all.
func (c *decodeCmd) decode(ctx context.Context, source playback.Source, t playback.Take) (frames int64, broke, err error) {
	r, err := c.write(ctx, source, t)
	if r != nil && r.Broken() != nil && r.Reached() > t.From {
		broke, t.To = r.Broken(), r.Reached()
		r, err = c.write(ctx, source, t)
	}
	if err != nil {
		return 0, nil, err
	}
	return r.Frames(), broke, nil
}

// take is what the flags ask for.
func (c *decodeCmd) take(ctx context.Context, source playback.Source) (playback.Take, error) {
	length := format.At(source.Frames(), source.Rate()).Seconds()
	to := length
	if c.To != nil {
		to = *c.To
	}
	if !(c.From >= 0 && c.From < length) {
		return playback.Take{}, review.Fail(review.BadArgument, review.Args{"name": "from", "value": c.From})
	}
	if !(to > c.From) {
		return playback.Take{}, review.Fail(review.BadArgument, review.Args{"name": "to", "value": to})
	}
	frame := func(second float64) int64 {
		return min(source.Frames(), int64(math.Round(min(second, length)*float64(source.Rate()))))
	}
	t := playback.Take{From: frame(c.From), To: frame(to), Speed: c.Speed}
	if !c.SkipSilence {
		return t, nil
	}
	peaks := sound.NewPeaks(source.Rate(), source.Channels(), source.Frames())
	err := peaks.Scan(ctx, source, func(time.Duration) {})
	if ctx.Err() != nil {
		return t, review.Fail(review.Cancelled, nil).Because(err)
	}
	// What breaks here breaks again when it is written, and is told there.
	t.Skip = peaks.Silences()
	return t, nil
}

// write writes the clip and, if it is asked for, the map.
func (c *decodeCmd) write(ctx context.Context, source playback.Source, t playback.Take) (*playback.Rendering, error) {
	r, err := playback.Render(source, t)
	if err != nil {
		return nil, err
	}
	shape := clip.Shape{Rate: source.Rate(), Channels: source.Channels(), Frames: r.Frames()}
	write := func(frames clip.Reader) error {
		return csv.WriteFile(ctx, c.Output, func(w io.Writer) error { return clip.Write(w, frames, shape) })
	}
	if c.Map == "" {
		return r, write(r)
	}
	return r, csv.WriteFile(ctx, c.Map, func(w io.Writer) error {
		m := &mapped{Rendering: r, out: w}
		return errors.Join(write(m), m.end())
	})
}

// mapped writes the anchors of a rendering while it is read, as one JSON array,
// so that a long map takes no memory.
type mapped struct {
	*playback.Rendering
	out   io.Writer
	begun bool
	err   error
}

func (m *mapped) ReadFrames(dst []float32) (int, error) {
	n, err := m.Rendering.ReadFrames(dst)
	m.put()
	return n, err
}

func (m *mapped) put() {
	for _, a := range m.Anchors() {
		separator := "[\n"
		if m.begun {
			separator = ",\n"
		}
		m.begun = true
		_, err := fmt.Fprintf(m.out, "%s[%d,%d]", separator, a[0], a[1])
		m.err = errors.Join(m.err, err)
	}
}

// end ends the array.
func (m *mapped) end() error {
	m.put()
	end := "\n]\n"
	if !m.begun {
		end = "[]\n"
	}
	_, err := io.WriteString(m.out, end)
	return errors.Join(m.err, err)
}
