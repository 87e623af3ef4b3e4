package session

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// model is what the page shows and what the keys do, without Fyne.
type model struct {
	texts *text.Catalog
	zone  *time.Location
	me    string

	known  bool // the sessions were read
	all    []overview
	draws  []desk.Draw // the latest first
	chosen int         // of all

	shown string // id of the session in front; "" for none
	room  *room  // of shown; nil while it is read
}

func (m *model) say(key text.Key, args review.Args) string { return m.texts.Say(key, args) }

// show puts a session in front, or with "" the list of all.
func (m *model) show(id string) {
	if id != m.shown {
		m.shown, m.room = id, nil
	}
}

// tookAll takes in what was read of all sessions. The chosen one stays chosen.
func (m *model) tookAll(all []overview, draws []desk.Draw) {
	before := ""
	if m.chosen < len(m.all) {
		before = m.all[m.chosen].ID
	}
	m.all, m.draws, m.known = all, slices.Clone(draws), true
	slices.Reverse(m.draws)
	m.chosen = max(0, slices.IndexFunc(all, func(o overview) bool { return o.ID == before }))
}

// tookRoom takes in what was read of the session in front. What one was at
// stays chosen.
func (m *model) tookRoom(r *room) {
	r.model = m
	if m.room != nil {
		r.keep(m.room)
	} else {
		r.round = max(0, slices.Index(r.numbers(), r.state.At))
	}
	m.room = r
	r.settle()
}

// as is what this person was called in their latest session, or offered.
func (m *model) as(offered string) string {
	for _, o := range m.all {
		if name := o.names[m.me]; name != "" {
			return name
		}
	}
	return offered
}

// titleOf names a session.
func (m *model) titleOf(s desk.Shared) string {
	if s.Name != "" {
		return s.Name
	}
	return m.say("session.unnamed", review.Args{"date": m.texts.Day(s.Joined, m.zone)})
}

// drawName names a draw as the Listen page does.
func (m *model) drawName(d desk.Draw) string {
	_, week := d.At.In(m.zone).ISOWeek()
	return m.say("session.draw", review.Args{"number": d.Number, "week": week, "n": d.Size, "done": d.Done})
}

// A line is a session in the list.
type line struct{ title, about, state string }

func (m *model) line(n int) line {
	if n >= len(m.all) {
		return line{}
	}
	o := m.all[n]
	part := text.Key("session.as-member")
	if o.Hosting {
		part = "session.as-host"
	}
	about := []string{m.texts.DateTime(o.Joined, m.zone)}
	if o.calls > 0 { // else nothing is known of it yet
		about = append(about, m.say("session.calls", review.Args{"n": o.calls}), m.say(part, nil), m.manner(o.Blind, o.Together))
	} else {
		about = append(about, m.say(part, nil))
	}
	return line{m.titleOf(o.Shared), strings.Join(about, " · "), m.stateOf(o)}
}

// manner says how a session is held.
func (m *model) manner(blind, together bool) string {
	tags, pace := text.Key("session.open"), text.Key("session.own-pace")
	if blind {
		tags = "session.blind"
	}
	if together {
		pace = "session.together"
	}
	return m.say(pace, nil) + " · " + m.say(tags, nil)
}

// stateOf says whether a session goes on, is complete, or whose tags are on
// their way.
func (m *model) stateOf(o overview) string {
	switch {
	case !o.Closed:
		return m.say("session.goes-on", nil)
	case !o.counted:
		return m.say("session.left", nil)
	case len(o.missing) == 0:
		return m.say("session.complete", nil)
	}
	return m.onTheWay(o.missing, func(author string) string { return o.names[author] })
}

// onTheWay names those whose tags have not all come.
func (m *model) onTheWay(missing map[string]int, name func(author string) string) string {
	var who []string
	for _, author := range slices.Sorted(maps.Keys(missing)) {
		who = append(who, m.called(author, name(author)))
	}
	return m.say("session.on-the-way", review.Args{"names": strings.Join(who, ", ")})
}

// called is what the page calls a member: the person at this machine "you", and
// who has no name yet by the beginning of their id.
func (m *model) called(author, name string) string {
	switch {
	case author == m.me:
		return m.say("session.you", nil)
	case name == "":
		return m.say("session.nameless", review.Args{"id": author[:min(4, len(author))]})
	}
	return name
}

// move goes up or down in what one is at.
func (m *model) move(by int) {
	if m.shown == "" {
		m.chosen = max(0, min(len(m.all)-1, m.chosen+by))
	} else if m.room != nil {
		m.room.move(by)
	}
}

// trace is what the page shows, a line each.
func (m *model) trace() []string {
	rows := []string{}
	switch {
	case m.shown == "" && m.known && len(m.all) == 0:
		rows = append(rows, m.say("session.none", nil))
	case m.shown == "":
		for n := range m.all {
			l := m.line(n)
			rows = append(rows, l.title+": "+l.about+" · "+l.state)
		}
	case m.room != nil:
		rows = m.room.trace()
	}
	return rows
}
