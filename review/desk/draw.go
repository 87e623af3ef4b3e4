package desk

import (
	"context"
	"errors"
	"io"
	"iter"
	"sync"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/sampling"
)

// DrawRequest asks for a draw: of N calls, or of as many as fit into the time
// someone has.
type DrawRequest struct {
	N       int
	Minutes float64 // used when N is 0
	Speed   float64 // of listening, for Minutes; 0 for as spoken
	Seed    string  // typed by a person; "" for the library's own
	Filter  sampling.Filter
	Strata  sampling.Strata // what to deal the calls by; none for a simple draw
	Equal   bool            // as many of each stratum instead of in proportion
}

// errStale says that the frame changed between reading it and drawing from it.
var errStale = errors.New("the frame changed meanwhile")

// Draw makes a draw and journals it before its first call is heard. The frame
// is read before the transaction, so that a large one keeps nobody waiting; if
// the catalogue changed meanwhile, it is read again. progress, if not nil, is
// told how many calls of the frame were read. It answers
// [sampling.EmptyFrame], [sampling.FrameUsedUp], [sampling.BadSeed],
// [sampling.EmptyPeriod], [NoField], [TooManyStrata], [review.BadArgument] or
// [review.Cancelled].
func (d *Desk) Draw(ctx context.Context, req DrawRequest, progress func(read int64)) (Draw, error) {
	return d.drawFrom(ctx, func() (order, error) {
		var err error
		if req.Strata, err = d.knownStrata(ctx, req.Strata); err != nil {
			return order{}, err
		}
		plan, err := d.plan(ctx, req)
		return order{plan: plan, frame: Frame{Filter: req.Filter, Strata: req.Strata}}, err
	}, progress)
}

// An order is a draw that is to be made.
type order struct {
	plan    sampling.Plan
	frame   Frame
	planned string                      // the week that the weekly plan has it made for, or ""
	fits    func(sampling.Record) error // refuses what was drawn; nil for whatever comes
}

// TopUp draws n more calls from the frame of a draw, as that draw saw it. Calls
// that were drawn since or are gone are passed over. The size is fixed before
// the first of them is heard; that the draw was made after looking at another is
// told with the ranking. It answers [review.NoDraw], [sampling.FrameUsedUp] or
// [review.BadArgument].
func (d *Desk) TopUp(ctx context.Context, id string, n int, progress func(read int64)) (Draw, error) {
	if n < 1 {
		return Draw{}, review.Fail(review.BadArgument, review.Args{"name": "n", "value": n})
	}
	return d.drawFrom(ctx, func() (order, error) {
		root, err := d.store.Draw(ctx, id)
		if err == nil && root.TopsUp != "" {
			root, err = d.store.Draw(ctx, root.TopsUp)
		}
		if err != nil {
			return order{}, err
		}
		frame, err := d.frameOf(ctx, root)
		if err != nil {
			return order{}, err
		}
		frame.Before = 0
		plan, err := d.plan(ctx, DrawRequest{N: n, Filter: frame.Filter, Strata: root.Strata, Equal: root.Equal})
		plan.TopsUp = root.ID
		return order{plan: plan, frame: frame}, err
	}, progress)
}

// frameOf is the frame of a draw that was made, with what was open then.
func (d *Desk) frameOf(ctx context.Context, draw Draw) (Frame, error) {
	filter, err := sampling.ParseFilter(draw.Filter)
	frame := Frame{Filter: filter, Strata: draw.Strata, Frozen: draw.Number, Before: draw.Number}
	if err == nil && draw.TopsUp != "" {
		var root Draw
		root, err = d.store.Draw(ctx, draw.TopsUp)
		frame.Frozen = root.Number
	}
	return frame, err
}

// drawFrom makes the draw that prepare plans, again for as long as the catalogue
// changes meanwhile. When ctx ends before it is made, it answers
// [review.Cancelled].
func (d *Desk) drawFrom(ctx context.Context, prepare func() (order, error), progress func(int64)) (Draw, error) {
	for {
		draw, err := d.draw(ctx, prepare, progress)
		if err != nil && ctx.Err() != nil {
			err = review.Fail(review.Cancelled, nil).Because(err)
		}
		if !errors.Is(err, errStale) {
			return draw, err
		}
	}
}

