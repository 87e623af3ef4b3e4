package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
)

type searchCmd struct {
	Words []string `arg:"" help:"arg_words"`
	Limit int      `help:"search_limit" default:"50" placeholder:"N"`
	Skip  int      `help:"search_skip" default:"0" placeholder:"N"`
}

// hit is one turn that a search found.
type hit struct {
	UID     string `json:"uid"`
	AtMS    int64  `json:"at_ms"`
	Who     string `json:"who"`
	Snippet string `json:"snippet"`

	name, start string
}

// Run searches the transcripts: the calls that hold all words, newest first,
// with the first turns of each.
func (c *searchCmd) Run(ctx context.Context, s *session) error {
	found, err := s.Search(ctx, strings.Join(c.Words, " "), desk.Page{Skip: c.Skip, Limit: c.Limit})
	if err != nil {
		return err
	}
	hits := []hit{}
	for _, call := range found.Calls {
		for _, h := range call.Hits {
			hits = append(hits, hit{
				UID: call.Call.UID, AtMS: h.At.Milliseconds(), Who: who(h.Role, h.Voice), Snippet: h.Text(),
				name: s.speaker(h.Role, h.Voice), start: s.texts.Clock(h.At),
			})
		}
	}
	return s.answer(hits, func(w io.Writer) {
		for _, h := range hits {
			row(w, h.UID, h.start, h.name, s.texts.Spoken(h.Snippet))
		}
		if shown := len(found.Calls); shown < found.Total {
			row(w, s.texts.Say("ctl.search_more", review.Args{"n": found.Total, "shown": shown}))
		}
	})
}

type transcriptCmd struct {
	UID string `arg:"" help:"arg_uid"`
}

type spokenTurn struct {
	AtMS    int64  `json:"at_ms"`
	UntilMS int64  `json:"until_ms"`
	Who     string `json:"who"`
	Text    string `json:"text"`
}

// Run prints what a transcript says was said in a call.
func (c *transcriptCmd) Run(ctx context.Context, s *session) error {
	t, err := s.Transcript(ctx, c.UID)
	if err != nil {
		return err
	}
	turns := []spokenTurn{}
	for _, turn := range t.Turns {
		turns = append(turns, spokenTurn{turn.At.Milliseconds(), turn.Until.Milliseconds(), who(turn.Role, turn.Voice), turn.Text})
	}
	return s.answer(turns, func(w io.Writer) {
		for _, turn := range t.Turns {
			row(w, s.texts.Clock(turn.At), s.speaker(turn.Role, turn.Voice), s.texts.Spoken(turn.Text))
		}
	})
}

// who names a speaker for scripts: a role, "voice 1" or "".
func who(role dialogue.Role, voice int) string {
	if role == dialogue.Unknown && voice > 0 {
		return fmt.Sprint("voice ", voice)
	}
	return string(role)
}

// speaker names one for people.
func (s *session) speaker(role dialogue.Role, voice int) string {
	switch {
	case role != dialogue.Unknown:
		return s.texts.Say(text.Key("transcript."+string(role)), nil)
	case voice > 0:
		return s.texts.Say("transcript.voice", review.Args{"n": voice})
	default:
		return s.texts.Say("transcript.unknown", nil)
	}
}
