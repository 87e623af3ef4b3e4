package catalog

import (
	"strings"
	"time"
	"unique"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// A row is one usable line of a table. A table may have a million, so a row
// keeps nothing of the line it was read from, and one copy of what many lines
// say.
type row struct {
	callID          string
	customer        review.Private
	agent           unique.Handle[review.Private]
	queue, category unique.Handle[string]
	direction       unique.Handle[string]
	fields          []unique.Handle[review.Field]
	start           int64 // Unix milliseconds, or unset
	duration        time.Duration
	line            int32
	hits            int32 // recordings of another folder that have the row's file name
	exact           bool  // a recording has exactly the row's path
	used            bool  // a recording was given the row
}

const unset = -1 << 63

// pack makes a row of what a line says.
func pack(m desk.Meta, line int) row {
	r := row{
		callID:    strings.Clone(m.CallID),
		customer:  m.Customer,
		agent:     unique.Make(m.Agent),
		queue:     unique.Make(m.Queue),
		category:  unique.Make(m.Category),
		direction: unique.Make(m.Direction),
		fields:    packed(m.Fields),
		start:     unset,
		duration:  m.Duration,
		line:      int32(line),
	}
	if !m.Start.IsZero() {
		r.start = m.Start.UnixMilli()
	}
	return r
}

// meta is what the row was packed from.
func (r *row) meta() desk.Meta {
	m := desk.Meta{
		CallID: r.callID, Duration: r.duration, Customer: r.customer, Agent: r.agent.Value(),
		Queue: r.queue.Value(), Category: r.category.Value(), Direction: r.direction.Value(),
		Fields: unpacked(r.fields),
	}
	if r.start != unset {
		m.Start = time.UnixMilli(r.start).UTC()
	}
	return m
}
