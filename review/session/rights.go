package session

import (
	"slices"

	"github.com/earshot-app/earshot/review/journal"
)

// Rights say who may say what, as the story itself tells it. They are read from
// all of it before anything else is, because somebody may be admitted, or a
// call be named, after they heard it: when members bring files, the host does
// not know them before.
type rights struct {
	id       string
	blind    bool
	refused  map[Reason]int
	hosted   map[int]bool // by place: the host said it, or somebody who leaves
	parts    map[string][]part
	rounds   map[string]int // by call
	calls    map[int]journal.SessionCall
	revealed map[int]bool
}

// A part is that somebody was let in or out at a place of the story.
type part struct {
	at int
	in bool
}

// rights reads who hosts, who takes part and which calls there are.
func (s *Story) rights() *rights {
	r := &rights{
		id: s.id, refused: map[Reason]int{}, hosted: map[int]bool{}, parts: map[string][]part{},
		rounds: map[string]int{}, calls: map[int]journal.SessionCall{}, revealed: map[int]bool{},
	}
	host := ""
	for i, e := range s.events {
		if opened, ok := e.body.(journal.SessionOpened); ok {
			if host == "" {
				host, r.blind, r.hosted[i] = e.Author, opened.Blind, true
				r.parts[host] = []part{{0, true}}
			}
			continue
		}
		left, leaves := e.body.(journal.MemberRemoved)
		leaves = leaves && left.Member == e.Author
		if host == "" || e.Author != host && !leaves {
			continue
		}
		r.hosted[i] = true
		host = r.read(i, e, host)
	}
	return r
}

// read takes in what the host said at a place and answers who hosts then.
func (r *rights) read(at int, e event, host string) string {
	switch b := e.body.(type) {
	case journal.MemberAdmitted:
		r.parts[b.Member] = append(r.parts[b.Member], part{at, true})
	case journal.MemberRemoved:
		r.parts[b.Member] = append(r.parts[b.Member], part{at, false})
	case journal.HostChanged:
		r.parts[b.To] = append(r.parts[b.To], part{at, true})
		return b.To
	case journal.SessionCall:
		_, named := r.rounds[b.Call]
		if _, taken := r.calls[b.Round]; !named && !taken && b.Round > 0 {
			r.rounds[b.Call], r.calls[b.Round] = b.Round, b
		}
	case journal.RoundRevealed:
		r.revealed[b.Round] = true
	}
	return host
}

// refuses answers why the event at a place is not part of the session, or "".
func (r *rights) refuses(at int, e event) Reason {
	switch {
	case e.broken:
		return Unreadable
	case e.Session != r.id:
		return OtherSession
	case journal.OfSession(e.Type) && e.body != nil:
		if r.hosted[at] {
			return ""
		}
		return NotAllowed
	case !r.takesPart(e.Author, at):
		return Stranger
	case e.body != nil && !slices.Contains(says, e.Type):
		return NotAllowed
	case !r.aboutUs(e):
		return OtherCall
	}
	return ""
}

// says are the types of what a member says. A type that is not known yet is
// kept too, and changes nothing.
var says = []journal.Type{
	journal.TypeMomentAdded, journal.TypeMomentMoved, journal.TypeMomentRemoved, journal.TypeWordsChanged,
	journal.TypePraiseAdded, journal.TypePraiseRemoved, journal.TypeCallHeard, journal.TypeCallSkipped,
	journal.TypeIssueNamed, journal.TypeUndone,
}

// takesPart reports whether an author was a member at a place. Whoever is let
// in was a member from the start: see [rights].
func (r *rights) takesPart(author string, at int) bool {
	parts := r.parts[author]
	if len(parts) == 0 {
		return false
	}
	in := parts[0].in
	for _, p := range parts {
		if p.at < at {
			in = p.in
		}
	}
	return in
}

// aboutUs reports whether e is about a call of the session, if about any, and
// was said of that call's round.
func (r *rights) aboutUs(e event) bool {
	round := e.Round
	if uid := journal.CallOf(e.body); uid != "" {
		of, ok := r.rounds[uid]
		return ok && (round == 0 || round == of)
	}
	_, ok := r.calls[round]
	return round == 0 || ok
}

// round is the round that e was said of, or 0.
func (r *rights) round(e event) int {
	if of, ok := r.rounds[journal.CallOf(e.body)]; ok {
		return of
	}
	return e.Round
}

// hidden reports whether e lies with its author and the host alone.
func (r *rights) hidden(e event) bool {
	round := r.round(e)
	return r.blind && round > 0 && !journal.OfSession(e.Type) && !r.revealed[round]
}
