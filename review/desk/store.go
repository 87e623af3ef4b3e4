package desk

import (
	"context"
	"iter"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/review/sampling"
	"github.com/earshot-app/earshot/review/sound"
)

// A Store keeps one library. data/sqlite is the one that people use.
type Store interface {
	Reader
	KeepTranscripts
	KeepTables
	KeepSources
	KeepPrivacy
	// Write runs do in one transaction that nothing else writes beside, and
	// commits it to the disk. When do answers an error, nothing has happened.
	Write(ctx context.Context, do func(Tx) error) error
	// AddFound stores one batch of recordings in a transaction of its own.
	AddFound(ctx context.Context, batch []Entry) ([]Added, error)
	// SaveAgenda keeps what is chosen for the next meeting.
	SaveAgenda(ctx context.Context, a Agenda) error
	// SavePlace keeps where the listener left a call.
	SavePlace(ctx context.Context, p Place) error
	// SavePlan keeps the weekly plan; a zero one forgets it.
	SavePlan(ctx context.Context, p Plan) error
	// SwapLanes turns the lanes of the calls of uid's source round.
	SwapLanes(ctx context.Context, uid string, swapped bool) error
	// Version changes whenever anyone, also another process, has written.
	Version(ctx context.Context) (int64, error)
	// Integrity runs the store's own check and answers what it says: "ok", or
	// what is broken.
	Integrity(ctx context.Context) (string, error)
}

// Tx is what an act reads and writes, in one transaction.
type Tx interface {
	Reader
	KeepSessions
	KeepLog
	ReadForgotten
	Forget
	// NextN is the N of the next event.
	NextN(ctx context.Context) (int64, error)
	// Append adds an event and what it changes. An event that is here already
	// changes nothing.
	Append(ctx context.Context, e journal.Signed, act string) error
	// LastAct answers the events of author's last act that can be undone.
	LastAct(ctx context.Context, author string) ([]journal.Event, error)
	// LastUndo answers the last undo of author that nothing was done since.
	LastUndo(ctx context.Context, author string) ([]journal.Event, error)
}

// Reader reads a library.
type Reader interface {
	ReadCalls
	ReadPages
	ReadJournal
	ReadCodebook
	ReadDraws
	ReadCounts
	ReadTranscripts
	ReadSessions
	ReadUnjoined
	ReadExports
	ReadLog
}

// ReadCalls reads the catalogue and what was said of its calls.
type ReadCalls interface {
	// Call answers the call of a uid with its fields, or [review.NoCall].
	Call(ctx context.Context, uid string) (review.Call, error)
	// Calls are those in state, or all for "", by start and uid, with their
	// fields.
	Calls(ctx context.Context, state review.State) iter.Seq2[review.Call, error]
	// Reach is the length of the call's recordings or, if that is more, the one
	// that was told of it; 0 where neither is known. It answers [review.NoCall].
	Reach(ctx context.Context, uid string) (time.Duration, error)
	// Length is the length of the call's recordings.
	Length(ctx context.Context, uid string) (time.Duration, error)
	// Begins says, by uid, how long after the start of them all the first recording
	// of each of some calls would begin, were they one call.
	Begins(ctx context.Context, uids []string) (map[string]time.Duration, error)
	// Recordings are the call's files in the order in which they play.
	Recordings(ctx context.Context, uid string) ([]review.Recording, error)
	// Swapped tells whether the agent is on the left in the call's source.
	Swapped(ctx context.Context, uid string) (bool, error)
	// Moment answers the moment of an id, or [review.NoMoment].
	Moment(ctx context.Context, id string) (review.Moment, error)
	// Moments are those of a call by time.
	Moments(ctx context.Context, uid string) ([]review.Moment, error)
	// AllMoments are those of the calls that match the filter, by start of the
	// call and time; issueID "" for all issues.
	AllMoments(ctx context.Context, f Filter, issueID string) iter.Seq2[Heard, error]
	// LatestMoments are those of an issue in the calls that match the filter, at
	// most so many, the latest call first.
	LatestMoments(ctx context.Context, f Filter, issueID string, most int) ([]Heard, error)
	// Praise answers the praise of an id, or [review.NoMoment].
	Praise(ctx context.Context, id string) (review.Praise, error)
	// PraiseOf are those of a call by time.
	PraiseOf(ctx context.Context, uid string) ([]review.Praise, error)
	// Said are the newest moments with words, at most so many.
	Said(ctx context.Context, of SaidOf, most int) ([]Heard, error)
	// Praised are the newest praises, at most so many; id "" for all.
	Praised(ctx context.Context, id string, most int) ([]Praised, error)
	// Agenda is what was chosen for the next meeting.
	Agenda(ctx context.Context) (Agenda, error)
	// Place is where the listener left the call; zero when never opened.
	Place(ctx context.Context, uid string) (Place, error)
	// Queues and categories that occur, by name, "" left out.
	Queues(ctx context.Context) ([]string, error)
	Categories(ctx context.Context) ([]string, error)
	// Fields are what metadata tells of calls beside, by name.
	Fields(ctx context.Context) ([]Field, error)
	// Size is the number of calls.
	Size(ctx context.Context) (int64, error)
}

