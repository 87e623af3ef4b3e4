package csv

import (
	"io"
	"slices"
	"strings"

	texts "github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// A kind says what the fields of a column are; it is the key of the text that
// names it.
type kind = texts.Key

const (
	words   kind = "csv.kind_text"
	whole   kind = "csv.kind_whole"
	decimal kind = "csv.kind_decimal"
	instant kind = "csv.kind_instant" // ISO 8601 with offset
	day     kind = "csv.kind_day"     // ISO 8601
	yesNo   kind = "csv.kind_truth"
)

// A column is one of a table's. What it means is the text "csv.col.<name>", or
// that of another name where the same name means something else elsewhere.
type column struct {
	name  string
	kind  kind
	means texts.Key
}

// meaning is the key of the column's text.
func (c column) meaning() texts.Key {
	if c.means != "" {
		return c.means
	}
	return texts.Key("csv.col." + c.name)
}

// filter are the columns that say what a table is about.
var (
	filter      = []column{{"from", instant, ""}, {"to", instant, ""}, {"queue", words, "csv.col.filter_queue"}}
	filterAfter = []column{{"filter_from", instant, "csv.col.from"}, {"filter_to", instant, "csv.col.to"}, {"filter_queue", words, ""}}
	shareOf     = []column{{"share", decimal, ""}, {"low", decimal, ""}, {"high", decimal, ""}}
)

// tables are the columns of each table, in their order.
var tables = map[string][]column{
	"ranking": slices.Concat(
		[]column{{"rank", whole, ""}, {"issue", words, ""}, {"calls", whole, ""}, {"heard", whole, ""}}, shareOf,
		[]column{{"per_week_low", whole, ""}, {"per_week_high", whole, ""}, {"categories", words, ""}}, filter,
		[]column{
			{"rank_low", whole, ""},
			{"rank_high", whole, ""},
			{"bracket", whole, ""},
			{"since_calls", whole, ""},
			{"since_heard", whole, ""},
			{"since_share", decimal, ""},
			{"state", words, "csv.col.progress"},
			{"owner", words, ""},
			{"fixed_on", day, ""},
			{"next_step", words, ""},
			{"first_heard", instant, ""},
			{"last_heard", instant, ""},
			{"definition", words, ""},
			{"issue_id", words, ""},
			{"to_look_at", whole, ""},
		}),
	"moments": slices.Concat([]column{
		{"call", words, ""},
		{"start", instant, ""},
		{"queue", words, ""},
		{"category", words, ""},
		{"at", decimal, ""},
		{"until", decimal, ""},
		{"issue", words, ""},
		{"words", words, ""},
		{"author", words, ""},
		{"draw", words, ""},
		{"moment", words, ""},
		{"issue_id", words, ""},
	}, filterAfter),
	"calls": slices.Concat([]column{
		{"call", words, ""},
		{"start", instant, ""},
		{"start_guessed", yesNo, ""},
		{"duration", decimal, ""},
		{"queue", words, ""},
		{"category", words, ""},
		{"direction", words, ""},
		{"state", words, "csv.col.call_state"},
		{"issues", words, ""},
		{"draw", words, ""},
		{"place", whole, ""},
		{"picked", yesNo, ""},
		{"played", decimal, ""},
		{"skip_kind", words, ""},
		{"skip_reason", words, ""},
		{"agent", words, ""},
		{"customer", words, ""},
		{"file", words, ""},
	}, filterAfter),
	"codebook": {
		{"id", words, "csv.col.issue_id"},
		{"name", words, "csv.col.issue"},
		{"key", whole, ""},
		{"state", words, "csv.col.issue_state"},
		{"calls", whole, "csv.col.all_calls"},
		{"definition", words, ""},
		{"include", words, ""},
		{"exclude", words, ""},
		{"example", words, ""},
		{"prevented", words, ""},
		{"fixer", words, ""},
		{"merged_into", words, ""},
		{"split_from", words, ""},
		{"split_into", words, ""},
	},
	"unlump": slices.Concat([]column{
		{"category", words, "csv.col.by_category"},
		{"by", words, ""},
		{"category_calls", whole, ""},
		{"category_heard", whole, ""},
		{"category_part", decimal, ""},
		{"kind", words, "csv.col.unlump_kind"},
		{"issue", words, ""},
		{"calls", whole, ""},
	}, shareOf, filter, []column{{"issue_id", words, ""}, {"to_look_at", whole, ""}}),
	"mismatch": slices.Concat([]column{
		{"category", words, "csv.col.by_category"},
		{"by", words, ""},
		{"category_calls", whole, ""},
		{"category_heard", whole, ""},
		{"issue", words, ""},
		{"calls", whole, ""},
	}, shareOf, []column{{"of_issue", decimal, ""}, {"surprise", words, ""}}, filter, []column{{"to_look_at", whole, ""}}),
	"categories": slices.Concat(
		[]column{{"category", words, "csv.col.proposed"}, {"kind", words, "csv.col.proposal_kind"}}, shareOf,
		[]column{{"sure", yesNo, ""}, {"replaces", words, ""}, {"heard", whole, ""}}, filter, []column{{"to_look_at", whole, ""}}),
	"trend": slices.Concat(
		[]column{{"issue", words, ""}, {"from", instant, "csv.col.period_from"}, {"to", instant, "csv.col.period_to"}, {"heard", whole, ""}, {"calls", whole, ""}},
		shareOf, []column{{"frame", whole, ""}, {"not_covered", whole, ""}, {"queue", words, "csv.col.filter_queue"}},
		[]column{{"filter_from", instant, "csv.col.from"}, {"filter_to", instant, "csv.col.to"}}),
	"draw": slices.Concat([]column{
		{"draw", words, ""},
		{"number", whole, ""},
		{"made", instant, ""},
		{"place", whole, ""},
		{"call", words, ""},
		{"key", words, "csv.col.draw_key"},
		{"start", instant, ""},
		{"queue", words, ""},
		{"category", words, ""},
		{"state", words, "csv.col.call_state"},
		{"stratum", words, ""},
		{"weight", decimal, ""},
		{"seed", words, ""},
		{"chosen_seed", yesNo, ""},
		{"wanted", whole, ""},
		{"frame_filter", words, ""},
		{"frame_size", whole, ""},
		{"frame_digest", words, ""},
		{"digest", words, ""},
		{"closed", yesNo, ""},
	}, filterAfter),
	"unjoined": {
		{"side", words, "csv.col.unjoined_side"},
		{"name", words, "csv.col.unjoined_name"},
		{"line", whole, "csv.col.unjoined_line"},
		{"reason", words, "csv.col.unjoined_reason"},
		{"call", words, "csv.col.unjoined_call"},
		{"contact", words, "csv.col.unjoined_contact"},
		{"start", instant, ""},
		{"duration", decimal, ""},
		{"queue", words, ""},
		{"category", words, ""},
		{"direction", words, ""},
		{"agent", words, "csv.col.unjoined_hidden"},
		{"customer", words, "csv.col.unjoined_hidden"},
		{"file", words, "csv.col.unjoined_hidden"},
	},
	"agreement": {
		{"session", words, ""},
		{"kind", words, "csv.col.agreement_kind"},
		{"issue", words, ""},
		{"issue_id", words, ""},
		{"calls", whole, "csv.col.agreement_calls"},
		{"heard_in", words, ""},
		{"alpha", decimal, ""},
		{"ac1", decimal, ""},
		{"percent", decimal, ""},
	},
	"log": {
		{"at", instant, "csv.col.log_at"},
		{"kind", words, "csv.col.log_kind"},
		{"author", words, "csv.col.log_author"},
		{"call", words, "csv.col.log_call"},
		{"heard", decimal, "csv.col.log_heard"},
		{"shown", words, "csv.col.log_shown"},
		{"reason", words, "csv.col.log_reason"},
		{"digest", words, "csv.col.log_digest"},
	},
	"jira": {{"Summary", words, "csv.col.issue"}, {"Description", words, "csv.col.jira_description"}, {"Labels", words, "csv.col.jira_labels"}},
	"dictionary": {
		{"table", words, "csv.col.table"}, {"column", words, "csv.col.column"}, {"kind", words, "csv.col.kind"}, {"meaning", words, "csv.col.meaning"},
	},
}

// Tables are the names of the tables, in the order in which they are told.
var Tables = []string{"ranking", "moments", "calls", "codebook", "unlump", "mismatch", "categories", "trend", "draw"}

// Meaning is what one column of a table holds.
type Meaning struct{ Table, Column, Kind, Means string }

// Meanings are all columns of the tables, in the words of a language, with what
// metadata did not join, how far a session agreed and who heard what. Those of the ranking for
// Jira are told as table "jira".
func Meanings(in *texts.Catalog) []Meaning {
	var all []Meaning
	for _, of := range append(slices.Clone(Tables), "unjoined", "agreement", "log", "jira") {
		for _, c := range tables[of] {
			all = append(all, Meaning{of, c.name, in.Say(c.kind, nil), in.Say(c.meaning(), nil)})
		}
	}
	return append(all, Meaning{"calls", desk.FieldColumn + "…", in.Say(words, nil), in.Say("csv.col.field", nil)})
}

// WriteDictionary writes a row for each column of each table.
func WriteDictionary(w io.Writer, f Format, words *texts.Catalog) error {
	t := newTable(w, f, "dictionary")
	for _, m := range Meanings(words) {
		if err := t.row(text(m.Table), text(m.Column), text(m.Kind), text(m.Means)); err != nil {
			return err
		}
	}
	return t.end()
}

// Hideable are the columns of calls that say "hidden" unless someone asks for
// them with a reason; those that begin with field_ are too.
var Hideable = []string{"agent", "customer", "file"}

// Private reports whether a column of calls may be asked for, and answers
// [review.BadArgument] if it is none of those that hide.
func Private(name string) error {
	if slices.Contains(Hideable, name) || strings.HasPrefix(name, desk.FieldColumn) && name != desk.FieldColumn {
		return nil
	}
	return review.Fail(review.BadArgument, review.Args{"name": "reveal", "value": name})
}
