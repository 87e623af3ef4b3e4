package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/earshot-app/earshot/assets/demo"
	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
)

// benchCmd does what the window does with a recording, without one, and says
// what it cost. "go run ./cmd/dev bench playback" runs these next to their
// peers.
type benchCmd struct {
	Play   benchPlayCmd   `cmd:"" lone:"" help:"bench_play"`
	Decode benchDecodeCmd `cmd:"" lone:"" help:"bench_decode"`
	Peaks  benchPeaksCmd  `cmd:"" lone:"" help:"bench_peaks"`
	Seek   benchSeekCmd   `cmd:"" lone:"" help:"bench_seek"`

	Headers benchHeadersCmd `cmd:"" lone:"" help:"bench_headers"`
}

// cost is what an act took.
type cost struct {
	Sound  float64 `json:"sound"`  // seconds of sound it was about
	Wall   float64 `json:"wall"`   // seconds it took
	CPU    float64 `json:"cpu"`    // seconds of one core
	Core   float64 `json:"core"`   // CPU over wall: the part of a core
	Memory uint64  `json:"memory"` // bytes that the program has of the system
}

// bench does the act, which answers how much sound it was about, and answers
// the cost.
func (s *session) bench(act func() (time.Duration, error)) error {
	cpu, begun := cpuTime(), time.Now()
	heard, err := act()
	took, used := time.Since(begun).Seconds(), (cpuTime() - cpu).Seconds()
	if err != nil {
		return err
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	c := cost{heard.Seconds(), took, used, used / took, memory.Sys}
	return s.answer(c, func(w io.Writer) {
		row(w, s.texts.Say("ctl.col_sound", nil), s.texts.Decimal(c.Sound, 3)+" s")
		row(w, s.texts.Say("ctl.col_wall", nil), s.texts.Decimal(c.Wall, 4)+" s")
		row(w, s.texts.Say("ctl.col_cpu", nil), s.texts.Decimal(c.CPU, 4)+" s")
		row(w, s.texts.Say("ctl.col_core", nil), s.texts.Decimal(100*c.Core, 2)+" %")
		row(w, s.texts.Say("ctl.col_memory", nil), s.texts.Decimal(float64(c.Memory)/(1<<20), 1)+" MB")
	})
}

type benchPlayCmd struct {
	File    string  `arg:"" optional:"" help:"bench_recording"`
	Seconds float64 `default:"10" help:"bench_seconds" placeholder:"SECONDS"`
	Speed   float64 `default:"1" help:"play_speed" placeholder:"X"`
}

// Run plays as the window does, but to nobody, over and over.
func (c *benchPlayCmd) Run(ctx context.Context, s *session) (err error) {
	if !(c.Seconds > 0) {
		return review.Fail(review.BadArgument, review.Args{"name": "seconds", "value": c.Seconds})
	}
	if !(c.Speed >= playback.Slowest && c.Speed <= playback.Fastest) {
		return review.Fail(review.BadArgument, review.Args{"name": "speed", "value": c.Speed})
	}
	source, err := c.open(ctx)
	if err != nil {
		return err
	}
	player := playback.NewPlayer(playback.System{}, func(playback.Event) {})
	defer player.Close()
	if err := player.Use(playback.NewSilent(playback.System{})); err != nil {
		return err
	}
	player.Load(source, 0, nil) // which closes it
	player.SetSpeed(c.Speed)
	player.SetLoop(sound.Span{From: 0, To: player.Duration()})
	return s.bench(func() (time.Duration, error) {
		player.Play()
		select {
		case <-ctx.Done():
			return 0, review.Fail(review.Cancelled, nil).Because(ctx.Err())
		case <-time.After(seconds(c.Seconds)):
			return time.Duration(c.Speed * float64(seconds(c.Seconds))), nil
		}
	})
}

// open opens the recording, or a demo call.
func (c *benchPlayCmd) open(ctx context.Context) (source playback.Source, err error) {
	if c.File != "" {
		return audio.Open(ctx, c.File)
	}
	dir, err := os.MkdirTemp("", "earshot-bench-")
	if err != nil {
		return nil, fmt.Errorf("make room for a demo call: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	call, err := fs.ReadFile(demo.Files(), "call-01.wav")
	if err != nil {
		return nil, fmt.Errorf("read a demo call: %w", err)
	}
	file := filepath.Join(dir, "call.wav")
	if err := os.WriteFile(file, call, 0o600); err != nil {
		return nil, fmt.Errorf("write a demo call: %w", err)
	}
	return audio.Open(ctx, file)
}

type benchDecodeCmd struct {
	File string `arg:"" help:"arg_recording"`
}

// Run opens and decodes the whole recording.
func (c *benchDecodeCmd) Run(ctx context.Context, s *session) error {
	return s.bench(func() (length time.Duration, err error) {
		source, err := audio.Open(ctx, c.File)
		if err != nil {
			return 0, err
		}
		defer func() { err = errors.Join(err, source.Close()) }()
		buffer := make([]float32, 8192)
		frames := int64(0)
		for {
			n, err := source.ReadFrames(buffer)
			frames += int64(n)
			if errors.Is(err, io.EOF) {
				return format.At(frames, source.Rate()), nil
			}
			if err = errors.Join(err, ctx.Err()); err != nil {
				return 0, err
			}
		}
	})
}

type benchPeaksCmd struct {
	File string `arg:"" help:"arg_recording"`
}

// Run opens a recording and makes all that its waveform shows.
func (c *benchPeaksCmd) Run(ctx context.Context, s *session) error {
	return s.bench(func() (length time.Duration, err error) {
		source, err := audio.Open(ctx, c.File)
		if err != nil {
			return 0, err
		}
		defer func() { err = errors.Join(err, source.Close()) }()
		peaks := sound.NewPeaks(source.Rate(), source.Channels(), source.Frames())
		if err := peaks.Scan(ctx, source, func(time.Duration) {}); err != nil {
			return 0, err
		}
		peaks.Silences()
		return peaks.Scanned(), nil
	})
}

type benchSeekCmd struct {
	File string    `arg:"" help:"arg_recording"`
	At   []float64 `default:"1800" help:"at" placeholder:"SECONDS"`
}

// Run opens a recording and reads the first sound at a place, for each place
// anew.
func (c *benchSeekCmd) Run(ctx context.Context, s *session) error {
	return s.bench(func() (read time.Duration, err error) {
		for _, at := range c.At {
			length, err := firstSound(ctx, c.File, at)
			if err != nil {
				return 0, err
			}
			read += length
		}
		return read, nil
	})
}

func firstSound(ctx context.Context, file string, at float64) (length time.Duration, err error) {
	source, err := audio.Open(ctx, file)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	if err := source.SeekFrame(int64(at * float64(source.Rate()))); err != nil {
		return 0, err
	}
	n, err := source.ReadFrames(make([]float32, 1024))
	return format.At(int64(n), source.Rate()), err
}
