package library

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
)

// Searching is what the search asks of the library; *desk.Desk does it.
type Searching interface {
	Transcribed(ctx context.Context) (int, error)
	Search(ctx context.Context, typed string, page desk.Page) (desk.Findings, error)
}

// mostFound is how many calls a search shows: who has to look through more needs
// better words.
const mostFound = 50

// leadIn is how long before its words a call that was found begins to play.
const leadIn = 5 * time.Second

// search is the state of searching in transcripts.
type search struct {
	asked  string // what was searched for, "" while all calls are listed
	hits   []hitRow
	calls  int // that were found
	chosen int // of the hits
}

// hitRow is a turn in which something was found.
type hitRow struct {
	uid   string
	at    time.Duration
	call  string // when it began and in which queue
	clock string
	who   string
	words []desk.Piece
	more  string // about hits that are not shown, for the last of a call
}

// where is when in which call, and by whom, it was said.
func (r hitRow) where() string { return joined(r.call, r.clock, r.who) }

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

func (r hitRow) text() string { return desk.Hit{Snippet: r.words}.Text() }

// take takes over what was found.
func (m *model) take(typed string, found desk.Findings) {
	m.search = search{asked: typed, calls: found.Total}
	for _, c := range found.Calls {
		for i, h := range c.Hits {
			row := hitRow{
				uid: c.Call.UID, at: h.At, call: joined(m.text.DateTime(c.Call.Start, m.zone), c.Call.Queue),
				clock: m.text.Clock(h.At), who: m.speaker(h), words: m.spoken(h.Snippet),
			}
			if i == len(c.Hits)-1 && c.More > 0 {
				row.more = m.text.Say("transcript.find.more", review.Args{"n": c.More})
			}
			m.search.hits = append(m.search.hits, row)
		}
	}
}

// spoken are pieces with what is masked in them in the person's language.
func (m *model) spoken(pieces []desk.Piece) []desk.Piece {
	said := slices.Clone(pieces)
	for i := range said {
		said[i].Text = m.text.Spoken(said[i].Text)
	}
	return said
}

func (m *model) speaker(h desk.Hit) string {
	switch {
	case h.Role != dialogue.Unknown:
		return m.text.Say(text.Key("transcript."+string(h.Role)), nil)
	case h.Voice > 0:
		return m.text.Say("transcript.voice", review.Args{"n": h.Voice})
	}
	return ""
}

// foundLine says how much was found.
func (m *model) foundLine() string {
	switch {
	case len(m.search.hits) == 0:
		return m.text.Say("transcript.find.none", nil)
	case m.search.calls > mostFound:
		return m.text.Say("transcript.find.count", review.Args{"n": m.search.calls}) + "; " +
			m.text.Say("transcript.find.first", review.Args{"n": mostFound})
	}
	return m.text.Say("transcript.find.count", review.Args{"n": m.search.calls})
}

// foundLines are what the search shows, for the trace.
func (m *model) foundLines() []string {
	lines := []string{m.foundLine()}
	for _, r := range m.search.hits[:min(len(m.search.hits), 30)] {
		lines = append(lines, joined(r.where(), r.text(), r.more))
	}
	return lines
}

// find searches for what was typed; nothing typed lists all calls again.
func (s *Screen) find(typed string) {
	if s.finding != nil {
		s.finding.Cancel()
		s.finding = nil
	}
	if strings.TrimSpace(typed) == "" {
		s.model.search = search{}
		s.refresh()
		return
	}
	s.finding = job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (desk.Findings, error) {
		return s.Desk.Search(ctx, unfinished(typed), desk.Page{Limit: mostFound})
	}, nil, func(found desk.Findings, err error) {
		s.finding = nil
		if err != nil {
			s.Shell.Fail(err)
			return
		}
		s.model.take(typed, found)
		s.refresh()
	})
}

// unfinished asks for all words that begin as the last one does: it may still be
// being typed. A space behind it says that it is whole.
func unfinished(typed string) string {
	if last, _ := utf8.DecodeLastRuneInString(typed); unicode.IsLetter(last) || unicode.IsNumber(last) {
		return typed + "*"
	}
	return typed
}

// searching reports whether hits are listed in place of calls.
func (s *Screen) searching() bool { return s.model.tab == calls && s.model.search.asked != "" }

// searchable reports whether there may be a transcript to search in.
func (s *Screen) searchable() bool {
	return s.model.contents == nil || s.model.contents.transcribed > 0
}

// searchCommand goes to the field, from everywhere.
func (s *Screen) searchCommand() command.Command {
	return command.Command{
		ID: "library.search", Title: "transcript.find", Menu: "library.menu", Enabled: s.searchable,
		Keys: []command.Key{command.Named(fyne.KeyF, fyne.KeyModifierShortcutDefault)}, InField: true,
		Run: func() {
			s.Shell.Go(screen.Library)
			s.model.tab, s.wanted = calls, true
			s.refresh()
		},
	}
}

// enter puts the caret into the field, if that was wanted and there is one.
func (s *Screen) enter() {
	if s.wanted && s.view != nil && s.model.contents != nil {
		s.wanted = false
		if s.searchable() {
			s.Shell.Canvas().Focus(s.view.field)
		}
	}
}

// key is a key in the field that writes nothing.
func (s *Screen) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyUp:
		s.model.move(-1)
	case fyne.KeyDown:
		s.model.move(1)
	case fyne.KeyReturn, fyne.KeyEnter:
		s.open()
		return true
	default:
		return false
	}
	s.refresh()
	return true
}

// openHit opens the call of the chosen hit, a little before its words; none of
// an earlier search, while another is under way.
func (s *Screen) openHit() {
	if hits := s.model.search.hits; s.finding == nil && s.model.search.chosen < len(hits) {
		hit := hits[s.model.search.chosen]
		s.Shell.Open(hit.uid, max(0, hit.at-leadIn))
	}
}
