package session

import (
	"slices"
	"strings"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/session"
)

// A zone is a part of a session's page that the arrows move in.
type zone int

const (
	inCalls zone = iota
	inTable
	inPeople
	zones
)

// room is the session in front.
type room struct {
	model     *model
	me        string
	shared    desk.Shared
	state     *session.State
	names     map[string]string
	places    map[int]string // this library's uids, by round; "" for a call that is still to come
	roster    []session.Attendee
	agreement session.Agreement
	running   bool
	elsewhere string // where it runs, if not on this machine
	through   through

	zone                zone
	person, round, line int           // the chosen ones, by their place in roster, state.Calls and table
	table               session.Table // of the chosen call
}

// through is who of the members is through with a round.
type through struct {
	round  int
	roster []session.Attendee
}

// keep stays at what was chosen before.
func (r *room) keep(before *room) {
	r.zone, r.person, r.round, r.line = before.zone, before.person, before.round, before.line
	if before.state.At != r.state.At && r.state.Together {
		r.round = max(0, slices.Index(r.numbers(), r.state.At))
	}
	if before.line < len(before.table.Rows) && before.round == r.round {
		issue := before.table.Rows[before.line].Issue
		rows := r.state.Table(r.number()).Rows
		r.line = max(0, slices.IndexFunc(rows, func(row session.Row) bool { return row.Issue == issue }))
	}
}

// settle keeps the chosen ones within what there is.
func (r *room) settle() {
	within := func(n *int, of int) { *n = max(0, min(of-1, *n)) }
	within(&r.person, len(r.roster))
	within(&r.round, len(r.state.Calls))
	r.table = r.state.Table(r.number())
	within(&r.line, len(r.table.Rows))
}

// numbers are the rounds by their place in the list.
func (r *room) numbers() []int {
	var all []int
	for _, c := range r.state.Calls {
		all = append(all, c.Round)
	}
	return all
}

// number is the chosen round; 0 for none.
func (r *room) number() int {
	if r.round >= len(r.state.Calls) {
		return 0
	}
	return r.state.Calls[r.round].Round
}

// call is the chosen one; nil for none.
func (r *room) call() *session.Call { return r.state.Call(r.number()) }

func (r *room) move(by int) {
	switch r.zone {
	case inPeople:
		r.person += by
	case inTable:
		r.line += by
	default:
		r.goTo(r.round + by)
	}
	r.settle()
}

// goTo chooses a call by its place in the list.
func (r *room) goTo(place int) {
	if place = max(0, min(len(r.state.Calls)-1, place)); place != r.round {
		r.round, r.line = place, 0
	}
	r.settle()
}

// turn goes to the next part of the page, or back.
func (r *room) turn(by int) { r.zone = (r.zone + zone(by) + zones) % zones }

// hosting reports whether this person is the host of a session that goes on.
func (r *room) hosting() bool { return r.state.Host == r.me && !r.state.Closed && !r.shared.Closed }

// next is the round after the one that everybody is at; 0 for none.
func (r *room) next() int {
	if r.state.Call(r.state.At+1) == nil {
		return 0
	}
	return r.state.At + 1
}

// shownToAll reports whether who heard what in the chosen call may be seen.
func (r *room) shownToAll() bool {
	c := r.call()
	return c != nil && (c.Revealed || !r.state.Blind)
}

// canReveal reports whether the host can reveal the chosen call, or with all,
// any.
func (r *room) canReveal(all bool) bool {
	if !r.hosting() || !r.state.Blind {
		return false
	}
	if all {
		return slices.ContainsFunc(r.state.Calls, func(c session.Call) bool { return !c.Revealed })
	}
	return r.call() != nil && !r.call().Revealed
}

// agreed reports whether any consensus was recorded.
func (r *room) agreed() bool {
	return slices.ContainsFunc(r.state.Calls, func(c session.Call) bool { return c.Consensus != nil })
}

// waiting are the members who are not through with the chosen call. Only the
// host can tell, of the call that the page was read for: who a member waits for
// is hidden as the tags are.
func (r *room) waiting() (who []string, known bool) {
	if r.state.Host != r.me || r.through.round == 0 || r.through.round != r.number() {
		return nil, false
	}
	for _, a := range r.through.roster {
		if a.State != session.Done {
			who = append(who, r.name(a.Author))
		}
	}
	return who, true
}

// place is this library's uid of the chosen call, and where the chosen line of
// the table is discussed from when one is at it; "" while the call is still to
// come.
func (r *room) place() (uid string, at time.Duration) {
	if r.zone == inTable && r.line < len(r.table.Rows) {
		at = r.table.Rows[r.line].From
	}
	return r.places[r.number()], at
}

// other is the chosen person, if that is another than the host may not part
// with; "" for none.
func (r *room) other() string {
	if !r.hosting() || !r.running || r.person >= len(r.roster) || r.roster[r.person].Author == r.me {
		return ""
	}
	return r.roster[r.person].Author
}

func (r *room) name(author string) string { return r.model.called(author, r.names[author]) }

func (r *room) say(key text.Key, args review.Args) string { return r.model.say(key, args) }

// title and subtitle stand above the page.
func (r *room) title() string {
	shared := r.shared
	if r.state.Name != "" {
		shared.Name = r.state.Name
	}
	return r.model.titleOf(shared)
}

// told reports whether anything is known of the session yet.
func (r *room) told() bool { return r.state.Host != "" }

// note says who sees whose tags.
func (r *room) note() string {
	switch {
	case r == nil || !r.told():
		return ""
	case r.state.Blind:
		return r.say("session.blind-note", nil)
	}
	return r.say("session.open-note", nil)
}

func (r *room) subtitle() string {
	switch {
	case !r.told() && r.running:
		return r.say("session.not-told", nil)
	case !r.told():
		return r.where()
	}
	parts := []string{r.where(), r.say("session.people", review.Args{"n": len(r.roster)}), r.model.manner(r.state.Blind, r.state.Together)}
	if missing, closed := r.state.Complete(); closed {
		if len(missing) == 0 {
			parts = append(parts, r.say("session.complete", nil))
		} else {
			parts = append(parts, r.model.onTheWay(missing, func(author string) string { return r.names[author] }))
		}
	}
	return strings.Join(parts, " · ")
}

// where says whether the session runs, and who hosts it.
func (r *room) where() string {
	switch {
	case r.state.Closed || r.shared.Closed:
		return r.say("session.closed", nil)
	case !r.running:
		return r.say("session.offline", nil)
	case r.state.Host == r.me && r.elsewhere != "":
		return r.say("session.hosted-at", review.Args{"address": r.elsewhere})
	case r.state.Host == r.me:
		return r.say("session.hosted-here", nil)
	}
	return r.say("session.hosted-by", review.Args{"name": r.name(r.state.Host)})
}

func (r *room) trace() []string {
	rows := []string{r.title(), r.subtitle()}
	for n := range r.roster {
		p := r.personAt(n)
		rows = append(rows, p.name+": "+p.state)
	}
	for n := range r.state.Calls {
		l := r.callLine(n)
		rows = append(rows, strings.Join([]string{l.number, l.start, l.length, l.mine, l.state}, " | "))
	}
	for n := range r.table.Rows {
		rows = append(rows, r.tableLine(n).name+": "+r.inWords(n)+" "+r.agreedOn(n))
	}
	if len(r.table.Rows) > 0 {
		rows = append(rows, r.alpha())
	}
	return rows
}