func (d *Desk) draw(ctx context.Context, prepare func() (order, error), progress func(int64)) (Draw, error) {
	generation, err := d.store.Generation(ctx)
	if err != nil {
		return Draw{}, err
	}
	asked, err := prepare()
	if err != nil {
		return Draw{}, err
	}
	record, err := asked.plan.Draw(counted(d.store.Frame(ctx, asked.frame), progress)...)
	if err == nil && asked.fits != nil {
		err = asked.fits(record)
	}
	if err != nil {
		return Draw{}, err
	}
	err = d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		now, err := tx.Generation(ctx)
		if err == nil && now != generation {
			err = errStale
		}
		made := DrawMade(record, asked.frame.Filter.Scope())
		made.Planned = asked.planned
		return []journal.Body{made}, err
	})
	if err != nil {
		return Draw{}, err
	}
	return d.store.Draw(ctx, record.ID)
}

// plan says what the next draw is to be.
func (d *Desk) plan(ctx context.Context, req DrawRequest) (sampling.Plan, error) {
	secret, err := d.store.Secret(ctx)
	if err != nil {
		return sampling.Plan{}, err
	}
	draws, err := d.store.Draws(ctx)
	if err != nil {
		return sampling.Plan{}, err
	}
	if req.N == 0 {
		fits, err := d.CallsFor(ctx, req)
		if req.N = fits.Calls; err != nil {
			return sampling.Plan{}, err
		}
	}
	plan := sampling.Plan{
		ID: d.ids.New(), Number: len(draws) + 1, LibrarySeed: secret, ChosenSeed: req.Seed,
		Filter: req.Filter, Wanted: req.N, Strata: req.Strata, Equal: req.Equal,
	}
	if len(draws) > 0 {
		plan.Prev = draws[len(draws)-1].Digest
	}
	return plan, nil
}

// FrameSize counts the calls that the filter lets in, those that were drawn
// included. It answers what the filter's Validate answers.
func (d *Desk) FrameSize(ctx context.Context, f sampling.Filter) (int64, error) {
	if err := f.Validate(); err != nil {
		return 0, err
	}
	return d.store.FrameSize(ctx, f, 0)
}

// fastest is the highest speed that someone plans with: that of playback.
const fastest = 3

// Fits is how many calls fit into a time.
type Fits struct {
	Calls int  // at least 1
	All   bool // there are no more to draw, for which there would be time
}

// CallsFor answers how many calls that the request may draw fit into its
// minutes. It answers [review.BadArgument].
func (d *Desk) CallsFor(ctx context.Context, req DrawRequest) (Fits, error) {
	have, err := req.time()
	if err != nil {
		return Fits{}, err
	}
	median, left, err := d.store.Median(ctx, req.Filter)
	if err != nil {
		return Fits{}, err
	}
	fit := max(1, sampling.CallsFor(have, median, 1))
	if left > 0 && int64(fit) > left {
		return Fits{int(left), true}, nil
	}
	return Fits{fit, false}, nil
}

// time is how long the calls may be that are heard in the request's minutes, at
// its speed. It answers what [Desk.CallsFor] answers.
func (r DrawRequest) time() (time.Duration, error) {
	const day = 24 * 60
	if !(r.Minutes > 0 && r.Minutes <= day) {
		return 0, review.Fail(review.BadArgument, review.Args{"name": "minutes", "value": r.Minutes})
	}
	speed := r.Speed
	if speed == 0 {
		speed = 1
	}
	if !(speed > 0 && speed <= fastest) {
		return 0, review.Fail(review.BadArgument, review.Args{"name": "speed", "value": speed})
	}
	return time.Duration(r.Minutes * float64(time.Minute) * speed), r.Filter.Validate()
}

// counted tells progress how much of a frame was read, of all its parts
// together.
func counted(parts []iter.Seq2[sampling.Member, error], progress func(read int64)) []iter.Seq2[sampling.Member, error] {
	if progress == nil {
		return parts
	}
	const step = 10_000
	var telling sync.Mutex
	var read int64
	all := make([]iter.Seq2[sampling.Member, error], len(parts))
	for i, part := range parts {
		all[i] = func(yield func(sampling.Member, error) bool) {
			n := 0
			for member, err := range part {
				if n++; n%step == 0 {
					telling.Lock()
					read += step
					progress(read)
					telling.Unlock()
				}
				if !yield(member, err) {
					return
				}
			}
		}
	}
	return all
}

// whole reads the parts of a frame one after another.
func whole(parts []iter.Seq2[sampling.Member, error]) iter.Seq2[sampling.Member, error] {
	return func(yield func(sampling.Member, error) bool) {
		for _, part := range parts {
			for member, err := range part {
				if !yield(member, err) {
					return
				}
			}
		}
	}
}

