package prove

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
)

// A seat is a process that takes part in a session.
type seat struct {
	*person
	process *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Scanner
	errs    bytes.Buffer
}

// heard is what a seat prints, as far as it matters here.
type heard struct {
	Event, Session, Link, Moment, Digest, Error, Message string
	Placed                                               int
}

// sit starts a process of a session; first is what it reads before orders.
func (p *person) sit(ctx context.Context, first string, args ...string) (*seat, error) {
	s := &seat{person: p, process: p.command(ctx, args...)}
	in, err1 := s.process.StdinPipe()
	out, err2 := s.process.StdoutPipe()
	s.process.Stderr = &s.errs
	if err := errors.Join(err1, err2, s.process.Start()); err != nil {
		return nil, err
	}
	s.in, s.out = in, bufio.NewScanner(out)
	s.out.Buffer(nil, 1<<20)
	_, err := io.WriteString(in, first)
	return s, err
}

// until reads until an event comes.
func (s *seat) until(event string) (h heard, err error) {
	for s.out.Scan() {
		h = heard{}
		if err := json.Unmarshal(s.out.Bytes(), &h); err != nil {
			return h, fmt.Errorf("read %.200q: %w", s.out.Bytes(), err)
		}
		if h.Event == event {
			return h, nil
		}
		if h.Event == "error" {
			return h, fmt.Errorf("while waiting for %s: %s %s", event, h.Error, h.Message)
		}
	}
	return h, fmt.Errorf("the process ended before %s: %.300s", event, s.errs.Bytes())
}

func (s *seat) do(order string) error {
	_, err := io.WriteString(s.in, order+"\n")
	return err
}

// kill ends the process as a power cut would.
func (s *seat) kill() {
	_ = s.process.Process.Kill() // it may be gone
	_ = s.in.Close()
	_ = s.process.Wait() // it was killed
}

// meeting is a session of a host and a member over so many calls.
type meeting struct {
	host, member *seat
	link, id     string
	answered     map[string]bool // of the member
}

// killSession kills the host or the member of a session, in turn, while the
// member tags. Each comes back; what the member was answered is there, and in the
// end both hold the same.
func killSession(ctx context.Context, p *prover, rounds int) (t tally, err error) {
	const calls = 3
	m, err := p.meet(ctx, calls)
	if err != nil {
		return t, err
	}
	defer func() {
		for _, s := range []*seat{m.host, m.member} {
			if s != nil {
				s.kill()
			}
		}
	}()
	for ; t.rounds < rounds; t.rounds++ {
		if err := m.round(ctx, t.rounds, 1+p.random.IntN(4)); err != nil {
			return t, fmt.Errorf("round %d: %w", t.rounds, err)
		}
	}
	digests, err := m.close()
	if err != nil {
		return t, err
	}
	if digests[0] != digests[1] {
		t.lose("the host holds %s, the member %s", digests[0], digests[1])
	}
	if wrong := m.host.whole(ctx); wrong != "" {
		t.lose("the host's library: %s", wrong)
	}
	return t, m.member.compare(ctx, &t, calls, m.answered)
}

// meet opens a session.
func (p *prover) meet(ctx context.Context, calls int) (*meeting, error) {
	hostess, err := p.with(ctx, calls)
	if err != nil {
		return nil, err
	}
	guest, err := p.with(ctx, calls)
	if err != nil {
		return nil, err
	}
	var draw struct{ ID string }
	if err := hostess.get(ctx, &draw, "draw", "-n", fmt.Sprint(calls), "--seed", "prove"); err != nil {
		return nil, err
	}
	m := &meeting{answered: map[string]bool{}}
	// At an address that can be found again by those who come back.
	if m.host, err = hostess.sit(ctx, "", "session", "host", "--draw", draw.ID, "--name", "Hedda"); err != nil {
		return m, err
	}
	ready, err := m.host.until("ready")
	if err != nil {
		return m, err
	}
	m.link, m.id = ready.Link, ready.Session
	return m, m.join(ctx, guest)
}

func (m *meeting) join(ctx context.Context, guest *person) (err error) {
	if m.member, err = guest.sit(ctx, m.link+"\n", "session", "join", "-", "--name", "Ada"); err != nil {
		return err
	}
	_, err = m.member.until("ready")
	return err
}

// round has the member tag, kills one of the two and brings it back.
func (m *meeting) round(ctx context.Context, n, tags int) error {
	for h := (heard{}); h.Placed < 3; {
		if err := m.member.do(`{"do":"status"}`); err != nil {
			return err
		}
		var err error
		if h, err = m.member.until("status"); err != nil {
			return err
		}
	}
	for i := range tags {
		if err := m.member.do(fmt.Sprintf(`{"do":"tag","round":%d,"issue":"Issue %d","at":%d}`, 1+i%3, n%4, (n+i)%9)); err != nil {
			return err
		}
		h, err := m.member.until("tag")
		if err != nil {
			return err
		}
		m.answered[h.Moment] = true
	}
	if n%2 == 0 {
		m.member.kill()
		return m.join(ctx, m.member.person)
	}
	m.host.kill()
	var err error
	if m.host, err = m.host.sit(ctx, "", "session", "host", "--resume", m.id); err != nil {
		return err
	}
	_, err = m.host.until("ready")
	return err
}

// close ends the session and answers what both hold then.
func (m *meeting) close() (digests [2]string, err error) {
	if _, err := m.member.until("synced"); err != nil {
		return digests, err
	}
	if err := m.host.do(`{"do":"reveal"}` + "\n" + `{"do":"close"}`); err != nil {
		return digests, err
	}
	for i, s := range []*seat{m.host, m.member} {
		h, err := s.until("closed")
		if err != nil {
			return digests, err
		}
		digests[i] = h.Digest
	}
	return digests, nil
}
