package ffmpeg

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
)

const sampleSize = 2 // bytes

// A spool is a recording that ffmpeg decodes into a file. One goroutine fills
// it, until all is there or Close.
type spool struct {
	info   format.Info
	size   int64 // bytes a frame
	file   *os.File
	name   string // of the file, "" where it could be deleted at once
	cmd    *exec.Cmd
	stop   context.CancelFunc // kills ffmpeg
	filled chan struct{}      // the goroutine is gone
	next   int64              // frame to be read
	buffer []byte

	mu    sync.Mutex
	grown sync.Cond
	good  int64 // frames that can be read
	over  error // why there are no more; nil as long as there may be
}

var (
	errClosed = errors.New("the recording was closed")
	errAll    = errors.New("all is decoded")
)

// newSpool starts ffmpeg with args.
func newSpool(args []string, info format.Info) (*spool, error) {
	file, name, err := temporary()
	if err != nil {
		return nil, review.Fail(NoSpool, nil).Because(err)
	}
	s := &spool{
		info: info, size: int64(sampleSize * info.Channels), file: file, name: name,
		filled: make(chan struct{}), buffer: make([]byte, 1<<14),
	}
	s.grown.L = &s.mu
	// The context ends with Close and not with that of Open: it lives as long.
	ctx, stop := context.WithCancel(context.Background())
	s.stop, s.cmd = stop, program(ctx, "ffmpeg", args)
	out, err := s.cmd.StdoutPipe()
	if err == nil {
		err = s.cmd.Start()
	}
	if err != nil {
		stop()
		_ = s.discard()
		return nil, review.Fail(Failed, review.Args{"container": info.Container}).Because(fmt.Errorf("start ffmpeg: %w", err))
	}
	go s.fill(out)
	return s, nil
}

// temporary opens a file of the user's cache folder, which unlike the one for
// temporary files is on a disk. Its name is gone at once where a file can be
// open without one.
func temporary() (file *os.File, name string, err error) {
	folder, err := os.UserCacheDir()
	if err != nil {
		folder = os.TempDir()
	}
	folder = filepath.Join(folder, "earshot")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, "", fmt.Errorf("make room to decode: %w", err)
	}
	file, err = os.CreateTemp(folder, "decoded-*.pcm") // 0600
	if err != nil {
		return nil, "", fmt.Errorf("make room to decode: %w", err)
	}
	if os.Remove(file.Name()) != nil {
		name = file.Name()
	}
	return file, name, nil
}

// fill writes what ffmpeg decodes to the file, and sees ffmpeg off. It kills an
// ffmpeg of which nothing comes for too long.
func (s *spool) fill(out io.Reader) {
	defer close(s.filled)
	stalled := time.AfterFunc(patience, s.stop)
	defer stalled.Stop()
	decoded, err := s.copy(out, stalled)
	if err != nil || decoded == s.info.Frames*s.size {
		s.stop() // nothing more is wanted
	}
	exit := s.cmd.Wait()
	s.stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over == nil {
		s.over = s.outcome(decoded/s.size, err, exit)
	}
	s.grown.Broadcast()
}

// copy writes to the file and returns how many bytes, at most those of the
// whole recording, and why they could not be written.
func (s *spool) copy(out io.Reader, stalled *time.Timer) (int64, error) {
	buffer := make([]byte, 1<<16)
	at, end := int64(0), s.info.Frames*s.size
	for at < end {
		n, err := out.Read(buffer[:min(int64(len(buffer)), end-at)])
		stalled.Reset(patience)
		if _, err := s.file.WriteAt(buffer[:n], at); err != nil {
			return at, err
		}
		at += int64(n)
		s.grow(at / s.size)
		if err != nil {
			return at, nil // how much came tells whether it is the end
		}
	}
	return at, nil
}

func (s *spool) grow(frames int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.good = frames
	s.grown.Broadcast()
}

// outcome says how decoding ended. A codec's delay may have swallowed up to half
// a second, the two longest blocks of Windows Media at 8 kHz; that is silence.
func (s *spool) outcome(frames int64, unwritten, exit error) error {
	if unwritten != nil {
		return review.Fail(NoSpool, nil).Because(fmt.Errorf("write what is decoded: %w", review.WithoutPath(unwritten)))
	}
	if frames == 0 || s.info.Frames-frames > int64(s.info.Rate/2) {
		if exit == nil {
			exit = io.ErrUnexpectedEOF
		}
		at := format.At(frames, s.info.Rate)
		return review.Fail(format.Broken, review.Args{"at": at}).Because(fmt.Errorf("decode with ffmpeg: %w", exit))
	}
	if err := s.file.Truncate(s.info.Frames * s.size); err != nil {
		return review.Fail(NoSpool, nil).Because(fmt.Errorf("write what is decoded: %w", review.WithoutPath(err)))
	}
	s.good = s.info.Frames
	return errAll
}

func (s *spool) Rate() int     { return s.info.Rate }
func (s *spool) Channels() int { return s.info.Channels }
func (s *spool) Frames() int64 { return s.info.Frames }

// ReadFrames waits until a frame is decoded, or none will be.
func (s *spool) ReadFrames(dst []float32) (int, error) {
	want := min(int64(len(dst)/s.info.Channels), int64(len(s.buffer))/s.size, s.info.Frames-s.next)
	if want == 0 {
		if len(dst) < s.info.Channels {
			return 0, nil
		}
		return 0, io.EOF
	}
	ready, err := s.await()
	if err != nil {
		return 0, err
	}
	want = min(want, ready)
	raw := s.buffer[:want*s.size]
	if _, err := s.file.ReadAt(raw, s.next*s.size); err != nil {
		at := format.At(s.next, s.info.Rate)
		return 0, review.Fail(format.Broken, review.Args{"at": at}).Because(fmt.Errorf("read what is decoded: %w", review.WithoutPath(err)))
	}
	for i := range int(want) * s.info.Channels {
		dst[i] = float32(int16(binary.LittleEndian.Uint16(raw[sampleSize*i:]))) / (1 << 15)
	}
	s.next += want
	return int(want), nil
}

// await returns how many frames can be read from the next one on, at least one.
func (s *spool) await() (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.good <= s.next && s.over == nil {
		s.grown.Wait()
	}
	if s.good <= s.next || errors.Is(s.over, errClosed) {
		return 0, s.over
	}
	return s.good - s.next, nil
}

// SeekFrame makes frame the next one read. It never waits; reading does.
func (s *spool) SeekFrame(frame int64) error {
	if frame < 0 || frame > s.info.Frames {
		return review.Fail(review.BadArgument, review.Args{"name": "frame", "value": frame})
	}
	s.next = frame
	return nil
}

// Close kills ffmpeg if it still decodes, ends whoever waits in ReadFrames, and
// deletes the file. It may be called while another goroutine reads.
func (s *spool) Close() error {
	s.mu.Lock()
	s.over = review.Fail(review.Cancelled, nil).Because(errClosed)
	s.grown.Broadcast()
	s.mu.Unlock()
	s.stop()
	<-s.filled
	return s.discard()
}

func (s *spool) discard() error {
	err := s.file.Close()
	if s.name != "" {
		err = errors.Join(err, os.Remove(s.name))
	}
	return err
}
