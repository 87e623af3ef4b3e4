package session_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/earshot-app/earshot/review/session"
)

var errNetwork = errors.New("the network is gone")

// A server keeps streams as NATS does, with what can go wrong there: it holds
// one message for an id whoever sent it, gives up what it forgot, and may lose
// its disk.
type server struct {
	mu       sync.Mutex
	streams  map[session.Stream]*stream
	down     bool
	loseAcks int           // so many, from now on
	lose     string        // id of an event that does not come through once
	ended    chan struct{} // closed when connections end
	arrived  chan struct{} // closed when something came
	hearing  []chan uint64 // those who answer for what others could not read
	asked    []uint64
}

type stream struct {
	created time.Time
	kept    []session.Delivery // by sequence, from 1; one without a sequence is a hole
	ids     map[string]uint64
}

func newServer() *server {
	s := &server{ended: make(chan struct{}), arrived: make(chan struct{})}
	s.streams = map[session.Stream]*stream{session.Log: newStream(), session.Blind: newStream()}
	return s
}

func newStream() *stream { return &stream{created: time.Now(), ids: map[string]uint64{}} }

// cut ends every connection; with down nothing answers until it is called
// again.
func (s *server) cut(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
	s.hangUp()
}

func (s *server) hangUp() {
	close(s.ended)
	s.ended = make(chan struct{})
}

// truncate loses all of the log after a sequence, as a damaged record does when
// the server was killed.
func (s *server) truncate(after int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	log := s.streams[session.Log]
	log.kept = log.kept[:min(after, len(log.kept))]
	for id, seq := range log.ids {
		if seq > uint64(len(log.kept)) {
			delete(log.ids, id)
		}
	}
	s.hangUp()
}

// erase loses everything, as a deleted folder does.
func (s *server) erase() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.streams = map[session.Stream]*stream{session.Log: newStream(), session.Blind: newStream()}
	s.hangUp()
}

// held is how many records the log has.
func (s *server) held() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.streams[session.Log].kept)
}

// damage makes a record of the log unreadable: it is not delivered, and with
// told the reader is told so.
func (s *server) damage(seq int, told bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if log := s.streams[session.Log]; seq <= len(log.kept) {
		log.kept[seq-1] = session.Delivery{Mend: told}
	}
}

// forge puts a message into the log that its server believes to be another.
func (s *server) forge(d session.Delivery, id string) uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.keep(session.Log, d, id)
}

func (s *server) keep(to session.Stream, d session.Delivery, id string) uint64 {
	st := s.streams[to]
	if seq, ok := st.ids[id]; ok {
		return seq
	}
	d.Seq, d.Stored = uint64(len(st.kept)+1), time.Now()
	st.kept, st.ids[id] = append(st.kept, d), d.Seq
	close(s.arrived)
	s.arrived = make(chan struct{})
	return d.Seq
}

// A link is one member's way to the server.
type link struct {
	*server
	author string
	host   bool
	delay  time.Duration
}

func (l *link) Publish(ctx context.Context, p session.Parcel, try int) (uint64, error) {
	if err := l.travel(ctx); err != nil {
		return 0, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	to, id := session.Log, p.ID
	if p.Blind > 0 {
		to = session.Blind
	}
	if try > 0 {
		id = fmt.Sprintf("%s#%d", p.ID, try)
	}
	lost := l.lose == p.ID
	if lost {
		l.lose = ""
	}
	if lost || l.down || !l.host && p.Author != l.author {
		return 0, errNetwork
	}
	p.Bytes = bytes.Clone(p.Bytes)
	seq := l.keep(to, session.Delivery{Parcel: p, Subject: p.Author}, id)
	if l.loseAcks > 0 {
		l.loseAcks--
		return 0, errNetwork
	}
	return seq, nil
}

// slow makes the way as long.
func (l *link) slow(delay time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.delay = delay
}

// travel takes as long as the way to the server.
func (l *link) travel(ctx context.Context) error {
	l.mu.Lock()
	delay := l.delay
	l.mu.Unlock()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(delay):
		return nil
	}
}

func (l *link) Info(ctx context.Context, s session.Stream) (session.Cursor, error) {
	if err := l.travel(ctx); err != nil {
		return session.Cursor{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down || s == session.Blind && !l.host {
		return session.Cursor{}, errNetwork
	}
	st := l.streams[s]
	return session.Cursor{Created: st.created, Seq: uint64(len(st.kept))}, nil
}

func (l *link) Read(ctx context.Context, s session.Stream, after uint64, deliver func([]session.Delivery) error) error {
	l.mu.Lock()
	ended, down := l.ended, l.down
	l.mu.Unlock()
	if down || s == session.Blind && !l.host {
		return errNetwork
	}
	for {
		select {
		case <-ended:
			return errNetwork
		default:
		}
		l.mu.Lock()
		arrived, batch := l.arrived, l.streams[s].batch(after)
		l.mu.Unlock()
		if len(batch) > 0 {
			if err := deliver(batch); err != nil {
				return err
			}
			after = batch[len(batch)-1].Seq
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ended:
			return errNetwork
		case <-arrived:
		}
	}
}

// batch is the next few records after a sequence: a damaged one is left out or,
// where it is the last or that was chosen, comes without its bytes.
func (st *stream) batch(after uint64) []session.Delivery {
	var batch []session.Delivery
	for i := after; i < uint64(len(st.kept)) && len(batch) < 7; i++ {
		d := st.kept[i]
		d.Mend = d.Mend || d.Seq == 0 && i+1 == uint64(len(st.kept))
		if d.Seq > 0 || d.Mend {
			d.Seq = i + 1
			batch = append(batch, d)
		}
	}
	return batch
}

func (l *link) Missing(ctx context.Context, seq uint64) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down {
		return errNetwork
	}
	l.asked = append(l.asked, seq)
	for _, other := range l.hearing {
		other <- seq
	}
	return nil
}

func (l *link) Lost(ctx context.Context, each func(seq uint64)) error {
	hears := make(chan uint64, 1<<16)
	l.mu.Lock()
	if l.down {
		l.mu.Unlock()
		return errNetwork
	}
	l.hearing = append(l.hearing, hears)
	ended := l.ended
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		i := slices.Index(l.hearing, hears)
		l.hearing = slices.Delete(l.hearing, i, i+1)
	}()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ended:
			return errNetwork
		case seq := <-hears:
			each(seq)
		}
	}
}
