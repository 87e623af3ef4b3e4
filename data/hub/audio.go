package hub

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"golang.org/x/sync/errgroup"

	"github.com/earshot-app/earshot/review"
)

// The ways in which a recording does not arrive.
const (
	NoSessionAudio review.Code = "no-session-audio" // args: hash
	AudioChanged   review.Code = "audio-changed"    // args: hash
)

// rangeSize is how many bytes of a recording go into one message: large enough
// for the speed of the network, small enough that a seek waits for no more.
const rangeSize = 256 << 10

// longest is how many bytes of a recording are taken from others, so that nobody
// can fill a disk: what a WAV file can hold, which is days of a call.
const longest = 4 << 30

// Recordings are asked for and handed out a few ranges at a time.
const (
	inFlight  = 4 // of one recording
	perMember = 8 // ranges that a member may wait for
	readers   = 4 // of the host's disk
)

// A span is what a member asks for: bytes of the recording of that content.
type span struct {
	Hash string `json:"hash"` // SHA-256, hexadecimal
	At   int64  `json:"at"`
	Size int    `json:"size"`
}

// The headers of an answer: how long the whole recording is, or why there is
// none.
const (
	lengthHeader  = "Length"
	refusedHeader = "Refused"
)

// Why the host gives no range.
const (
	unknownAudio = "unknown"
	busyAudio    = "busy"   // the member waits for too many already
	absentAudio  = "absent" // it is of the session, and lies with nobody who is there
)

// second is the connection that recordings travel over, so that no tag waits
// behind them. It is made when the first is asked for.
type second struct {
	dial func(context.Context) (*nats.Conn, error)

	mu     sync.Mutex
	conn   *nats.Conn
	closed bool
}

func (s *second) get(ctx context.Context) (*nats.Conn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errClosed
	}
	if s.conn == nil || s.conn.IsClosed() {
		conn, err := s.dial(ctx)
		if err != nil {
			return nil, err
		}
		s.conn = conn
	}
	return s.conn, nil
}

func (s *second) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	if s.conn != nil {
		s.conn.Close()
	}
}

// An Opener opens the recording of a content, for as long as one range is read;
// ctx ends with the lending. It knows only those of the session's calls, and
// answers an error for others. What is an [io.Closer] is closed.
type Opener func(ctx context.Context, hash string) (recording io.ReaderAt, size int64, err error)

// Lend is the host's side of [Conn.Fetch], until ctx ends or the connection is
// closed.
func (c *Conn) Lend(ctx context.Context, open Opener) error {
	conn, err := c.audio.get(ctx)
	if err != nil {
		return err
	}
	wanted := make(chan *nats.Msg, 256)
	sub, err := conn.ChanSubscribe(c.subject("req", "*", "audio"), wanted)
	if err != nil {
		return fmt.Errorf("listen for who wants a recording: %w", err)
	}
	defer sub.Unsubscribe()
	l := &lender{conn: c, over: conn, open: open, work: make(chan loan, perMember*maxMembers), waiting: map[string]int{}}
	var all errgroup.Group
	for range readers {
		all.Go(func() error { return l.read(ctx) })
	}
	err = l.sort(ctx, wanted)
	close(l.work)
	return errors.Join(err, all.Wait())
}

// A lender hands out ranges of recordings.
type lender struct {
	conn *Conn
	over *nats.Conn
	open Opener
	work chan loan

	mu      sync.Mutex
	waiting map[string]int // ranges by member
}

type loan struct {
	msg    *nats.Msg
	author string
}