// ReadJournal reads events and the codebook.
type ReadJournal interface {
	// Issues are those of the codebook that lists show
	// ([codebook.Entry.Shown]), in the order in which they were named.
	Issues(ctx context.Context) ([]review.Issue, error)
	// IssuesHeardIn are the ids of issues found in calls of a category.
	IssuesHeardIn(ctx context.Context, category string) (map[string]bool, error)
	// Event answers one event by its id.
	Event(ctx context.Context, id string) (journal.Event, error)
	// Events are those after the event of an id, or all for "", as stored.
	Events(ctx context.Context, since string) iter.Seq2[journal.Signed, error]
	// Tables are what the derived tables say, in the shape of [journal.Fold].
	Tables(ctx context.Context) (*journal.State, error)
}

// ReadCodebook reads what became of issues.
type ReadCodebook interface {
	// Codebook are all issues that have a name, also those that lists do not
	// show, in the order in which they were named.
	Codebook(ctx context.Context) ([]codebook.Entry, error)
	// Undealt are the splits of which moments are still to be dealt.
	Undealt(ctx context.Context) ([]codebook.Undealt, error)
	// HeardBefore are the uids of the drawn calls that were heard before all of
	// an issue had a name and can be heard again, in any order; none for an issue
	// that is merged or unknown.
	HeardBefore(ctx context.Context, issueID string) iter.Seq2[string, error]
}

// ReadDraws reads frames and draws.
type ReadDraws interface {
	// Secret is the seed that the library was made with; every draw's seed
	// comes from it.
	Secret(ctx context.Context) (string, error)
	// Salt is mixed into the uids of calls whose source gives no id that may be
	// shown.
	Salt(ctx context.Context) (string, error)
	// Generation changes whenever the catalogue or the draws do, so that a
	// frame that was read before a transaction can be told to be stale in it.
	Generation(ctx context.Context) (int64, error)
	// Frame yields every call that the filter lets in, each once, in any
	// order, and whether it may be drawn. It comes in parts, which may be read at
	// the same time, each once.
	Frame(ctx context.Context, f Frame) []iter.Seq2[sampling.Member, error]
	// Median is the median duration, to a tenth of a second, of the calls that
	// Frame yields now and that can be drawn, and how many they are.
	Median(ctx context.Context, f sampling.Filter) (median time.Duration, calls int64, err error)
	// Draws are all draws, oldest first, without their calls but with how those
	// were dealt.
	Draws(ctx context.Context) ([]Draw, error)
	// Designs are all draws, oldest first, as far as a ranking asks for them:
	// without their calls, how those were dealt and how many are done.
	Designs(ctx context.Context) ([]Draw, error)
	// Draw answers one draw with its calls, or [review.NoDraw].
	Draw(ctx context.Context, id string) (Draw, error)
	// DrawCalls are a draw's calls in order.
	DrawCalls(ctx context.Context, draw string) ([]review.Call, error)
	// Plan is the weekly plan; zero where none is set.
	Plan(ctx context.Context) (Plan, error)
	// FrameSize counts the calls that the filter lets in and that were added after
	// the draw of this number; 0 for all.
	FrameSize(ctx context.Context, f sampling.Filter, after int) (int64, error)
}

