package desk

import (
	"context"
	"time"

	"github.com/earshot-app/earshot/review"
)

// Meta is what a source's metadata says of one recording. Zero values mean
// that it says nothing.
type Meta struct {
	CallID    string // the source's own id of the contact, trimmed, NFC
	Start     time.Time
	Duration  time.Duration
	Queue     string
	Category  string
	Direction string // "inbound", "outbound", or ""
	Agent     review.Private
	Customer  review.Private
	Fields    []review.Field // what else it says, each with a value
}

// Found is one recording that a source holds, or one thing wrong with it.
type Found struct {
	Root      string // the folder that was looked through, absolute
	Name      string // path below Root with forward slashes, for messages and the uid
	Recording review.Recording
	// Pair is what the paths of a leg and of its partner have in common, "" for
	// a recording of the whole call. Recordings of one root and pair belong to
	// one call, whichever is found first.
	Pair string
	Meta Meta
	// Problem, when set, says why this file or this line of the metadata is
	// left out; the rest of the Found is empty but for Root and Name.
	Problem *review.Error
	Line    int // of the metadata file, from 1; 0 when Problem is about a recording
}

// ImportRequest says where to look.
type ImportRequest struct {
	Paths    []string // files and folders
	Metadata string   // a CSV beside them, or ""
}

// A Source finds recordings.
type Source interface {
	// Walk calls yield for every recording beneath the request's paths, in the
	// order of their names, and for every problem, which never ends the walk.
	// It returns yield's error, ctx's error, or an error that kept it from
	// looking at all: a path that does not exist, metadata that cannot be read.
	Walk(ctx context.Context, req ImportRequest, yield func(Found) error) error
}
