package desk

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/review/sound"
)

// A Sidecar is a file that may hold the transcript of a call, by its name.
type Sidecar struct {
	Root     string // the folder that was looked through, absolute
	Name     string // path below Root with forward slashes
	Size     int64
	Modified time.Time
	Beside   []string // what its recording may be called below Root, with or without extension, likeliest first
	Contacts []string // contact ids in its name, lower case
	Place    int      // of several for the same sound the lowest is shown
}

// Sidecars finds transcripts. data/transcript is the one that people use.
type Sidecars interface {
	// Walk calls yield for every file beneath paths that may be a sidecar, in
	// the order of their names. It opens none. It returns yield's error, ctx's,
	// or one about paths.
	Walk(ctx context.Context, paths []string, yield func(Sidecar) error) error
	// May reports whether a file of this name may be a sidecar.
	May(name string) bool
	// Read reads one; a file that is no transcript gives an empty one. What is
	// wrong with it is told to h, the rest is read all the same.
	Read(ctx context.Context, s Sidecar, h Hearing) (dialogue.Transcript, error)
}

// Hearing is what a [Sidecars] needs to read a file.
type Hearing struct {
	// Who says which role has the speaker that the file gives a name to.
	Who func(label string) dialogue.Role
	// Left is told what is left out, with its line from 1, or 0 for the file.
	Left func(line int, reason *review.Error)
}

// SidecarMatch says what the library knows of a [Sidecar].
type SidecarMatch struct {
	Known     bool   // it is kept already, as it is now
	UID       string // of the call that it belongs to, "" for none
	Recording string // path of the recording that it stands beside, "" for the whole call

	Start           time.Time      // of the call
	Agent, Customer review.Private // of the call
}

// Spoken is a transcript on its way into the library.
type Spoken struct {
	Sidecar
	SidecarMatch
	Look       int64
	Transcript dialogue.Transcript
}

// KeepTranscripts is what a [Store] does with transcripts. They are no part of
// the journal: sidecars tell them again.
type KeepTranscripts interface {
	// MatchSidecars answers a match for each file. Those that are known are
	// marked as seen by the look.
	MatchSidecars(ctx context.Context, files []Sidecar, look int64) ([]SidecarMatch, error)
	// AddSpoken keeps transcripts, in place of those of the same files.
	AddSpoken(ctx context.Context, batch []Spoken) error
	// EndSidecars forgets the transcripts beneath root that the look has not
	// seen, and answers how many; a root that is no source has none.
	EndSidecars(ctx context.Context, root string, look int64) (int, error)
}

// ReadTranscripts reads what was kept.
type ReadTranscripts interface {
	// Transcript is that of a call's whole sound, empty for none.
	Transcript(ctx context.Context, uid string) (dialogue.Transcript, error)
	// Transcribed is the number of calls that have a transcript.
	Transcribed(ctx context.Context) (int, error)
	// Find answers the calls with turns that q finds, the newest first, from
	// the place of page on.
	Find(ctx context.Context, q dialogue.Query, page Page) (Findings, error)
}

// Page is a part of a long answer.
type Page struct{ Skip, Limit int }

// Findings are the calls of a page, and how many there are in all.
type Findings struct {
	Calls []FoundCall
	Total int
}

// FoundCall is a call with the first turns in which a search found something.
type FoundCall struct {
	Call review.Call
	Hits []Hit // by time, at most [MostHits]
	More int   // hits beyond them
}

// MostHits is how many turns of one call an answer holds.
const MostHits = 3

// Hit is one turn that was found.
type Hit struct {
	At      time.Duration
	Role    dialogue.Role
	Voice   int
	Snippet []Piece
}

// Text is the snippet as one line.
func (h Hit) Text() string {
	var b strings.Builder
	for _, p := range h.Snippet {
		b.WriteString(p.Text)
	}
	return b.String()
}

// Piece is a part of a snippet: words that were searched for, or not.
type Piece struct {
	Text  string
	Found bool
}

// mostCalls is the longest page of a search.
const mostCalls = 200

// Transcript is what sidecars tell of a call, empty when there are none. The
// names and numbers of its people are hidden in it. It answers [review.NoCall].
func (d *Desk) Transcript(ctx context.Context, uid string) (dialogue.Transcript, error) {
	call, err := d.store.Call(ctx, uid)
	if err != nil {
		return dialogue.Transcript{}, err
	}
	t, err := d.store.Transcript(ctx, uid)
	mask := review.NewMask(call.Agent, call.Customer)
	for i := range t.Turns {
		t.Turns[i].Text = mask.Hide(t.Turns[i].Text)
	}
	return t, err
}

// Holds are the spans in which a sidecar says that the customer was on hold.
func (d *Desk) Holds(ctx context.Context, uid string) ([]sound.Span, error) {
	t, err := d.store.Transcript(ctx, uid)
	return t.Holds, err
}

// Transcribed is the number of calls that have a transcript.
func (d *Desk) Transcribed(ctx context.Context) (int, error) { return d.store.Transcribed(ctx) }

