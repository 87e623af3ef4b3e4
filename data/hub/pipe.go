package hub

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/earshot-app/earshot/review"
)

// An order is one line of what a hub's process is told. N numbers it, for the
// answer.
type order struct {
	Do     string  `json:"do"` // invite, offers, revoke, remove, host, close; here
	N      int     `json:"n,omitempty"`
	People int     `json:"people,omitempty"`     // of invite; 0 is one
	Hours  float64 `json:"hours,omitempty"`      // of invite; 0 is 24
	ID     string  `json:"invitation,omitempty"` // of revoke
	Author string  `json:"member,omitempty"`     // of remove and host
}

// A report is one line of what a hub's process says.
type report struct {
	Event     string      `json:"event"` // ready, done, invitation, admitted, error, closed
	N         int         `json:"n,omitempty"`
	Session   string      `json:"session,omitempty"`
	Addresses []string    `json:"addresses,omitempty"`  // of ready
	Member    *Member     `json:"member,omitempty"`     // of admitted
	ID        string      `json:"invitation,omitempty"` // of invitation
	Link      string      `json:"link,omitempty"`       // of ready without the secret; of invitation
	Offers    []Standing  `json:"offers,omitempty"`     // of offers
	Code      review.Code `json:"code,omitempty"`       // of error
	Args      review.Args `json:"args,omitempty"`
	Detail    string      `json:"detail,omitempty"`
}

// A parent says every hereGap that it is there. Without a word for lostAfter it
// hangs, or has left its end of the pipe to somebody else.
const (
	hereGap   = 5 * time.Second
	lostAfter = 6 * hereGap
)

// Pipe is the process that [Start] begins: it reads its Config as the first
// line of in, and goes on as [Main]. It ends with its parent, also with one that
// hangs.
func Pipe(ctx context.Context, in io.Reader, out io.Writer) error {
	return pipe(ctx, in, out, lostAfter)
}

func pipe(ctx context.Context, in io.Reader, out io.Writer, patience time.Duration) error {
	lines := bufio.NewReader(in)
	first, err := lines.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("read the hub's settings: %w", err)
	}
	config := Config{Now: time.Now}
	if err := json.Unmarshal(first, &config); err != nil {
		return fmt.Errorf("read the hub's settings: %w", err)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	alone := time.AfterFunc(patience, stop)
	defer alone.Stop()
	return Main(ctx, watched{lines, func() { alone.Reset(patience) }}, out, config)
}

// watched tells of whatever is read.
type watched struct {
	io.Reader
	heard func()
}

// Read implements io.Reader.
func (w watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	w.heard()
	return n, err
}

// Main serves a session until in ends, it is told to close or ctx ends. It reads
// orders from in and reports to out, a JSON object a line:
//
//	{"do":"invite","people":5,"hours":24}   {"do":"revoke","invitation":"…"}   {"do":"offers"}
//	{"do":"remove","member":"…"}            {"do":"host","member":"…"}
//	{"do":"close"}
//
//	{"event":"ready","session":"…","addresses":["…"],"link":"…"}
//	{"event":"invitation","invitation":"…","link":"earshot://join/…"}
//	{"event":"offers","offers":[{"invitation":"…","left":3,"of":5,"hours":23.5}]}
//	{"event":"admitted","member":{"author":"…","public":"…"}}
//	{"event":"done"}   {"event":"error","code":"…"}   {"event":"closed"}
//
// Answers bear the number "n" of their order. It answers what [Serve] does.
func Main(ctx context.Context, in io.Reader, out io.Writer, config Config) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	say := &reports{to: json.NewEncoder(out), failed: stop}
	config.Admitted = func(m Member) { say.line(report{Event: "admitted", Member: &m}) }
	s, err := Serve(ctx, config)
	if err != nil {
		say.line(failure(0, err))
		return err
	}
	door := s.Door()
	say.line(report{Event: "ready", Session: door.Session, Addresses: door.Addresses, Link: door.Link()})
	heard := make(chan error, 1)
	go func() { heard <- s.obey(in, say); stop() }()
	go func() { _ = s.Wait(); stop() }() // Close answers what it died of
	<-ctx.Done()
	err = s.Close()
	select {
	case obeyed := <-heard:
		if !errors.Is(obeyed, context.Canceled) { // of in, which may end with ctx
			err = errors.Join(err, obeyed)
		}
	default: // it waits for a line that will not come, and ends with in
	}
	say.line(report{Event: "closed", Session: door.Session})
	return err
}

// obey follows orders until there are no more.
func (s *Server) obey(in io.Reader, say *reports) error {
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		var o order
		if err := json.Unmarshal(lines.Bytes(), &o); err != nil {
			say.line(failure(0, review.Fail(review.BadArgument, review.Args{"name": "order", "value": lines.Text()})))
			continue
		}
		switch o.Do {
		case "close":
			return nil
		case "here":
			continue
		}
		answer, after := s.follow(o)
		say.line(answer)
		after()
	}
	return lines.Err()
}

// follow does what an order says. after is to be called when the answer is out:
// it may cut the connection that the order came by.
func (s *Server) follow(o order) (answer report, after func()) {
	var err error
	after = func() {}
	switch o.Do {
	case "invite":
		hours := o.Hours
		if hours == 0 {
			hours = DefaultHours
		}
		var i Invitation
		var id string
		i, id, err = s.Invite(Offer{People: max(o.People, 1), Until: s.config.Now().Add(time.Duration(hours * float64(time.Hour)))})
		if err == nil {
			return report{Event: "invitation", N: o.N, ID: id, Link: i.Link()}, after
		}
	case "offers":
		return report{Event: "offers", N: o.N, Offers: s.Offers()}, after
	case "revoke":
		err = s.Revoke(o.ID)
	case "remove":
		err = s.Remove(o.Author)
	case "host":
		var cut func() error
		cut, err = s.handOver(o.Author)
		after = func() { _ = cut() } // whoever is cut off comes back with other rights
	default:
		err = review.Fail(review.BadArgument, review.Args{"name": "do", "value": o.Do})
	}
	if err != nil {
		return failure(o.N, err), func() {}
	}
	return report{Event: "done", N: o.N}, after
}

// DefaultHours is how long an invitation is good for, unless asked otherwise.
const DefaultHours = 24.0

func failure(n int, err error) report {
	r := report{Event: "error", N: n, Code: review.CodeOf(err), Detail: err.Error()}
	var told *review.Error
	if errors.As(err, &told) {
		r.Args = told.Args
	}
	return r
}

// reports writes lines one at a time. When nobody reads them any more, the hub
// has lost its parent and ends.
type reports struct {
	mu     sync.Mutex
	to     *json.Encoder
	failed func()
}

func (r *reports) line(what report) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.to.Encode(what); err != nil {
		r.failed()
	}
}
