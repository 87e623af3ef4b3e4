package sampling

import (
	"fmt"
	"iter"
	"math"
	"strings"

	"github.com/earshot-app/earshot/review"
)

// The reasons why nothing can be drawn.
const (
	EmptyFrame  review.Code = "empty-frame"   // no call fits the filter
	FrameUsedUp review.Code = "frame-used-up" // all that fit were drawn before; args: n
)

// A Record is a draw as it was made, with all that is needed to check it.
type Record struct {
	ID         string
	Number     int    // 1 for the library's first draw
	Library    string // hex SHA-256 of the library seed
	Filter     string // canonical text
	Wanted     int    // more than len(Calls) when the frame had fewer open calls
	Seed       string
	ChosenSeed bool // a person typed the seed
	Frame      Frame
	Prev       string // digest of the draw before; "" for the first
	Strata     Strata // by what the calls were dealt; "" for a simple draw
	Equal      bool   // each stratum got as many, whatever its size
	TopsUp     string // id of the draw whose frame it draws from again; "" for its own
	Dealt      []Stratum
	Calls      []Drawn
	Digest     string // hex SHA-256 of the text above as it was made, which chains the draws
}

// A Plan is what a draw is to be, before it is made.
type Plan struct {
	ID          string
	Number      int
	LibrarySeed string
	ChosenSeed  string // typed by a person; "" for the seed of this draw
	Filter      Filter
	Wanted      int
	Prev        string // digest of the draw before; "" for the first
	Strata      Strata // the members of the frame name theirs
	Equal       bool   // as many calls of each stratum instead of in proportion
	TopsUp      string // id of the draw whose frame this is
}

// Draw makes the draw from its frame, each call once, in any order. The frame
// may come in parts, which are then read at the same time, by a goroutine each.
// Fewer open calls than wanted are all drawn. It answers [EmptyFrame], [FrameUsedUp],
// [BadSeed], what [Filter.Validate] answers, [review.BadArgument] for a number
// of calls below 1, and what frame answers.
func (p Plan) Draw(frame ...iter.Seq2[Member, error]) (Record, error) {
	r, err := p.record()
	if err != nil {
		return Record{}, err
	}
	sample, err := readFrame(func() *dealer { return newDealer(r.Seed, p.Wanted) }, frame)
	if err != nil {
		return Record{}, fmt.Errorf("draw: %w", err)
	}
	dealt := sample.deal(p.Equal)
	r.Frame, r.Calls = sample.frame(), sample.draw(dealt)
	if p.Strata != Unstratified {
		r.Dealt = dealt
	}
	if r.Frame.Size == 0 {
		return Record{}, review.Fail(EmptyFrame, nil)
	}
	if len(r.Calls) == 0 {
		return Record{}, review.Fail(FrameUsedUp, review.Args{"n": r.Frame.Size})
	}
	r.Digest = r.digest()
	return r, nil
}

// record checks the plan and writes down what is known before the frame is.
func (p Plan) record() (Record, error) {
	if p.Wanted < 1 || p.Wanted > math.MaxInt32 { // more than a file can say
		return Record{}, badArgument("n", p.Wanted)
	}
	if err := p.Filter.Validate(); err != nil {
		return Record{}, err
	}
	if err := p.Strata.Validate(); err != nil {
		return Record{}, err
	}
	r := Record{
		Strata: p.Strata, Equal: p.Equal, TopsUp: p.TopsUp,
		ID: p.ID, Number: p.Number, Library: LibraryDigest(p.LibrarySeed),
		Filter: p.Filter.String(), Wanted: p.Wanted, Prev: p.Prev,
		Seed: p.ChosenSeed, ChosenSeed: p.ChosenSeed != "",
	}
	if r.ChosenSeed {
		return r, CheckSeed(r.Seed)
	}
	r.Seed = Seed(p.LibrarySeed, p.Number, p.Filter)
	return r, nil
}

// Intact reports whether the record's digest is that of its text. Where calls of
// it were forgotten, nobody can tell.
func (r Record) Intact() bool { return r.Digest == r.digest() || r.Forgotten() > 0 }

// Forgotten counts the record's calls that were forgotten since.
func (r Record) Forgotten() int {
	n := 0
	for _, call := range r.Calls {
		if review.Forgotten(call.UID) {
			n++
		}
	}
	return n
}

// digest returns what r.Digest must be.
func (r Record) digest() string { return digest(r.text()) }

// text is the canonical text of a record: the lines of its file above the
// digest.
func (r Record) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "earshot-draw\t%d\nid\t%s\nnumber\t%d\nlibrary\t%s\nfilter\t%s\n", r.version(), r.ID, r.Number, r.Library, r.Filter)
	fmt.Fprintf(&b, "wanted\t%d\nseed\t%s\nchosen-seed\t%t\n", r.Wanted, r.Seed, r.ChosenSeed)
	fmt.Fprintf(&b, "frame-size\t%d\nframe-digest\t%s\nprev\t%s\n", r.Frame.Size, r.Frame.Digest, orNone(r.Prev))
	if r.version() == 1 {
		for i, call := range r.Calls {
			fmt.Fprintf(&b, "call\t%d\t%s\t%s\n", i+1, call.Key, call.UID)
		}
		return b.String()
	}
	fmt.Fprintf(&b, "strata\t%s\nequal\t%t\ntops-up\t%s\n", orNone(string(r.Strata)), r.Equal, orNone(r.TopsUp))
	for _, s := range r.Dealt {
		fmt.Fprintf(&b, "stratum\t%s\t%d\t%d\n", s.Name, s.Size, s.Calls)
	}
	for i, call := range r.Calls {
		fmt.Fprintf(&b, "call\t%d\t%s\t%s\t%s\n", i+1, call.Key, call.Stratum, call.UID)
	}
	return b.String()
}

// version is that of the record's file: simple draws are written as they always
// were.
func (r Record) version() int {
	if r.Strata != Unstratified || r.TopsUp != "" {
		return 2
	}
	return 1
}

// none stands for an empty field, which an editor might strip from a line.
const none = "none"

func orNone(field string) string {
	if field == "" {
		return none
	}
	return field
}
