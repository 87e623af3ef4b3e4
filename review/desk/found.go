package desk

import (
	"context"
	"reflect"
	"time"

	"github.com/earshot-app/earshot/review"
)

// Meta is what a source's metadata says of one recording. Zero values mean
// that it says nothing.
type Meta struct {
	CallID    string // the source's own id of the contact, trimmed, NFC
	Start     time.Time
	Duration  time.Duration
	Queue     string
	Category  string
	Direction string // "inbound", "outbound", or ""
	Agent     review.Private
	Customer  review.Private
	Fields    []review.Field // what else it says, each with a value
	// StartSaid is Start in the source's own words, "" when it has none. Zone is
	// the offset at which they were read, as +01:00, "" when Start is zero;
	// ZoneGuessed says that the source named no zone and that of the person who
	// imports was taken.
	StartSaid   string
	Zone        string
	ZoneGuessed bool
	// StartRough says that only Start's day is known: a better guess wins.
	StartRough bool
}

// empty reports whether it says nothing.
func (m Meta) empty() bool { return reflect.DeepEqual(m, Meta{}) }

// Found is one recording that a source holds, or one thing wrong with it.
type Found struct {
	Root      string // the folder that was looked through, absolute
	Name      string // path below Root with forward slashes, for messages and the uid
	Recording review.Recording
	// Held says that the library holds a recording of this path, and Same that
	// its file has not changed since.
	Held, Same bool
	// Mark is made of the recording's size and of parts of its content, so that it
	// is known again where it has moved; 0 for none.
	Mark int64
	// Pair is what the paths of a leg and of its partner have in common, "" for
	// a recording of the whole call. Recordings of one root and pair belong to
	// one call, whichever is found first.
	Pair string
	// Contact is what the recordings of one contact have in common, "" for
	// nothing known. It may hold a name or a number: it only ever goes into a uid,
	// hashed.
	Contact string
	// Beside is made of the sidecars that told of the recording, 0 for none: where
	// it is another than [KnownFile] has, there is news of a file that is the same.
	// It is [Outdone] where a better recording of the contact is heard in its place.
	Beside int64
	// AgentFirst says that the source puts the agent on the first channel.
	AgentFirst bool
	Meta       Meta
	// Problem, when set, says why this file or this line of the metadata is
	// left out; the rest of the Found is empty but for Root and Name.
	Problem *review.Error
	Line    int // of the metadata file, from 1; 0 when Problem is about a recording
	// Alone says that it is a row of the table that has no recording, and Said
	// what the row says, by the names of [Meaning]: of the first [MostTold].
	Alone bool
	Said  []review.Field
	// NoRow says that there is a table, and that no row of it is about the
	// recording.
	NoRow bool
}

// Outdone is [Found.Beside] of a recording that is held by the library and no
// longer heard: its call has the mix of it, or it without what was redacted.
const Outdone = -1

// ImportRequest says where to look.
type ImportRequest struct {
	Paths    []string // files and folders
	Metadata string   // a table beside them, or ""
	// Table says how the metadata is read, as far as a person said so.
	Table Arrangement
	// Profile says how the files' names and sidecars are read: a vendor's id, a
	// profile of the person's own as data/catalog writes it, or "" to recognise it.
	Profile string
	// Unredacted takes the recording with all words where a redacted one stands
	// beside it.
	Unredacted bool
	// Known is asked about every file before it is opened. One that is as the
	// library holds it is not; with Pass it is not told of either, as nothing is
	// new of it. Nil knows nothing.
	Known LookUp `json:"-"`
	Pass  bool   `json:"-"`
	// Unread, if not nil, is called for each file that nothing is told of only as it
	// could not be read now, perhaps from several goroutines at once.
	Unread func() `json:"-"`
}

// LookUp answers what the library holds of files that come next in a walk
// through root and all lie in one folder, by name.
type LookUp func(ctx context.Context, root string, files []File) ([]KnownFile, error)

// A Source finds recordings.
type Source interface {
	// Walk calls yield for every recording beneath the request's paths, in the
	// order of their names, and for every problem, which never ends the walk.
	// It returns yield's error, ctx's error, or an error that kept it from
	// looking at all: a path that does not exist, metadata that cannot be read.
	Walk(ctx context.Context, req ImportRequest, yield func(Found) error) error
	// Stamp is a short text that is another once the file at path has changed,
	// and "" when there is none.
	Stamp(ctx context.Context, path string) (string, error)
	// Recognise says which profile reads the files beneath paths best. It returns
	// the errors of Walk.
	Recognise(ctx context.Context, paths []string) (Recognition, error)
	// Preview settles the request, reads the first recordings as Walk would, at
	// most so many, and says how it came to read them so. It returns the errors of Walk.
	Preview(ctx context.Context, req ImportRequest, most int) (Preview, error)
}
