package session

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/session"
)

// A person is a line of the roster.
type person struct {
	name, state, letter string
	done, away          bool
}

var presences = map[session.Presence]text.Key{
	session.Listening: "session.listening", session.Done: "session.done", session.Away: "session.away",
}

func (r *room) personAt(n int) person {
	if n >= len(r.roster) {
		return person{}
	}
	a := r.roster[n]
	p := person{name: r.name(a.Author), done: a.State == session.Done, away: a.State == session.Away}
	if first, _ := utf8.DecodeRuneInString(p.name); p.name != "" {
		p.letter = strings.ToUpper(string(first))
	}
	if a.Author == r.state.Host {
		p.name = r.say("session.the-host", review.Args{"name": p.name})
	}
	key := presences[a.State]
	if !r.running && a.State != session.Done { // nobody can tell who is there
		key = "session.not-done"
		if r.state.Host != r.me && r.state.Blind && a.Author != r.me { // nor what is hidden
			key = "session.unknown"
		}
	}
	p.state = r.say(key, nil)
	if missing, _ := r.state.Complete(); missing[a.Author] > 0 {
		p.state += ", " + r.say("session.tags-coming", nil)
	}
	return p
}

// A callLine is a line of the list of calls.
type callLine struct{ number, start, length, mine, state string }

func (r *room) callLine(n int) callLine {
	if n >= len(r.state.Calls) {
		return callLine{}
	}
	c := &r.state.Calls[n]
	l := callLine{
		number: r.model.texts.Int(c.Round), start: r.model.texts.DateTime(time.Unix(c.Start, 0), r.model.zone),
		length: r.model.texts.Clock(time.Duration(c.Length) * time.Millisecond),
	}
	for _, more := range []string{c.Queue, c.Category} {
		if more != "" {
			l.start += " · " + more
		}
	}
	if c.Said[r.me].Done() {
		l.mine = r.say("session.mine-done", nil)
	}
	switch {
	case c.Consensus != nil:
		l.state = r.say("session.agreed", nil)
	case c.Revealed:
		l.state = r.say("session.revealed", nil)
	case r.places[c.Round] == "":
		l.state = r.say("session.to-come", nil)
	case c.Round == r.state.At:
		l.state = r.say("session.now", nil)
	}
	return l
}

// A tableLine is an issue of a revealed call.
type tableLine struct {
	name    string
	cells   []session.Cell
	discuss string // what the button says; "" where all agree
	note    string // in place of the button
}

// signs tell what a cell says; the chosen line tells the same in words.
var signs = map[session.Cell]string{session.Heard: "●", session.NotHeard: "○", session.NotDone: "…", session.Unlisted: "–"}

func (r *room) tableLine(n int) tableLine {
	if n >= len(r.table.Rows) {
		return tableLine{}
	}
	row := r.table.Rows[n]
	l := tableLine{name: r.issueName(row.Issue, row.Name), cells: row.Cells}
	if len(row.Names) > 0 {
		l.name = r.say("session.also", review.Args{"name": l.name, "names": strings.Join(row.Names, ", ")})
	}
	if row.Of > 1 && row.Heard == row.Of {
		l.note = r.say("session.all-agree", nil)
	} else {
		l.discuss = r.say("session.discuss", review.Args{"at": r.model.texts.Clock(row.At)})
	}
	return l
}

// issueName names an issue, also one whose naming is on its way.
func (r *room) issueName(id, name string) string {
	if name != "" {
		return name
	}
	return r.say("session.nameless", review.Args{"id": id[:min(4, len(id))]})
}

// inWords tells a line of the table to whoever does not see its signs.
func (r *room) inWords(n int) string {
	if n >= len(r.table.Rows) {
		return ""
	}
	row := r.table.Rows[n]
	who := map[session.Cell][]string{}
	for i, cell := range row.Cells {
		who[cell] = append(who[cell], r.name(r.table.Members[i]))
	}
	var parts []string
	for _, part := range []struct {
		cell session.Cell
		key  text.Key
	}{
		{session.Heard, "session.heard-by"},
		{session.NotHeard, "session.not-heard-by"},
		{session.NotDone, "session.not-done-by"},
		{session.Unlisted, "session.unlisted-for"},
	} {
		if names := who[part.cell]; len(names) > 0 {
			parts = append(parts, r.say(part.key, review.Args{"names": strings.Join(names, ", ")}))
		}
	}
	return strings.Join(parts, " ")
}

// head is what stands above a member's column: their name or, where there are many,
// its initials.
func (r *room) head(member string) string {
	name := r.name(member)
	if len(r.table.Members) <= fewMembers || member == r.me {
		return name
	}
	letters := ""
	for _, word := range strings.FieldsFunc(name, func(c rune) bool { return !unicode.IsLetter(c) }) {
		if first, _ := utf8.DecodeRuneInString(word); utf8.RuneCountInString(letters) < 2 {
			letters += strings.ToUpper(string(first))
		}
	}
	return letters
}

// tableTitle says which call the table is about and how it stands.
func (r *room) tableTitle() string {
	c := r.call()
	if c == nil {
		return ""
	}
	key := text.Key("session.call")
	switch {
	case c.Consensus != nil:
		key = "session.call-agreed"
	case r.shownToAll():
		key = "session.call-revealed"
	}
	return r.say(key, review.Args{"n": c.Round})
}

// noTable says why there is nothing to see of the chosen call.
func (r *room) noTable() string {
	switch {
	case r.call() == nil:
		return r.say("session.no-calls", nil)
	case r.shownToAll():
		return r.say("session.nothing-heard", nil)
	}
	waiting, known := r.waiting()
	switch {
	case !known:
		return r.say("session.hidden", nil)
	case len(waiting) == 0:
		return r.say("session.hidden", nil) + " " + r.say("session.everybody-done", nil)
	}
	return r.say("session.hidden", nil) + " " + r.say("session.waiting-for", review.Args{"names": strings.Join(waiting, ", ")})
}
