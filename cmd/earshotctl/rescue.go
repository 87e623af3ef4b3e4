package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"io"

	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

type rescueCmd struct {
	Old string `arg:"" help:"arg_broken"`
	New string `arg:"" help:"arg_rescued"`
}

type lossRow struct {
	Table  string          `json:"table"`
	From   int64           `json:"from"`
	To     int64           `json:"to"`
	What   sqlite.LossKind `json:"what"`
	Detail string          `json:"detail,omitempty"`
}

type rescuedShown struct {
	Calls  int64     `json:"calls"`
	Events int64     `json:"events"`
	Rows   int64     `json:"rows"`
	Lost   []lossRow `json:"lost"`
}

// Run saves what can be read of a broken library into a new one, and lists the
// rest. It exits as failed where something is lost.
func (c *rescueCmd) Run(ctx context.Context, s *session) error {
	if err := library.Find(c.Old); err != nil {
		return err
	}
	seed, err := config.Standard().Identity(rand.Reader)
	if err != nil {
		return err
	}
	author, err := journal.NewAuthor(seed)
	if err != nil {
		return err
	}
	done, err := sqlite.Rescue(ctx, c.Old, c.New, []ed25519.PublicKey{author.Public()})
	if err != nil {
		return err
	}
	out := rescuedShown{Calls: done.Calls, Events: done.Events, Rows: done.Rows, Lost: []lossRow{}}
	for _, l := range done.Lost {
		out.Lost = append(out.Lost, lossRow(l))
	}
	err = s.answer(out, func(w io.Writer) { out.print(s, w) })
	if err == nil && len(out.Lost) > 0 {
		err = errNo
	}
	return err
}

func (r rescuedShown) print(s *session, w io.Writer) {
	row(w, s.texts.Say("ctl.rescued", review.Args{"calls": int(r.Calls), "events": int(r.Events)}))
	if len(r.Lost) == 0 {
		return
	}
	s.heads(w, "table", "from", "to", "lost")
	for _, l := range r.Lost {
		from, to := whole(l.From), whole(l.To)
		if l.From == 0 {
			from, to = "", ""
		} else if l.To == 0 {
			to = "…"
		}
		row(w, l.Table, from, to, s.texts.Say("ctl.lost_"+string(l.What), nil), l.Detail)
	}
}
