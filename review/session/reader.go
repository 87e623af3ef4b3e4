package session

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// mostHoles bounds what is remembered as missing. More is no damage but a log
// that is not ours.
const mostHoles = 4096

// A reader takes in one stream.
type reader struct {
	*Client
	stream Stream
	at     Cursor
	check  bool // the first record must be the one that was read last
	wait   backoff
	broken error // what the box answered
}

// run reads until ctx ends or the stream is over, and returns nil, or until the
// box fails.
func (r *reader) run(ctx context.Context) error {
	r.wait.most = readerWait
	for ctx.Err() == nil {
		err := r.read(ctx)
		if errors.Is(err, ErrOver) {
			return nil
		}
		if err != nil {
			return unlessOver(ctx, err)
		}
		r.wait.pause(ctx, nil)
	}
	return nil
}

// read reads for as long as one connection lasts. The error is the box's.
func (r *reader) read(ctx context.Context) error {
	again, err := r.begin(ctx)
	if err != nil || again {
		return err
	}
	defer r.know(false)
	from, check := r.from()
	if r.check = check; !check {
		if err := r.begun(ctx); err != nil {
			return err
		}
	}
	reading, end := context.WithCancel(ctx)
	var watching sync.WaitGroup
	watching.Go(func() {
		defer end()
		if err := r.watch(reading); err != nil {
			r.broken = err
		}
	})
	var broken error
	_ = r.link.Read(reading, r.stream, from, func(batch []Delivery) error {
		r.wait.reset()
		broken = r.take(ctx, batch)
		return broken
	})
	end()
	watching.Wait()
	if errors.Is(broken, errAnew) {
		return r.rewind(ctx)
	}
	if broken == nil {
		broken = r.broken
	}
	return broken
}

// from is the sequence after which to read. The last record that could be read
// is read again, if there is one, to see whether it is still the same.
func (r *reader) from() (after uint64, check bool) {
	var last uint64
	if n, err := fmt.Sscanf(r.at.Last, "%d ", &last); n == 1 && err == nil && last > 0 {
		return last - 1, true
	}
	return r.at.Seq, false
}

// begun notes that the stream is the one that the box knows, and asks for what
// is missing of it. The error is the box's.
func (r *reader) begun(ctx context.Context) error {
	r.know(true)
	return r.ask(ctx, r.at.Holes)
}

func (r *reader) know(sure bool) {
	if r.stream == Log {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.sure = sure
	}
}

// rewind makes the box forget the stream, and with it what the server answered
// to what is on its way.
func (r *reader) rewind(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = Cursor{}
	if r.stream == Log {
		r.life++
	}
	if err := r.box.Rewind(ctx, r.stream); err != nil {
		return fmt.Errorf("begin %s anew: %w", r.stream, err)
	}
	return nil
}

// begin finds out where to read on. The cursor is read before where the stream
// ends: the other way round what is published in between would seem to be
// ahead of it. It reports whether the server cannot be asked now, or answers the
// box's error or ErrOver.
func (r *reader) begin(ctx context.Context) (again bool, err error) {
	if r.at, err = r.cursor(ctx); err != nil {
		return false, err
	}
	end, err := r.link.Info(ctx, r.stream)
	if errors.Is(err, ErrOver) {
		return false, err
	}
	if err != nil {
		return true, nil
	}
	if begunAnew(r.at, end) {
		if err := r.rewind(ctx); err != nil {
			return false, err
		}
	}
	r.at.Created = end.Created
	nudge(r.back)
	r.Wake()
	return false, nil
}

func (r *reader) cursor(ctx context.Context) (Cursor, error) {
	at, err := r.box.Cursor(ctx, r.stream)
	if err != nil {
		return at, fmt.Errorf("read how far %s was read: %w", r.stream, err)
	}
	return at, nil
}

// begunAnew reports whether the stream that ends at end is not, or not all of,
// the one that was read up to at.
func begunAnew(at, end Cursor) bool {
	return end.Seq < at.Seq || !at.Created.IsZero() && !at.Created.Equal(end.Created)
}

// take stores a batch and asks for what is missing in it. The error is the
// box's, or errAnew.
func (r *reader) take(ctx context.Context, batch []Delivery) error {
	if len(batch) > 0 && r.check {
		if batch[0].Mend || mark(batch[0]) != r.at.Last {
			return errAnew // or not to be told from it
		}
		r.check = false
		if err := r.begun(ctx); err != nil {
			return err
		}
	}
	whole, at := follow(r.at, batch)
	if at.Seq == r.at.Seq {
		return nil
	}
	if err := r.box.Take(ctx, r.stream, whole, at); err != nil {
		return fmt.Errorf("take in %s: %w", r.stream, err)
	}
	known := r.at.Seq
	r.at = at
	r.Wake()
	return r.ask(ctx, slices.DeleteFunc(slices.Clone(at.Holes), func(seq uint64) bool { return seq <= known }))
}

// follow answers which of a batch can be read, and where it ends.
func follow(at Cursor, batch []Delivery) (whole []Delivery, end Cursor) {
	at.Holes = slices.Clone(at.Holes)
	for _, d := range batch {
		if d.Seq <= at.Seq {
			continue
		}
		at.Holes = append(at.Holes, sequences(at.Seq+1, d.Seq-1)...)
		at.Seq = d.Seq
		if d.Mend {
			at.Holes = append(at.Holes, d.Seq)
			continue
		}
		whole, at.Last = append(whole, d), mark(d)
	}
	at.Holes = at.Holes[max(0, len(at.Holes)-mostHoles):]
	return whole, at
}

// errAnew says that a stream does not have what was read of it.
var errAnew = errors.New("the stream began anew")

// mark tells a record from any other: the same bytes stored at another time, or
// at another place, are another.
func mark(d Delivery) string {
	sum := sha256.Sum256(fmt.Appendf(bytes.Clone(d.Bytes), "\n%d", d.Stored.UnixNano()))
	return fmt.Sprintf("%d %x", d.Seq, sum[:8])
}

// ask asks for sequences of the log that could not be read, or publishes them
// again where they are here. What the network fails at is asked for again on
// the next connection. What the blind stream lost its author publishes again
// once the round is revealed. The error is the box's.
func (r *reader) ask(ctx context.Context, missing []uint64) error {
	if r.stream != Log {
		return nil
	}
	for _, seq := range missing {
		here, err := r.mend(ctx, seq)
		if err != nil {
			return err
		}
		if !here && r.link.Missing(ctx, seq) != nil {
			return nil
		}
	}
	return nil
}

// watch looks now and then whether the stream has begun anew, and returns when
// it has: a server then delivers nothing, and says nothing. What is missing it
// asks for again, ever more seldom, as those who have it may come later. The
// error is the box's.
func (r *reader) watch(ctx context.Context) error {
	look := time.NewTicker(lookAgain)
	defer look.Stop()
	for looks := 1; ; looks++ {
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
		}
		at, err := r.cursor(ctx)
		if err != nil {
			return unlessOver(ctx, err)
		}
		if end, err := r.link.Info(ctx, r.stream); err == nil && begunAnew(at, end) {
			return nil
		}
		if looks&(looks-1) == 0 || looks%64 == 0 {
			if err := r.ask(ctx, at.Holes); err != nil {
				return unlessOver(ctx, err)
			}
		}
		r.Wake()
	}
}

// sequences are those from one to another, at most [mostHoles].
func sequences(from, to uint64) []uint64 {
	var all []uint64
	for seq := from; seq <= to && len(all) < mostHoles; seq++ {
		all = append(all, seq)
	}
	return all
}
