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
	Do     string  `json:"do"` // invite, revoke, remove, host, close
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
	Code      review.Code `json:"code,omitempty"`       // of error
	Args      review.Args `json:"args,omitempty"`
	Detail    string      `json:"detail,omitempty"`
}

// Pipe is the process that [Start] begins: it reads its Config as the first
// line of in, and goes on as [Main].
func Pipe(ctx context.Context, in io.Reader, out io.Writer) error {
	lines := bufio.NewReader(in)
	first, err := lines.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("read the hub's settings: %w", err)
	}
	config := Config{Now: time.Now}
	if err := json.Unmarshal(first, &config); err != nil {
		return fmt.Errorf("read the hub's settings: %w", err)
	}
	return Main(ctx, lines, out, config)
}

// Main serves a session until in ends, it is told to close or ctx ends. It reads
// orders from in and reports to out, a JSON object a line:
//
//	{"do":"invite","people":5,"hours":24}   {"do":"revoke","invitation":"…"}
//	{"do":"remove","member":"…"}            {"do":"host","member":"…"}
//	{"do":"close"}
//
//	{"event":"ready","session":"…","addresses":["…"],"link":"…"}
//	{"event":"invitation","invitation":"…","link":"earshot://join/…"}
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
		err = errors.Join(err, obeyed)
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
		if o.Do == "close" {
			return nil
		}
		say.line(s.follow(o))
	}
	return lines.Err()
}

func (s *Server) follow(o order) report {
	var err error
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
			return report{Event: "invitation", N: o.N, ID: id, Link: i.Link()}
		}
	case "revoke":
		err = s.Revoke(o.ID)
	case "remove":
		err = s.Remove(o.Author)
	case "host":
		err = s.HandOver(o.Author)
	default:
		err = review.Fail(review.BadArgument, review.Args{"name": "do", "value": o.Do})
	}
	if err != nil {
		return failure(o.N, err)
	}
	return report{Event: "done", N: o.N}
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
