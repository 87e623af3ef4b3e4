package main

import (
	"context"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sound"
)

type clipCmd struct {
	Of       string    `arg:"" name:"moment|call" help:"clip_of"`
	From     *float64  `help:"clip_from" placeholder:"SECONDS"`
	To       *float64  `help:"clip_to" placeholder:"SECONDS"`
	LeadIn   float64   `default:"5" help:"clip_lead" placeholder:"SECONDS"`
	Customer bool      `help:"clip_customer"`
	Beep     []stretch `help:"clip_beep" placeholder:"FROM-TO"`
	Output   string    `short:"o" help:"clip_output" placeholder:"FILE"`
	Reason   string    `help:"clip_reason" placeholder:"TEXT"`
}

// stretch is a span of a call, in seconds: 12.5-14.
type stretch struct{ sound.Span }

// UnmarshalText reads it.
func (s *stretch) UnmarshalText(raw []byte) error {
	from, to, _ := strings.Cut(string(raw), "-")
	a, err := strconv.ParseFloat(strings.TrimSpace(from), 64)
	b, err2 := strconv.ParseFloat(strings.TrimSpace(to), 64)
	if err != nil || err2 != nil || !(b > a) {
		return review.Fail(review.BadArgument, review.Args{"name": "beep", "value": string(raw)})
	}
	// The tone hides a millisecond that a span holds a part of.
	s.Span = sound.Span{From: seconds(math.Floor(a*1000) / 1000), To: seconds(math.Ceil(b*1000) / 1000)}
	return nil
}

type clipped struct {
	File     string  `json:"file"`
	Call     string  `json:"call"`
	From     float64 `json:"from"` // with the lead-in
	To       float64 `json:"to"`
	Rate     int     `json:"rate"` // before it is encoded
	Channels int     `json:"channels"`
	Duration float64 `json:"duration"`
}

// Run writes a piece of a call as sound.
func (c *clipCmd) Run(ctx context.Context, s *session) error {
	request := desk.ClipRequest{Of: c.Of, Lead: seconds(c.LeadIn), Customer: c.Customer}
	for at, given := range map[**time.Duration]*float64{&request.From: c.From, &request.To: c.To} {
		if given != nil {
			t := seconds(*given)
			*at = &t
		}
	}
	for _, b := range c.Beep {
		request.Beeps = append(request.Beeps, b.Span)
	}
	clip, err := s.Clip(ctx, request)
	if err != nil {
		return err
	}
	file := c.Output
	if file == "" {
		file = clip.Name + ".wav"
	}
	if err := s.TakeClip(ctx, clip, c.Reason); err != nil {
		return err
	}
	shape, err := library.ClipFile(ctx, file, clip, func(int64, int64) {})
	if err != nil {
		return err
	}
	out := clipped{
		file, clip.Call, clip.Span.From.Seconds(), clip.Span.To.Seconds(), shape.Rate, shape.Channels,
		format.At(shape.Frames, shape.Rate).Seconds(),
	}
	return s.answer(out, func(w io.Writer) { row(w, s.texts.Say("ctl.wrote", review.Args{"file": file})) })
}
