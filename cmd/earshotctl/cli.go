package main

import (
	"math"
	"time"

	"github.com/alecthomas/kong"

	"github.com/earshot-app/earshot/data/catalog"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

// cli is the command line. What is behind help is the name of a text, after
// "ctl."; [program.explain] says it. What is lone runs without a library, and
// only what creates makes one that is not there.
type cli struct {
	common

	Import importCmd `cmd:"" creates:"" help:"import"`
	Calls  callsCmd  `cmd:"" help:"calls"`
	Show   showCmd   `cmd:"" help:"show"`

	Unjoined unjoinedCmd `cmd:"" help:"unjoined"`

	Sources sourcesCmd `cmd:"" help:"sources"`
	Rescan  rescanCmd  `cmd:"" help:"rescan"`

	Search     searchCmd     `cmd:"" help:"search"`
	Transcript transcriptCmd `cmd:"" help:"transcript"`

	Draw  drawCmd  `cmd:"" help:"draw"`
	Draws drawsCmd `cmd:"" help:"draws"`

	Plan   planCmd   `cmd:"" help:"plan"`
	Fields fieldsCmd `cmd:"" help:"fields"`

	Heard  heardCmd  `cmd:"" help:"heard"`
	Skip   skipCmd   `cmd:"" help:"skip"`
	Tag    tagCmd    `cmd:"" help:"tag"`
	Untag  untagCmd  `cmd:"" help:"untag"`
	Words  wordsCmd  `cmd:"" help:"words"`
	Praise praiseCmd `cmd:"" help:"praise"`
	Undo   undoCmd   `cmd:"" help:"undo"`
	Redo   redoCmd   `cmd:"" help:"redo"`
	Events eventsCmd `cmd:"" help:"events"`

	Issues issuesCmd `cmd:"" help:"issues"`
	Rank   rankCmd   `cmd:"" help:"rank"`
	Unlump unlumpCmd `cmd:"" help:"unlump"`
	Follow followCmd `cmd:"" help:"follow"`

	Codebook codebookCmd `cmd:"" help:"codebook"`
	Moments  momentsCmd  `cmd:"" help:"moments"`

	Trend  trendCmd  `cmd:"" help:"trend"`
	Effect effectCmd `cmd:"" help:"effect"`

	Mismatch   mismatchCmd   `cmd:"" help:"mismatch"`
	Categories categoriesCmd `cmd:"" help:"categories"`
	Explain    explainCmd    `cmd:"" lone:"" help:"explain"`

	Export exportCmd `cmd:"" help:"export"`
	Chart  chartCmd  `cmd:"" help:"chart"`
	Report reportCmd `cmd:"" help:"report"`

	Session sessionsCmd `cmd:"" help:"session"`
	Hub     hubCmd      `cmd:"" lone:"" help:"hub"`

	Clip   clipCmd   `cmd:"" help:"clip"`
	Labels labelsCmd `cmd:"" help:"labels"`

	Profiles profilesCmd `cmd:"" lone:"" help:"profiles"`

	ofRecording

	Forget    forgetCmd    `cmd:"" help:"forget"`
	Retention retentionCmd `cmd:"" help:"retention"`
	Log       logCmd       `cmd:"" help:"log"`

	Check  checkCmd  `cmd:"" help:"check"`
	Backup backupCmd `cmd:"" help:"backup"`
	Rescue rescueCmd `cmd:"" lone:"" help:"rescue"`
	Batch  batchCmd  `cmd:"" help:"batch"`
}

// common are the flags of all commands.
type common struct {
	Library string           `help:"library" placeholder:"FILE"`
	JSON    bool             `name:"json" help:"json"`
	Version kong.VersionFlag `help:"show_version"`
}

// ofRecording are the commands that look into one recording.
type ofRecording struct {
	Probe  probeCmd  `cmd:"" lone:"" help:"probe"`
	Decode decodeCmd `cmd:"" lone:"" help:"decode"`
	Bench  benchCmd  `cmd:"" hidden:"" help:"bench"`
}

// badDay is answered for a date that is none. Args: value.
const badDay review.Code = "bad-day"

// day is a bound of a period: a day of the user's zone, or an instant.
type day struct{ time.Time }

// UnmarshalText reads 2026-11-10 as that day's first moment in the user's zone,
// and RFC 3339 as it is.
func (d *day) UnmarshalText(raw []byte) error {
	t, err := time.ParseInLocation(time.DateOnly, string(raw), time.Local)
	if err != nil {
		t, err = time.Parse(time.RFC3339, string(raw))
	}
	if err != nil {
		return review.Fail(badDay, review.Args{"value": string(raw)})
	}
	d.Time = t
	return nil
}

// cellName is a queue or category as a person types it, in the one spelling in
// which a metadata table's names are kept.
type cellName string

// UnmarshalText tidies what was typed.
func (n *cellName) UnmarshalText(raw []byte) error {
	*n = cellName(catalog.Clean(string(raw)))
	return nil
}

// periodFlags are the filter of a ranking.
type periodFlags struct {
	From  day      `help:"from" placeholder:"DAY"`
	To    day      `help:"to" placeholder:"DAY"`
	Queue cellName `help:"queue" placeholder:"NAME"`
}

func (f periodFlags) filter() (desk.Filter, error) {
	filter := desk.Filter{From: f.From.Time, To: f.To.Time, Queue: string(f.Queue)}
	return filter, sampling.Filter{From: filter.From, To: filter.To, Queue: filter.Queue}.Validate()
}

// seconds is a number of seconds, as a duration. Numbers beyond what a call can
// be long become the largest, so that the desk refuses them.
func seconds(s float64) time.Duration {
	const most = 1000 * time.Hour
	if !(math.Abs(s) < most.Seconds()) {
		return most
	}
	return time.Duration(math.Round(s*1000)) * time.Millisecond
}
