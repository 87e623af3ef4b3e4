package sampling

import (
	"fmt"
	"iter"
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
	Calls      []Drawn
	Digest     string // hex SHA-256 of the text above, which chains the draws
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
}

// Draw makes the draw from its frame, each call once, in any order. Fewer open
// calls than wanted are all drawn. It answers [EmptyFrame], [FrameUsedUp],
// [BadSeed], what [Filter.Validate] answers, [review.BadArgument] for a number
// of calls below 1, and what frame answers.
func (p Plan) Draw(frame iter.Seq2[Member, error]) (Record, error) {
	r, err := p.record()
	if err != nil {
		return Record{}, err
	}
	sample := NewSample(r.Seed, p.Wanted)
	for member, err := range frame {
		if err != nil {
			return Record{}, fmt.Errorf("draw: %w", err)
		}
		sample.Add(member)
	}
	r.Frame, r.Calls = sample.Frame(), sample.Calls()
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
	if p.Wanted < 1 {
		return Record{}, badArgument("n", p.Wanted)
	}
	if err := p.Filter.Validate(); err != nil {
		return Record{}, err
	}
	r := Record{
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

// Intact reports whether the record's digest is that of its text.
func (r Record) Intact() bool { return r.Digest == r.digest() }

// digest returns what r.Digest must be.
func (r Record) digest() string { return digest(r.text()) }

// text is the canonical text of a record: the lines of its file above the
// digest.
func (r Record) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "earshot-draw\t1\nid\t%s\nnumber\t%d\nlibrary\t%s\nfilter\t%s\n", r.ID, r.Number, r.Library, r.Filter)
	fmt.Fprintf(&b, "wanted\t%d\nseed\t%s\nchosen-seed\t%t\n", r.Wanted, r.Seed, r.ChosenSeed)
	fmt.Fprintf(&b, "frame-size\t%d\nframe-digest\t%s\nprev\t%s\n", r.Frame.Size, r.Frame.Digest, orNone(r.Prev))
	for i, call := range r.Calls {
		fmt.Fprintf(&b, "call\t%d\t%s\t%s\n", i+1, call.Key, call.UID)
	}
	return b.String()
}

// none stands for an empty field, which an editor might strip from a line.
const none = "none"

func orNone(field string) string {
	if field == "" {
		return none
	}
	return field
}
