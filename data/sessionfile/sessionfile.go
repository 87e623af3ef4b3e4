// Package sessionfile reads and writes the file in which a shared session goes
// round without a network: JSON, one value a line.
//
// # Format
//
// The first line is the head:
//
//	{"earshot":"session","v":1,"session":"…","by":"…","names":{"<author>":"…"},"draw":{…}}
//
// with the session's id, the author who wrote the file, what members call
// themselves, and, where the writer has it, the host's draw as an event. Every
// other line is an event of the session:
//
//	{"event":"…","sig":"…","key":"…","round":3}
//
// its exact bytes, the Ed25519 signature over them and the author's public key,
// each in base64, and the round that hid it from others when the file was
// written, left out where none did. What a file says of itself is believed by
// nobody: an event stands by its signature, and is hidden by the round that it
// names itself.
//
// Recordings are not in the file.
//
// # Broken files
//
// A line that cannot be read is told by its number, and the rest is read. Lines
// end with a line feed; one may lack it at the end.
package sessionfile

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// NotASession is answered for a file that does not begin as a session's, or was
// written by a later version.
const NotASession review.Code = "not-a-session"

const (
	kind    = "session"
	version = 1
	// longestLine holds an event of journal.MaxBytes in base64 with all beside it;
	// longestHead the draw of a large session.
	longestLine = 2 * journal.MaxBytes
	longestHead = 16 << 20
)

type head struct {
	Earshot string            `json:"earshot"`
	V       int               `json:"v"`
	Session string            `json:"session"`
	By      string            `json:"by"`
	Names   map[string]string `json:"names,omitempty"`
	Draw    *event            `json:"draw,omitempty"`
}

// event is an event with its signature. JSON writes bytes in base64.
type event struct {
	Event []byte `json:"event"`
	Sig   []byte `json:"sig"`
	Key   []byte `json:"key"`
	Round int    `json:"round,omitempty"`
}

// Write writes a session's file. It answers what events or w answer.
func Write(w io.Writer, h desk.SessionHead, events iter.Seq2[session.Parcel, error]) error {
	encoder := json.NewEncoder(w)
	first := head{Earshot: kind, V: version, Session: h.Session, By: h.By, Names: h.Names}
	if h.Made.ID != "" {
		first.Draw = &event{Event: h.Made.Bytes, Sig: h.Made.Signature, Key: h.Made.Public}
	}
	if err := encoder.Encode(first); err != nil {
		return fmt.Errorf("write a session's head: %w", err)
	}
	for p, err := range events {
		if err == nil {
			err = encoder.Encode(event{Event: p.Bytes, Sig: p.Signature, Key: p.Public, Round: p.Blind})
		}
		if err != nil {
			return fmt.Errorf("write a session's event: %w", err)
		}
	}
	return nil
}

// Read reads the head of a session's file, and its events while they are ranged
// over, once. It answers [NotASession]; both answer r's error.
func Read(r io.Reader) (h desk.SessionHead, lines iter.Seq2[desk.SessionLine, error], err error) {
	in := &reader{in: bufio.NewReader(r)}
	line, long, err := in.next(longestHead)
	if err != nil && !errors.Is(err, io.EOF) {
		return h, nil, fmt.Errorf("read a session's head: %w", err)
	}
	var first head
	if long || json.Unmarshal(line, &first) != nil || first.Earshot != kind || first.V != version || first.Session == "" {
		return h, nil, review.Fail(NotASession, nil)
	}
	h = desk.SessionHead{Session: first.Session, By: first.By, Names: first.Names}
	if d := first.Draw; d != nil {
		// A draw that nobody signed is none.
		if made, err := journal.Open(d.Event, d.Sig, d.Key); err == nil {
			h.Made = made
		}
	}
	return h, in.lines, nil
}

// reader reads lines.
type reader struct {
	in *bufio.Reader
	n  int // of the last line, from 1
}

// next reads a line of at most so many bytes; of a longer one it answers
// nothing, and that it was long. It answers [io.EOF] with the end.
func (r *reader) next(most int) (line []byte, long bool, err error) {
	r.n++
	for {
		piece, err := r.in.ReadSlice('\n')
		if len(line)+len(piece) > most {
			line, long = nil, true
		}
		if !long {
			line = append(line, piece...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}

// lines yields the events.
func (r *reader) lines(yield func(desk.SessionLine, error) bool) {
	for {
		line, long, err := r.next(longestLine)
		if err != nil && !errors.Is(err, io.EOF) {
			yield(desk.SessionLine{}, fmt.Errorf("read a session's events: %w", err))
			return
		}
		if len(line) > 0 || long {
			if !yield(r.parse(line, long), nil) {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// parse reads an event.
func (r *reader) parse(line []byte, long bool) desk.SessionLine {
	out := desk.SessionLine{Line: r.n}
	if long {
		out.Reason = session.TooLong
		return out
	}
	var e event
	if json.Unmarshal(line, &e) != nil || len(e.Event) == 0 || e.Round < 0 {
		out.Reason = session.Unreadable
		return out
	}
	out.Parcel = session.Parcel{Blind: e.Round, Bytes: e.Event, Signature: e.Sig, Public: e.Key}
	return out
}
