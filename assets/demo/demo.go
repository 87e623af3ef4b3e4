// Package demo holds the calls that Earshot brings along, so that anyone can
// try it before pointing it at recordings of their own.
//
// The calls are invented. script.json says who says what, in which voice;
// `go run ./cmd/dev demo` has espeak-ng speak it, sends it through a telephone
// line, and writes beside the script
//
//   - call-01.wav …: 8 kHz µ-law WAV, the customer left and the agent right,
//   - call-01.vtt …: what is said in it, as a transcript,
//   - calls.csv: what a telephone system would know of each call, one row each,
//   - truth.json: what a careful listener would hear in each call, and when.
//
// The agents file the calls under three categories, which between them hide
// many more issues; that is the thing to find out by listening.
package demo

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
)

//go:embed calls.csv *.wav *.vtt
var files embed.FS

//go:embed truth.json
var truth []byte

// Table is the name in [Files] of the metadata of all calls. Its columns are
// file, call_id, start (RFC 3339 with offset), duration (seconds), agent,
// queue, category, customer, direction.
const Table = "calls.csv"

// A Call is what there is to hear in one recording.
type Call struct {
	File        string   `json:"file"`                   // name in [Files]
	ID          string   `json:"id"`                     // call_id in [Table]
	Issues      []Moment `json:"issues"`                 // in the order they are said; none: no problem
	Praise      []Moment `json:"praise,omitempty"`       // what the agent did well
	NotCustomer string   `json:"not_customer,omitempty"` // why this is no customer's call, else ""
}

// NoProblem reports whether a customer called who has no problem.
func (c Call) NoProblem() bool { return c.NotCustomer == "" && len(c.Issues) == 0 }

// A Moment is one thing said, with its place in the recording.
type Moment struct {
	Issue string  `json:"issue,omitempty"` // the issue's name; "" for praise
	At    float64 `json:"at"`              // seconds from the start of the recording
	Until float64 `json:"until"`           // seconds, after At
	Words string  `json:"words"`           // as spoken
}

// Files returns the recordings, their transcripts and their [Table], all in one
// folder.
func Files() fs.FS { return files }

// Truth returns what is to be heard in each call, by file name.
func Truth() ([]Call, error) {
	var calls []Call
	if err := json.Unmarshal(truth, &calls); err != nil {
		return nil, fmt.Errorf("read the truth of the demo calls: %w", err)
	}
	return calls, nil
}
