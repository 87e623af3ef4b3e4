package hub

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/earshot-app/earshot/review"
)

// HubEnded is answered when a hub's process ended and does not start again.
const HubEnded review.Code = "hub-ended"

// A Child is a hub in a process of its own. When that ends without being told,
// it is started again: its folder holds all that it needs, and those who were
// connected come back by themselves.
type Child struct {
	program []string
	config  Config
	stop    context.CancelFunc
	ended   chan struct{}

	mu      sync.Mutex
	orders  io.Writer // of the running process; nil while there is none
	process int
	door    Invitation
	told    []string // authors whom Admitted was called for
	last    int
	waiting map[int]chan report
	failed  error
}

// restarts is how often in a row a hub may fail to start.
const restarts = 5

// Program is the command that serves as a hub: this program with "hub --pipe",
// for which it must call [Pipe].
func Program() ([]string, error) {
	own, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	return []string{own, "hub", "--pipe"}, nil
}

// Start begins a hub as a process and returns when clients can connect to it. It
// runs until ctx ends or [Child.Close]. It answers what [Serve] does, and
// [HubEnded].
func Start(ctx context.Context, program []string, config Config) (*Child, error) {
	ctx, stop := context.WithCancel(ctx)
	c := &Child{program: program, config: config, stop: stop, ended: make(chan struct{}), waiting: map[int]chan report{}}
	ready := make(chan error, 1)
	go func() {
		defer close(c.ended)
		c.supervise(ctx, ready)
	}()
	if err := <-ready; err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// supervise runs the process again and again. The first end of a start is told
// to ready.
func (c *Child) supervise(ctx context.Context, ready chan<- error) {
	first, failures := ready, 0
	for ctx.Err() == nil {
		started, err := c.run(ctx, func() {
			if first != nil {
				first <- nil
				first = nil
			}
		})
		if started {
			failures = 0
		} else {
			failures++
		}
		if first != nil || failures == restarts {
			c.fail(err)
			break
		}
		pause(ctx, time.Duration(failures)*500*time.Millisecond)
	}
	if first != nil {
		if c.Err() == nil {
			c.fail(ctx.Err())
		}
		first <- c.Err()
	}
}

// run is one life of the process. It answers whether clients could connect.
func (c *Child) run(ctx context.Context, ready func()) (started bool, err error) {
	cmd := exec.CommandContext(ctx, c.program[0], c.program[1:]...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return false, err
	}
	cmd.Cancel = in.Close // the end of its input tells it to end
	cmd.WaitDelay = 10 * time.Second
	cmd.SysProcAttr = apart()
	// Where the system ends a child with its parent, that is the parent's thread.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	out, err := cmd.StdoutPipe()
	if err != nil {
		return false, err
	}
	if err := cmd.Start(); err != nil {
		return false, err
	}
	defer c.disconnect()
	if err := json.NewEncoder(in).Encode(c.config); err != nil {
		return false, errors.Join(err, cmd.Wait())
	}
	defer c.stay(ctx)()
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r report
		if err = json.Unmarshal(lines.Bytes(), &r); err != nil {
			continue // not ours: something else that the program prints
		}
		if r.Event == "error" && r.N == 0 {
			err = r.err()
		}
		if r.Event == "ready" {
			started = true
			c.connect(in, cmd.Process.Pid, r)
			ready()
		}
		c.hear(r)
	}
	return started, errors.Join(err, cmd.Wait())
}

// stay tells the process now and then that this one is there, until it is told
// to end.
func (c *Child) stay(ctx context.Context) (end func()) {
	ctx, stop := context.WithCancel(ctx)
	var staying sync.WaitGroup
	staying.Go(func() {
		for ctx.Err() == nil {
			pause(ctx, hereGap)
			_ = c.send(order{Do: "here"}, nil) // a process that has ended is seen to have
		}
	})
	return func() { stop(); staying.Wait() }
}

func (c *Child) connect(in io.Writer, process int, r report) {
	door, err := ParseInvitation(r.Link)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil {
		c.door = door
	}
	c.orders, c.process = in, process
}

// disconnect answers those who wait that there will be no answer.
func (c *Child) disconnect() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.orders, c.process = nil, 0
	for n, waiting := range c.waiting {
		waiting <- report{Event: "error", Code: HubEnded}
		delete(c.waiting, n)
	}
}

func (c *Child) hear(r report) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if waiting, ok := c.waiting[r.N]; ok {
		waiting <- r
		delete(c.waiting, r.N)
	}
	if r.Member != nil && !slices.Contains(c.told, r.Member.Author) {
		c.told = append(c.told, r.Member.Author)
		if c.config.Admitted != nil {
			c.config.Admitted(*r.Member)
		}
	}
}

func (r report) err() error {
	return review.Fail(r.Code, r.Args).Because(errors.New(r.Detail))
}

// tell gives an order and waits for its answer.
func (c *Child) tell(ctx context.Context, o order) (report, error) {
	answer := make(chan report, 1)
	if err := c.send(o, answer); err != nil {
		return report{}, err
	}
	select {
	case r := <-answer:
		if r.Event == "error" {
			return r, r.err()
		}
		return r, nil
	case <-ctx.Done():
		return report{}, ctx.Err()
	}
}

func (c *Child) send(o order, answer chan report) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.orders == nil {
		return review.Fail(HubEnded, nil).Because(c.failed)
	}
	if answer != nil {
		c.last++
		o.N = c.last
		c.waiting[o.N] = answer
	}
	if err := json.NewEncoder(c.orders).Encode(o); err != nil {
		delete(c.waiting, o.N)
		return review.Fail(HubEnded, nil).Because(err)
	}
	return nil
}

// Invite makes an invitation and the id that [Child.Revoke] takes.
func (c *Child) Invite(ctx context.Context, o Offer) (Invitation, string, error) {
	r, err := c.tell(ctx, order{Do: "invite", People: o.People, Hours: o.Until.Sub(c.config.Now()).Hours()})
	if err != nil {
		return Invitation{}, "", err
	}
	i, err := ParseInvitation(r.Link)
	return i, r.ID, err
}

// Revoke ends an invitation; whom it let in stays.
func (c *Child) Revoke(ctx context.Context, id string) error {
	_, err := c.tell(ctx, order{Do: "revoke", ID: id})
	return err
}

// Remove puts an author out and keeps them out.
func (c *Child) Remove(ctx context.Context, author string) error {
	_, err := c.tell(ctx, order{Do: "remove", Author: author})
	return err
}

// HandOver makes a member the host. The hub stays with this process.
func (c *Child) HandOver(ctx context.Context, author string) error {
	_, err := c.tell(ctx, order{Do: "host", Author: author})
	return err
}

// Door is an invitation without a secret: for the host, and whoever was let in.
func (c *Child) Door() Invitation {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.door
}

// Process is the id of the process that serves now, 0 while there is none.
func (c *Child) Process() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.process
}

// Err answers [HubEnded] when the hub is over, though nobody closed it.
func (c *Child) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failed
}

func (c *Child) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failed = err
	if review.CodeOf(err) == review.Internal || err == nil {
		c.failed = review.Fail(HubEnded, nil).Because(err)
	}
}

// Done is closed when the hub is over.
func (c *Child) Done() <-chan struct{} { return c.ended }

// Close ends the hub and returns when it has.
func (c *Child) Close() error {
	c.stop()
	<-c.ended
	return nil
}
