package sqlite

import (
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// saidColumns are how the start of a call c was told, in the order of
// [review.Said].
const saidColumns = `, c.start_said, c.start_zone, c.zone_guessed`

// begin overlays when the metadata says that the call began. A day alone does
// not go over a start that is known.
func (r *row) begin(m desk.Meta) {
	if m.Start.IsZero() || m.StartRough && !r.guessed {
		return
	}
	r.started, r.guessed = m.Start.Unix(), m.StartRough
	if m.StartSaid != "" {
		r.said = review.Said{Text: m.StartSaid, Zone: m.Zone, Guessed: m.ZoneGuessed}
	}
}

// followedBy reports whether e is a later recording of the call's contact: where
// a customer was put through, who answered first and where holds.
func (r *row) followedBy(e desk.Entry) bool {
	return e.Contact != "" && !r.guessed && e.Meta.Start.Unix() > r.started
}

// sourceOf finds or makes the source of e. On which side its agents are is told
// by its first recording; from then on a person says so.
func (in *importer) sourceOf(e desk.Entry) (int64, error) {
	if e.AgentFirst && in.ids[[2]string{"source", e.Root}] == 0 {
		err := in.exec(`INSERT INTO source(root, swapped) VALUES(?, 1) ON CONFLICT DO NOTHING`, e.Root)
		if err != nil {
			return 0, err
		}
	}
	return in.source(e.Root)
}
