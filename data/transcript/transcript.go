// Package transcript reads what was said in calls from the files that lie
// beside recordings.
//
// # Files
//
// What a file is, its content says: WebVTT (W3C, timed text with voice tags),
// SubRip (SRT), the JSON of Amazon Contact Lens and of Amazon Transcribe call
// analytics, and that of Genesys Cloud. Which recording it belongs to, its name
// says: the recording's own with another extension, or one that holds the
// contact's id. [Finder.Walk] goes by names alone; a file is opened when the
// library knows that it belongs to a call and is new or has changed.
//
// # What is kept
//
// Words as the source gave them, redaction marks such as [PII] too. Roles where
// the format tells them, by a participant's role, a voice tag or a label before
// the words. A label that is a person's name tells voices apart and is dropped.
// Hold, silence and talk-over where the file says so.
//
// # What is wrong
//
// A cue that cannot be read is refused by its line, a turn of JSON by its
// number; the rest goes on. Of a file that breaks off, what came before is kept.
// All formats are read as they come: memory is needed for the words, not for
// the file.
package transcript

import (
	"bufio"
	"context"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
)

// What can be wrong with a sidecar.
const (
	BadCue     review.Code = "bad-cue"               // a cue without a time that makes sense
	BadTurn    review.Code = "bad-turn"              // args: n, the turn's number from 1
	Cut        review.Code = "transcript-cut"        // the file breaks off or is broken
	TooBig     review.Code = "transcript-too-big"    // args: megabytes, the most that is read
	Unreadable review.Code = "transcript-unreadable" // the system refuses
)

// mostBytes is the biggest file that is read: ten hours of words with the time
// of each are a tenth of it.
const mostBytes = 1 << 30

// mostLeft is how many faults of one file are told; a file of another kind
// would have one in each line.
const mostLeft = 20

// Files yields every file beneath paths, as data/folder does.
type Files func(ctx context.Context, paths []string, yield func(root, name string, info fs.FileInfo, err error) error) error

// A Finder finds and reads sidecars. It is safe for concurrent use.
type Finder struct {
	files Files
	open  Open // or nil
}

// Open opens a file that lies at an address, see [review.Elsewhere].
type Open func(ctx context.Context, address string) (io.ReadCloser, error)

var _ desk.Sidecars = (*Finder)(nil)

// New returns a finder among files.
func New(files Files) *Finder { return &Finder{files: files} }

// Elsewhere returns f, which opens by open what lies at an address.
func (f *Finder) Elsewhere(open Open) *Finder {
	f.open = open
	return f
}

func (f *Finder) opened(ctx context.Context, path string) (io.ReadCloser, error) {
	if review.Elsewhere(path) {
		return f.open(ctx, path)
	}
	return os.Open(path)
}

// Walk implements desk.Sidecars. Beside a recording that was named by itself it
// looks for those of its name. What cannot be looked into is left out: the walk
// for recordings has told of it.
func (f *Finder) Walk(ctx context.Context, paths []string, yield func(desk.Sidecar) error) error {
	return f.files(ctx, withSiblings(paths), func(root, name string, info fs.FileInfo, err error) error {
		if err != nil || info.Size() == 0 {
			return nil
		}
		s, ok := sidecar(name)
		if !ok {
			return nil
		}
		s.Root, s.Name, s.Size, s.Modified = root, name, info.Size(), info.ModTime()
		return yield(s)
	})
}

// May implements desk.Sidecars.
func (*Finder) May(name string) bool { return places[strings.ToLower(path.Ext(name))] > 0 }

// Read implements desk.Sidecars. It tells the codes above; of them only ctx's
// end is answered as an error.
func (f *Finder) Read(ctx context.Context, s desk.Sidecar, h desk.Hearing) (dialogue.Transcript, error) {
	if s.Size > mostBytes {
		h.Left(0, review.Fail(TooBig, review.Args{"megabytes": mostBytes >> 20}))
		return dialogue.Transcript{}, nil
	}
	file, err := f.opened(ctx, review.Under(s.Root, s.Name))
	if err != nil {
		h.Left(0, review.Fail(Unreadable, nil).Because(review.WithoutPath(err)))
		return dialogue.Transcript{}, nil
	}
	defer file.Close()
	t, err := read(&stoppable{ctx, io.LimitReader(file, mostBytes)}, h)
	if ctx.Err() != nil {
		return dialogue.Transcript{}, ctx.Err()
	}
	if err != nil {
		h.Left(0, review.Fail(Unreadable, nil).Because(review.WithoutPath(err)))
	}
	return t, nil
}

// read reads a transcript of any kind; r's errors are its own.
func read(r io.Reader, h desk.Hearing) (dialogue.Transcript, error) {
	n, left := 0, h.Left
	h.Left = func(line int, reason *review.Error) {
		if n++; n <= mostLeft {
			left(line, reason)
		}
	}
	text := bufio.NewReaderSize(transform.NewReader(r, unicode.BOMOverride(transform.Nop)), 1<<16)
	s := &sink{who: h.Who, left: h.Left}
	var err error
	switch sniff(text) {
	case vtt:
		err = readCues(text, s, true)
	case srt:
		err = readCues(text, s, false)
	case object:
		err = readJSON(text, s)
	}
	return s.transcript(), err
}

// stoppable is a reader that ends with its context.
type stoppable struct {
	ctx context.Context
	r   io.Reader
}

func (s *stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}
