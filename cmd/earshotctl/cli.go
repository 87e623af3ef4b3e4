package main

import (
	"math"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/earshot-app/earshot/data/catalog"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

// cli is the command line. The help of each part is the text "ctl.<name>". What
// is lone runs without a library.
type cli struct {
	Library string           `help:"${library}" placeholder:"FILE"`
	JSON    bool             `name:"json" help:"${json}"`
	Version kong.VersionFlag `help:"${show_version}"`

	Import importCmd `cmd:"" help:"${import}"`
	Calls  callsCmd  `cmd:"" help:"${calls}"`
	Show   showCmd   `cmd:"" help:"${show}"`

	Search     searchCmd     `cmd:"" help:"${search}"`
	Transcript transcriptCmd `cmd:"" help:"${transcript}"`

	Draw  drawCmd  `cmd:"" help:"${draw}"`
	Draws drawsCmd `cmd:"" help:"${draws}"`

	Plan   planCmd   `cmd:"" help:"${plan}"`
	Fields fieldsCmd `cmd:"" help:"${fields}"`

	Heard  heardCmd  `cmd:"" help:"${heard}"`
	Skip   skipCmd   `cmd:"" help:"${skip}"`
	Tag    tagCmd    `cmd:"" help:"${tag}"`
	Untag  untagCmd  `cmd:"" help:"${untag}"`
	Words  wordsCmd  `cmd:"" help:"${words}"`
	Praise praiseCmd `cmd:"" help:"${praise}"`
	Undo   undoCmd   `cmd:"" help:"${undo}"`
	Redo   redoCmd   `cmd:"" help:"${redo}"`
	Events eventsCmd `cmd:"" help:"${events}"`

	Issues issuesCmd `cmd:"" help:"${issues}"`
	Rank   rankCmd   `cmd:"" help:"${rank}"`
	Unlump unlumpCmd `cmd:"" help:"${unlump}"`
	Follow followCmd `cmd:"" help:"${follow}"`

	Codebook codebookCmd `cmd:"" help:"${codebook}"`

	Trend  trendCmd  `cmd:"" help:"${trend}"`
	Effect effectCmd `cmd:"" help:"${effect}"`

	Mismatch   mismatchCmd   `cmd:"" help:"${mismatch}"`
	Categories categoriesCmd `cmd:"" help:"${categories}"`
	Explain    explainCmd    `cmd:"" lone:"" help:"${explain}"`

	Export exportCmd `cmd:"" help:"${export}"`
	Chart  chartCmd  `cmd:"" help:"${chart}"`

	Probe  probeCmd  `cmd:"" lone:"" help:"${probe}"`
	Decode decodeCmd `cmd:"" lone:"" help:"${decode}"`
	Bench  benchCmd  `cmd:"" hidden:"" help:"${bench}"`

	Check checkCmd `cmd:"" help:"${check}"`
	Batch batchCmd `cmd:"" help:"${batch}"`
}

// helpNames are the texts that the tags above and below refer to.
var helpNames = strings.Fields(`library json show_version import calls show search transcript arg_words search_limit search_skip
	draw draws heard skip tag untag words praise
	undo redo events issues rank unlump export chart chart_of chart_name chart_output chart_dark check batch draw_make draw_verify draw_export draw_close
	arg_path metadata state arg_uid arg_moment arg_text arg_draw number minutes speed seed from to queue category min_duration
	played kind reason issue at until words_of since what preset output draw_file
	probe decode arg_recording from_second to_second play_speed skip_silence map
	bench bench_play bench_decode bench_peaks bench_seek bench_recording bench_seconds
	compare compare_with draw_topup stratify equal
	plan plan_set plan_show plan_run plan_clear plan_size plan_weekday plan_from plan_share plan_certainty plan_frame fields field
	follow arg_issue owner progress fixed_on next_step trend by effect effect_draw mismatch categories propose above most of_trend explain
	codebook codebook_list codebook_describe codebook_rename codebook_merge codebook_split codebook_deal codebook_retire codebook_key
	codebook_near codebook_again codebook_export codebook_import definition include exclude example prevented fixer
	arg_name arg_from arg_into arg_child arg_part arg_key arg_codebook revive again_number`)

// helpTexts are the help texts by the names that the tags use.
func (p program) helpTexts() map[string]string {
	texts := map[string]string{}
	for _, name := range helpNames {
		texts[name] = p.texts.Say("ctl."+name, nil)
	}
	return texts
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
	From  day      `help:"${from}" placeholder:"DAY"`
	To    day      `help:"${to}" placeholder:"DAY"`
	Queue cellName `help:"${queue}" placeholder:"NAME"`
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