// ReadCounts counts; shares are made of the counts by review/ranking.
type ReadCounts interface {
	// Counts counts the calls that match the filter and their issues, by the
	// cells that the frames and strata of draws make.
	Counts(ctx context.Context, f Filter, draws []Draw) (ranking.Counts, error)
	// CallByCall adds to the counts of the same filter and draws what takes a
	// look at each heard call: which issues meet in one, the categories that
	// issues hide in, and what was heard since each was named.
	CallByCall(ctx context.Context, f Filter, draws []Draw, counts *ranking.Counts) error
	// CategoryCounts counts by category, biggest first, each by its own cells;
	// calls without one by queue.
	CategoryCounts(ctx context.Context, f Filter, draws []Draw) ([]ranking.CategoryCount, error)
	// Span answers the starts of the first and last call that match the filter;
	// zero times when there is none.
	Span(ctx context.Context, f Filter) (first, last time.Time, err error)
	// SliceCounts counts one issue in parts of time, one fewer than edges.
	SliceCounts(ctx context.Context, r SliceRequest) ([]ranking.Slice, error)
	// DrawsWith are the ids of the draws in which an issue was heard.
	DrawsWith(ctx context.Context, issueID string) (map[string]bool, error)
	// DrawsSinceChosen are the ids of the draws made since an issue was chosen
	// for fixing; none while it is open.
	DrawsSinceChosen(ctx context.Context, issueID string) (map[string]bool, error)
	// CellsWithout are the cells of a ranking, with its heard calls that hold none
	// of the issues as [ranking.Cell.NoProblem].
	CellsWithout(ctx context.Context, f Filter, draws []Draw, r WithoutRequest) ([]ranking.Cell, error)
}

// A Field is what metadata tells of calls beside what every call has.
type Field struct {
	Name   string
	Values int // different ones that it ever had
}

// A Frame says which calls a draw may pick from, and as of when.
type Frame struct {
	Filter sampling.Filter
	Strata sampling.Strata // that the members name; none for a simple draw
	Frozen int             // as the draw of this number saw the catalogue; 0 for as it is now
	Before int             // with Frozen: open is what could be drawn before the draw of this number; 0 for what can be now
}

// Filter is the period and queue of a ranking: From inclusive, To exclusive,
// zero for open; Queue "" for all.
type Filter struct {
	From, To time.Time
	Queue    string
}

// Heard is a moment with the call that it was heard in.
type Heard struct {
	Moment review.Moment
	Call   review.Call
}

// Place is where the listener left a call.
type Place struct {
	Call   string
	At     time.Duration
	Played []sound.Span // what was played so far
}

// Draw is a draw as it was made, with what became of it. A list of draws
// leaves Record.Calls empty.
type Draw struct {
	sampling.Record
	At      time.Time
	Scope   review.Scope
	Planned string // the week that the weekly plan had it made for, as 2026-W47, or ""
	Closed  bool
	Size    int  // calls drawn
	Done    int  // of them heard or skipped
	Begun   bool // some are
}

// Entry is a recording on its way into the catalogue.
type Entry struct {
	Found
	UID  string // of the call it makes when it joins none
	Look int64
	From string // the path of the known recording that moved here, or ""
	Copy string // the path of a recording that holds the same, or ""
}

// Names reports whether the source says which contact the recording is of, so
// that its uid comes from that and not from its path.
func (e Entry) Names() bool { return e.Meta.CallID != "" || e.Contact != "" }

// Added says what became of an [Entry].
type Added struct {
	UID     string // of the call as the library knows it, whatever was proposed
	NewCall bool
	NewFile bool
	Changed []FieldChange // of a call that was here
	// Part is the uid of a call that turned out to be of the same contact as
	// Whole, which was here before; both "" for none.
	Part, Whole string
}

// FieldChange is one field of a call that an import corrected. Private fields
// say "hidden".
type FieldChange struct{ Field, From, To string }