// Search finds calls by what was said in them, the newest first: those with a
// turn that holds all that was typed, see [dialogue.ParseQuery]. A query
// without words finds nothing.
func (d *Desk) Search(ctx context.Context, typed string, page Page) (Findings, error) {
	q := dialogue.ParseQuery(typed)
	if q.Empty() {
		return Findings{}, nil
	}
	page.Skip, page.Limit = max(0, page.Skip), max(0, min(page.Limit, mostCalls))
	found, err := d.store.Find(ctx, q, page)
	for _, c := range found.Calls {
		mask := review.NewMask(c.Call.Agent, c.Call.Customer)
		for _, hit := range c.Hits {
			for i := range hit.Snippet {
				hit.Snippet[i].Text = mask.Hide(hit.Snippet[i].Text)
			}
		}
	}
	return found, err
}

// sidecarBatch is how many sidecars are matched at once.
const sidecarBatch = 2000

// sidecars keeps the transcripts beneath roots, after the recordings that they
// belong to, and forgets those that are gone. Where the walk for recordings has
// met none, it does not walk again.
func (in *importing) sidecars(ctx context.Context, roots []string) error {
	if in.desk.sidecars == nil {
		return nil
	}
	if !in.look.silent(roots) {
		if err := in.listen(ctx, roots); err != nil {
			return err
		}
	}
	for _, root := range roots {
		if _, err := in.desk.store.EndSidecars(ctx, root, in.number); err != nil {
			return err
		}
	}
	return nil
}

func (in *importing) listen(ctx context.Context, roots []string) error {
	var files []Sidecar
	err := in.desk.sidecars.Walk(ctx, roots, func(s Sidecar) error {
		if files = append(files, s); len(files) < sidecarBatch {
			return nil
		}
		err := in.hear(ctx, files)
		files = files[:0]
		return err
	})
	if err != nil {
		return err
	}
	return in.hear(ctx, files)
}

// spokenBatch and spokenTurns are how many transcripts, and turns of them, one
// transaction stores at most: a tag must not wait long behind it.
const (
	spokenBatch = 200
	spokenTurns = 5000
)

// hear reads the sidecars that are new or changed and belong to a call.
func (in *importing) hear(ctx context.Context, files []Sidecar) error {
	files, err := in.passSidecars(ctx, files)
	if err != nil {
		return err
	}
	matches, err := in.desk.store.MatchSidecars(ctx, files, in.number)
	if err != nil {
		return err
	}
	var batch []Spoken
	turns := 0
	for i, match := range matches {
		in.look.heard = in.look.heard || match.Known || match.UID != ""
		if match.Known || match.UID == "" {
			in.look.waiting = in.look.waiting || !match.Known
			continue
		}
		spoken, err := in.read(ctx, files[i], match)
		if err != nil {
			return err
		}
		batch, turns = append(batch, spoken), turns+len(spoken.Transcript.Turns)
		if len(batch) < spokenBatch && turns < spokenTurns {
			continue
		}
		if err := in.desk.store.AddSpoken(ctx, batch); err != nil {
			return err
		}
		batch, turns = batch[:0], 0
	}
	if len(batch) == 0 {
		return nil
	}
	return in.desk.store.AddSpoken(ctx, batch)
}

// read reads one sidecar; one that cannot be read at all is a problem, and kept
// as empty so that it is not tried again before it has changed. So is, unread, that
// of a call whose words are too old to be kept.
func (in *importing) read(ctx context.Context, s Sidecar, match SidecarMatch) (Spoken, error) {
	if match.Start.Before(in.words) {
		return Spoken{Sidecar: s, SidecarMatch: match, Look: in.number}, nil
	}
	left := func(line int, reason *review.Error) {
		in.tell(func(done *Imported) { done.leave(Problem{Root: s.Root, File: s.Name, Line: line, Reason: reason}) })
	}
	t, err := in.desk.sidecars.Read(ctx, s, Hearing{Who: whoIs(match.Agent, match.Customer), Left: left})
	if err != nil {
		return Spoken{}, err
	}
	in.tell(func(done *Imported) {
		if !t.Empty() {
			done.Transcripts++
		}
	})
	return Spoken{Sidecar: s, SidecarMatch: match, Look: in.number, Transcript: t}, nil
}

// whoIs tells the people of a call by their names, or a part of them:
// transcripts often have first names only.
func whoIs(agentName, customerName review.Private) func(string) dialogue.Role {
	words := func(name string) []string {
		return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	}
	agent, customer := words(agentName.Open()), words(customerName.Open())
	within := func(label, name []string) bool {
		return len(label) > 0 && !slices.ContainsFunc(label, func(word string) bool { return !slices.Contains(name, word) })
	}
	return func(label string) dialogue.Role {
		switch said := words(label); {
		case within(said, agent):
			return dialogue.Agent
		case within(said, customer):
			return dialogue.Customer
		default:
			return dialogue.Unknown
		}
	}
}