// DrawMade is the event of a draw's record.
func DrawMade(r sampling.Record, scope review.Scope) journal.DrawMade {
	made := journal.DrawMade{
		Draw: r.ID, Number: r.Number, Seed: r.Seed, ChosenSeed: r.ChosenSeed, Filter: r.Filter, Scope: scope,
		Wanted: r.Wanted, FrameSize: r.Frame.Size, FrameDigest: r.Frame.Digest, Prev: r.Prev, Digest: r.Digest,
		Stratify: string(r.Strata), Equal: r.Equal, TopsUp: r.TopsUp,
	}
	place := map[string]int{}
	for i, s := range r.Dealt {
		made.Strata = append(made.Strata, journal.Stratum{Name: s.Name, Size: s.Size})
		place[s.Name] = i + 1
	}
	for _, c := range r.Calls {
		made.Calls = append(made.Calls, c.UID)
		if len(place) > 0 {
			made.Dealt = append(made.Dealt, place[c.Stratum])
		}
	}
	return made
}

// Draws are all draws, oldest first, without their calls.
func (d *Desk) Draws(ctx context.Context) ([]Draw, error) { return d.store.Draws(ctx) }

// DrawOf answers one draw with its calls, or [review.NoDraw].
func (d *Desk) DrawOf(ctx context.Context, id string) (Draw, error) {
	draw, err := d.store.Draw(ctx, id)
	if err != nil {
		return Draw{}, err
	}
	secret, err := d.store.Secret(ctx)
	draw.Library = sampling.LibraryDigest(secret)
	return draw, err
}

// VerifyDraw draws again from the frame as it was, and answers what does not
// hold. It answers [review.NoDraw].
func (d *Desk) VerifyDraw(ctx context.Context, id string) (Verdict, error) {
	draw, err := d.DrawOf(ctx, id)
	if err != nil {
		return Verdict{}, err
	}
	secret, err := d.store.Secret(ctx)
	if err != nil {
		return Verdict{}, err
	}
	prev, err := d.prevDigest(ctx, draw.Number)
	if err != nil {
		return Verdict{}, err
	}
	out := Verdict{ID: id, Fails: sampling.VerifyOrigin(draw.Record, secret, prev)}
	if _, err := sampling.ParseFilter(draw.Filter); err != nil {
		out.Fails = append(out.Fails, sampling.Mismatch{Check: sampling.FailsFilter, Args: review.Args{"got": draw.Filter}})
		return out, nil
	}
	frame, err := d.frameOf(ctx, draw)
	if err == nil {
		err = out.verify(draw.Record, whole(d.store.Frame(ctx, frame)))
	}
	if err == nil && out.Forgotten > 0 {
		err = d.verifyForgotten(ctx, &out)
	}
	return out, err
}

func (d *Desk) prevDigest(ctx context.Context, number int) (string, error) {
	draws, err := d.store.Draws(ctx)
	for _, draw := range draws {
		if draw.Number == number-1 {
			return draw.Digest, err
		}
	}
	return "", err
}

// VerifyFile checks a draw's file by itself, without this library. It answers
// [sampling.BadDrawFile].
func VerifyFile(r io.Reader) (Verdict, error) {
	record, frame, err := sampling.Read(r)
	if err != nil {
		return Verdict{}, err
	}
	out := Verdict{ID: record.ID}
	return out, out.verify(record, frame)
}

// ExportDraw writes a draw's file: its record and its frame as it was. It
// answers [review.NoDraw] or w's error.
func (d *Desk) ExportDraw(ctx context.Context, id string, w io.Writer) error {
	draw, err := d.DrawOf(ctx, id)
	if err != nil {
		return err
	}
	frame, err := d.frameOf(ctx, draw)
	if err != nil {
		return err
	}
	return sampling.Write(w, draw.Record, whole(d.store.Frame(ctx, frame)))
}

// CloseDraw ends a draw: what it holds that is neither heard nor skipped is
// not reached. Closing a closed draw changes nothing. It answers
// [review.NoDraw] and how many calls were not reached.
func (d *Desk) CloseDraw(ctx context.Context, id string) (notReached int, err error) {
	err = d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		draw, err := tx.Draw(ctx, id)
		if err != nil || draw.Closed {
			return nil, err
		}
		calls, err := tx.DrawCalls(ctx, id)
		if err != nil {
			return nil, err
		}
		closed := journal.DrawClosed{Draw: id}
		for _, c := range calls {
			if c.State == review.Drawn || c.State == review.Missing {
				closed.Calls = append(closed.Calls, c.UID)
			}
		}
		notReached = len(closed.Calls)
		return []journal.Body{closed}, nil
	})
	return notReached, err
}