// sort queues what members ask for, and refuses what is too much from one, so
// that the others do not wait behind it.
func (l *lender) sort(ctx context.Context, wanted <-chan *nats.Msg) error {
	for {
		select {
		case m := <-wanted:
			author := strings.Split(m.Subject, ".")[3]
			if l.count(author, 1) > perMember {
				l.count(author, -1)
				l.refuse(loan{m, author}, busyAudio)
				continue
			}
			select {
			case l.work <- loan{m, author}:
			default: // more members than a session has
				l.count(author, -1)
			}
		case <-l.conn.closing.Done():
			return errClosed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (l *lender) count(author string, change int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting[author] += change
	return l.waiting[author]
}

func (l *lender) refuse(o loan, why string) {
	l.conn.reply(l.over, o.msg, o.author, nats.Header{refusedHeader: {why}}, nil)
}

// read answers what is queued, with one buffer for all.
func (l *lender) read(ctx context.Context) error {
	buffer := make([]byte, rangeSize)
	for o := range l.work {
		part, length, err := l.part(ctx, o.msg.Data, buffer)
		switch {
		case review.CodeOf(err) == NobodyLends:
			l.refuse(o, absentAudio)
		case err != nil:
			l.refuse(o, unknownAudio)
		default:
			l.conn.reply(l.over, o.msg, o.author, nats.Header{lengthHeader: {strconv.FormatInt(length, 10)}}, part)
		}
		l.count(o.author, -1)
	}
	return nil
}

func (l *lender) part(ctx context.Context, asked, buffer []byte) (part []byte, length int64, err error) {
	var s span
	if err := json.Unmarshal(asked, &s); err != nil {
		return nil, 0, err
	}
	return l.cut(ctx, s, buffer)
}

// cut reads a range into a buffer, which bounds it.
func (l *lender) cut(ctx context.Context, s span, buffer []byte) (part []byte, length int64, err error) {
	recording, length, err := l.open(ctx, s.Hash)
	if err != nil {
		return nil, 0, err
	}
	if closer, ok := recording.(io.Closer); ok {
		defer closer.Close()
	}
	if s.At < 0 || s.Size < 0 || s.At > length {
		return nil, 0, io.ErrUnexpectedEOF
	}
	part = buffer[:min(int64(s.Size), int64(len(buffer)), length-s.At)]
	n, err := recording.ReadAt(part, s.At)
	if n == len(part) {
		err = nil
	}
	return part, length, err
}

// Fetch writes the recording of a content to w, in order, and tells how far it
// is, in bytes. What was written is worth nothing unless it answers nil: only at
// the end is it known to be that content. It answers [NoSessionAudio],
// [NobodyLends], [AudioChanged] and [HostAway].
func (c *Conn) Fetch(ctx context.Context, hash string, w io.WriterAt, progress func(done, of int64)) error {
	conn, err := c.audio.get(ctx)
	if err != nil {
		return err
	}
	f := &fetch{hash: hash, ask: func(ctx context.Context, s span) (*nats.Msg, error) {
		asked, err := json.Marshal(s)
		if err != nil {
			return nil, fmt.Errorf("ask for a recording: %w", err)
		}
		return c.ask(ctx, conn, "audio", asked)
	}}
	return f.run(ctx, w, progress)
}

// A fetch is one recording on its way.
type fetch struct {
	hash string
	ask  func(context.Context, span) (*nats.Msg, error)
}

// run has a few ranges on their way at a time.
func (f *fetch) run(ctx context.Context, w io.WriterAt, progress func(done, of int64)) error {
	first, length, err := f.span(ctx, 0)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	var all errgroup.Group
	parts := make(chan chan part, inFlight-1) // in order; each gets its one
	all.Go(func() error {
		defer close(parts)
		for at := int64(len(first)); at < length; at += rangeSize {
			one := make(chan part, 1)
			select {
			case parts <- one:
			case <-ctx.Done():
				return nil
			}
			all.Go(func() error {
				data, _, err := f.span(ctx, at)
				one <- part{data, err}
				return nil
			})
		}
		return nil
	})
	err = f.write(w, part{first, nil}, parts, func(done int64) { progress(done, length) })
	if ctx.Err() != nil {
		err = ctx.Err() // then the parts ended too early
	}
	stop()
	for one := range parts {
		<-one
	}
	return errors.Join(err, all.Wait())
}

type part struct {
	data []byte
	err  error
}

// write puts the parts behind one another, and knows at the end whether they
// are the recording.
func (f *fetch) write(w io.WriterAt, first part, parts <-chan chan part, progress func(int64)) error {
	sum := sha256.New()
	at := int64(0)
	for p, more := first, true; more; {
		if p.err != nil {
			return p.err
		}
		if _, err := w.WriteAt(p.data, at); err != nil {
			return fmt.Errorf("keep a recording of the session: %w", err)
		}
		sum.Write(p.data)
		at += int64(len(p.data))
		progress(at)
		var next chan part
		if next, more = <-parts; more {
			p = <-next
		}
	}
	if hex.EncodeToString(sum.Sum(nil)) != f.hash {
		return review.Fail(AudioChanged, review.Args{"hash": f.hash})
	}
	return nil
}

// span asks for one range, again while the host has too much to do.
func (f *fetch) span(ctx context.Context, at int64) (data []byte, length int64, err error) {
	for {
		answer, err := f.ask(ctx, span{f.hash, at, rangeSize})
		if err != nil {
			return nil, 0, err
		}
		switch answer.Header.Get(refusedHeader) {
		case "":
			length, err := strconv.ParseInt(answer.Header.Get(lengthHeader), 10, 64)
			if err != nil || length > longest || int64(len(answer.Data)) != min(rangeSize, length-at) {
				return nil, 0, review.Fail(AudioChanged, review.Args{"hash": f.hash})
			}
			return answer.Data, length, nil
		case busyAudio:
			pause(ctx, 200*time.Millisecond)
		case absentAudio:
			return nil, 0, review.Fail(NobodyLends, review.Args{"hash": f.hash})
		default:
			return nil, 0, review.Fail(NoSessionAudio, review.Args{"hash": f.hash})
		}
	}
}
