//go:build linux

// Package fifocard is a sound card for tests: an ALSA device that writes into a
// named pipe, and a reader that takes from it at the pace of a real card and
// keeps all it hears. With it a test knows what was heard, sample by sample,
// and when, without a sound card.
//
//	card, err := fifocard.New(t.TempDir())
//	name, value := card.Env()
//	t.Setenv(name, value) // or the environment of the app that is tested
//	… play …
//	samples := card.Heard(0)
//
// Only libasound has to be there, which the app needs anyway. ALSA reads the
// environment when a device is opened.
package fifocard

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Rate is the frames a second that the card plays: what it is opened with.
const Rate = 48000

const (
	period      = 10 * time.Millisecond
	frameSize   = 4 // two channels of 16 bits
	blockFrames = Rate / 100
	// pipeSize is what a card's ring holds that is asked for buffers of 20 ms:
	// the driver makes two of it, 40 ms, and this is the nearest there is, 43.
	// It is how long whoever plays may be held up before there is a hole.
	pipeSize = 8192
)

// config makes the pipe the default device. Without the include ALSA would not
// know the null device behind it.
const config = `</usr/share/alsa/alsa.conf>
pcm.!default {
	type file
	file "%s"
	format raw
	slave.pcm "null"
}
`

// A Card plays from when it is made until it is closed. When nobody gives it
// sound it waits, and its clock stands still.
type Card struct {
	config string
	pipe   *os.File
	done   chan struct{}
	stuck  atomic.Bool

	mu      sync.Mutex
	samples [][2]int16
	times   []time.Time // of each block
	holes   []Hole
}

// A Hole is a time for which a card that played was given nothing: whoever plays
// was held up for longer than the ring lasts.
type Hole struct {
	Frame int // that came after it
	Long  time.Duration
}

// New makes a card whose files lie in dir.
func New(dir string) (*Card, error) {
	c := &Card{config: filepath.Join(dir, "asound.conf"), done: make(chan struct{})}
	path := filepath.Join(dir, "card")
	if err := os.WriteFile(c.config, fmt.Appendf(nil, config, path), 0o600); err != nil {
		return nil, fmt.Errorf("make sound card: %w", err)
	}
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		return nil, fmt.Errorf("make sound card: %w", err)
	}
	// Read and write, so that there is a reader before ALSA comes and the pipe
	// does not end when it goes.
	pipe, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, fmt.Errorf("make sound card: %w", err)
	}
	if err := shrink(pipe); err != nil {
		_ = pipe.Close()
		return nil, fmt.Errorf("make sound card: %w", err)
	}
	c.pipe = pipe
	go c.play()
	return c, nil
}

func shrink(pipe *os.File) error {
	raw, err := pipe.SyscallConn()
	if err != nil {
		return err
	}
	const setPipeSize = 1031 // F_SETPIPE_SZ of linux/fcntl.h
	var failed syscall.Errno
	err = raw.Control(func(fd uintptr) {
		_, _, failed = syscall.Syscall(syscall.SYS_FCNTL, fd, setPipeSize, pipeSize)
	})
	if failed != 0 {
		return failed
	}
	return err
}

// Env is the environment variable that makes ALSA use the card.
func (c *Card) Env() (name, value string) { return "ALSA_CONFIG_PATH", c.config }

// Frames is how many frames the card has played: its clock.
func (c *Card) Frames() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.samples)
}

// Heard is what it has played, left and right, from a frame on.
func (c *Card) Heard(from int) [][2]int16 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([][2]int16(nil), c.samples[from:]...)
}

// At is when it played a frame that it has played, to a hundredth of a second.
func (c *Card) At(frame int) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.times[frame/blockFrames]
}

// Holes are those from a frame on, for a test to say why it heard what it heard.
// What is played after a rest comes after one too.
func (c *Card) Holes(from int) []Hole {
	c.mu.Lock()
	defer c.mu.Unlock()
	i, _ := slices.BinarySearchFunc(c.holes, from, func(h Hole, frame int) int { return h.Frame - frame })
	return slices.Clone(c.holes[i:])
}

// Stick makes the card take no more sound, as one whose driver hangs, or take it
// again. Whoever gives it sound waits meanwhile.
func (c *Card) Stick(stuck bool) { c.stuck.Store(stuck) }

// Close ends the card. A program that still plays to it will wait for ever.
func (c *Card) Close() error {
	c.stuck.Store(false)
	err := c.pipe.Close()
	<-c.done
	return err
}

// play takes a block each period.
func (c *Card) play() {
	defer close(c.done)
	block := make([]byte, blockFrames*frameSize)
	for next := time.Now(); ; next = next.Add(period) {
		for c.stuck.Load() {
			time.Sleep(period)
		}
		if _, err := io.ReadFull(c.pipe, block); err != nil {
			return // closed
		}
		c.keep(block)
		if late := time.Since(next); late > 5*period {
			next = next.Add(late) // it had to wait: a card does not hurry afterwards
			c.tear(late)
		}
		time.Sleep(time.Until(next.Add(period)))
	}
}

func (c *Card) tear(long time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.holes = append(c.holes, Hole{len(c.samples) - blockFrames, long})
}

func (c *Card) keep(block []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.times = append(c.times, time.Now())
	for ; len(block) > 0; block = block[frameSize:] {
		left, right := int16(block[0])|int16(block[1])<<8, int16(block[2])|int16(block[3])<<8
		c.samples = append(c.samples, [2]int16{left, right})
	}
}
