package main

import (
	"context"
	"io"
	"strconv"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

type sourcesCmd struct {
	Problems string `help:"problems" placeholder:"FOLDER"`
}

type sourceRow struct {
	Source     string `json:"source"`
	Recordings int64  `json:"recordings"`
	Missing    int64  `json:"missing"`
	From       string `json:"from"`
	To         string `json:"to"`
	Looked     string `json:"looked"` // "" where nobody looked through all of it
	Files      int64  `json:"files"`
	Problems   int64  `json:"problems"`
	Metadata   string `json:"metadata"`
	Profile    string `json:"profile"`
	// Why the last look through it was none, "" when it was.
	Code   review.Code `json:"code"`
	Reason string      `json:"reason"`

	first, last, whole time.Time
}

// Run lists where recordings come from, or what was wrong in one of the places.
func (c *sourcesCmd) Run(ctx context.Context, s *session) error {
	if c.Problems != "" {
		return s.problemsOf(ctx, c.Problems)
	}
	sources, err := s.Sources(ctx)
	if err != nil {
		return err
	}
	rows := make([]sourceRow, len(sources))
	for i, l := range sources {
		rows[i] = s.toSourceRow(l)
	}
	return s.answer(rows, func(w io.Writer) {
		s.heads(w, "source", "recordings", "missing", "from", "to", "looked", "problems")
		for _, r := range rows {
			row(w, r.Source, whole(r.Recordings), whole(r.Missing), dayOf(r.first), dayOf(r.last), minute(r.whole), whole(r.Problems), r.Reason)
		}
	})
}

func (s *session) toSourceRow(l desk.LookedAt) sourceRow {
	r := sourceRow{
		Source: l.Root, Recordings: l.Recordings, Missing: l.Missing, From: instant(l.First), To: instant(l.Last),
		Looked: instant(l.Whole), Files: l.Files, Problems: l.Problems, Metadata: l.Metadata, Profile: l.Profile,
		first: l.First, last: l.Last, whole: l.Whole,
	}
	if l.Failed != nil {
		r.Code = l.Failed.Code
		r.Reason, _ = s.texts.Error(l.Failed)
	}
	return r
}

func (s *session) problemsOf(ctx context.Context, path string) error {
	root, err := s.SourceAt(ctx, path)
	if err != nil {
		return err
	}
	problems, err := s.ProblemsOf(ctx, root)
	if err != nil {
		return err
	}
	rows := []problem{}
	for _, p := range problems {
		reason, _ := s.texts.Error(p.Reason)
		rows = append(rows, problem{p.File, p.Line, p.Reason.Code, reason})
	}
	return s.answer(rows, func(w io.Writer) {
		for _, r := range rows {
			s.printProblem(w, r)
		}
	})
}

func whole(n int64) string { return strconv.FormatInt(n, 10) }

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(time.DateOnly)
}

func minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return local(t)
}

type rescanCmd struct {
	Sources []string `arg:"" optional:"" name:"source" help:"arg_source"`
}

type rescanned struct {
	imported
	Sources int         `json:"sources"`
	Files   int64       `json:"files"`
	Moved   int         `json:"moved"`
	Gone    int         `json:"gone"`
	Back    int         `json:"back"`
	Failed  []sourceRow `json:"failed"`
}

// Run looks through sources again. A stop by Ctrl+C prints what was done.
func (c *rescanCmd) Run(ctx context.Context, s *session) error {
	done, err := s.Rescan(ctx, c.Sources, nil)
	if err != nil && review.CodeOf(err) != review.Cancelled {
		return err
	}
	out := rescanned{
		imported: s.toImported(done.Imported), Sources: done.Sources, Files: done.Files,
		Moved: done.Moved, Gone: done.Gone, Back: done.Back, Failed: []sourceRow{},
	}
	for _, f := range done.Failed {
		out.Failed = append(out.Failed, s.toSourceRow(f))
	}
	shown := s.answer(out, func(w io.Writer) {
		row(w, s.texts.Say("ctl.rescanned", review.Args{"n": out.Sources, "files": int(out.Files)}))
		row(w, s.texts.Say("ctl.rescanned_found", review.Args{"moved": out.Moved, "gone": out.Gone, "back": out.Back}))
		for _, f := range out.Failed {
			row(w, s.texts.Say("ctl.problem", review.Args{"file": f.Source, "reason": f.Reason}))
		}
		s.printImport(w, out.imported)
	})
	if shown != nil {
		return shown
	}
	return err
}
