package desk

import (
	"context"
	"iter"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// ReadForgotten tells what is forgotten from what never was here, and what will
// be.
type ReadForgotten interface {
	// Forgets reports whether anything was ever forgotten.
	Forgets(ctx context.Context) (bool, error)
	// Forgotten are those of hashes that forgotten calls left ([Forgetting]).
	Forgotten(ctx context.Context, hashes []string) (map[string]bool, error)
	// Retention is what was settled, with a map of its own.
	Retention(ctx context.Context) (Retention, error)
}

// KeepPrivacy is what a store does about what people want forgotten.
type KeepPrivacy interface {
	ReadForgotten
	// Customers are the calls of which something private is told, each with what
	// that is: the customer and the values of fields.
	Customers(ctx context.Context) iter.Seq2[Named, error]
	// OlderThan are at most so many old calls, the oldest first.
	OlderThan(ctx context.Context, old OldCalls, most int) ([]OldCall, error)
	// CountOlder counts them.
	CountOlder(ctx context.Context, old OldCalls) (int64, error)
	// OldUnjoined is the first number, not less than from, of a row that did not join
	// and tells something, where it began before an instant or does not tell when; 0
	// for none. Rows are numbered from 1 as they are kept.
	OldUnjoined(ctx context.Context, since time.Time, from int64) (at int64, err error)
	// Purge makes the file hold nothing but what a reader of it is told: no freed
	// page and no log has what was forgotten. done is false where another program
	// reads the library, so that it must be asked again. It needs as much room on
	// the disk again as the file takes.
	Purge(ctx context.Context) (done bool, err error)
	// Purging reports whether something was forgotten since the last Purged, and the
	// ids of the sessions that had it.
	Purging(ctx context.Context) (left bool, sessions []string, err error)
	// Purged says that nothing is left to do for what was forgotten.
	Purged(ctx context.Context) error
	// SettleRetention keeps for how many days a part is kept, and that nothing was
	// forgotten by it yet. The other parts stay as they are.
	SettleRetention(ctx context.Context, part Part, days int) error
	// SaveRetained keeps r.Last, if r.Days are what is still settled, and answers
	// whether they are.
	SaveRetained(ctx context.Context, r Retention) (settled bool, err error)
}

// Forget is how an act forgets.
type Forget interface {
	// Contact are the uids of all calls that are one contact with the call of a
	// uid, that one included, or [review.NoCall].
	Contact(ctx context.Context, uid string) ([]string, error)
	// KnownAs are what would tell the calls of uids when they are met again, one
	// for each recording and one for each call without any.
	KnownAs(ctx context.Context, uids []string) ([]KnownAs, error)
	// TranscriptPaths are where the transcripts of calls lie.
	TranscriptPaths(ctx context.Context, uids []string) ([]review.Private, error)
	// Told are the events about uids, and those that describe issues or reveal
	// something.
	Told(ctx context.Context, uids []string) ([]journal.Signed, error)
	// ForgetCalls takes all but what [Forgetting] says out of the library.
	ForgetCalls(ctx context.Context, f Forgetting) error
	// TrimCalls takes a part of calls out of the library, and out of what closed
	// sessions were told.
	TrimCalls(ctx context.Context, t Trimming) error
	// TrimUnjoined takes what old rows tell that did not join ([Unjoined.Said]) out
	// of the library, for those of numbers from one and less than another, and
	// answers of how many rows. Old is as for OldUnjoined.
	TrimUnjoined(ctx context.Context, since time.Time, from, to int64) (rows int, err error)
}

// OldCalls are the calls that began before an instant and of which a part is not
// forgotten, after one of them.
type OldCalls struct {
	Part   Part
	Before time.Time
	After  OldCall  // zero for all
	Fields []string // that are no part of PartNames
}

// OldCall is one of them.
type OldCall struct {
	UID   string
	Start time.Time
}

// Trimming is what is forgotten of calls that stay.
type Trimming struct {
	Part   Part
	UIDs   []string
	Tombs  []journal.Signed // of PartWords: in the places of the events of their ids
	Fields []string         // of PartNames: those that stay
	Hashes []string         // of PartPaths: what the importer passes over from now on
}

// Named is something private that is told of a call.
type Named struct {
	UID   string
	Value review.Private
}

// KnownAs is what a look would know a recording of a call by.
type KnownAs struct {
	UID      string
	Contact  string // uid that its contact's id makes, or ""
	Path     string // or ""
	Mark     int64  // [Found.Mark], or 0
	Size     int64
	Modified int64 // Unix milliseconds
}

// Forgetting is what stays of calls that are forgotten.
type Forgetting struct {
	As     map[string]string                        // the opaque ids, by uid
	Hashes []string                                 // what the importer passes over from now on
	Tombs  []journal.Signed                         // in the places of the events of their ids
	Start  func(start time.Time) time.Time          // what stays of one
	Length func(length time.Duration) time.Duration // what stays of one
	Fields []string                                 // names of those that stay
}
