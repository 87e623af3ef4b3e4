package main

import (
	"context"
	"fmt"
	"io"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/journal"
)

type codebookCmd struct {
	List     codebookListCmd     `cmd:"" default:"1" help:"codebook_list"`
	Describe codebookDescribeCmd `cmd:"" help:"codebook_describe"`
	Rename   codebookRenameCmd   `cmd:"" help:"codebook_rename"`
	Merge    codebookMergeCmd    `cmd:"" help:"codebook_merge"`
	Split    codebookSplitCmd    `cmd:"" help:"codebook_split"`
	Deal     codebookDealCmd     `cmd:"" help:"codebook_deal"`
	Retire   codebookRetireCmd   `cmd:"" help:"codebook_retire"`
	Key      codebookKeyCmd      `cmd:"" help:"codebook_key"`
	Near     codebookNearCmd     `cmd:"" help:"codebook_near"`
	Again    codebookAgainCmd    `cmd:"" help:"codebook_again"`
	Export   codebookExportCmd   `cmd:"" help:"codebook_export"`
	Import   codebookImportCmd   `cmd:"" help:"codebook_import"`
}

// entryShown is an issue of the codebook as scripts read it.
type entryShown struct {
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	Key        int            `json:"key"`
	State      codebook.State `json:"state"`
	Calls      int            `json:"calls"`
	Definition string         `json:"definition"`
	Include    string         `json:"include"`
	Exclude    string         `json:"exclude"`
	Example    string         `json:"example"`
	Prevented  string         `json:"prevented"`
	Fixer      string         `json:"fixer"`
	MergedInto string         `json:"merged_into"` // id, or ""
	SplitInto  []string       `json:"split_into"`  // ids
	SplitFrom  []string       `json:"split_from"`
	ToLookAt   int            `json:"to_look_at"` // moments of a split, still to be dealt
}

func toEntry(e codebook.Entry) entryShown {
	return entryShown{
		e.ID, e.Name, e.Key, e.State, e.Calls, e.Definition, e.Include, e.Exclude, e.Example, e.Prevented, e.Fixer,
		e.Into, orEmpty(e.Parts), orEmpty(e.PartOf), e.ToLookAt,
	}
}

func (s *session) entries(entries []codebook.Entry) error {
	rows := []entryShown{}
	for _, e := range entries {
		rows = append(rows, toEntry(e))
	}
	return s.answer(rows, func(w io.Writer) { s.printEntries(w, rows) })
}

func (s *session) printEntries(w io.Writer, rows []entryShown) {
	s.heads(w, "key", "issue", "state", "calls", "to_look_at", "definition", "fixer")
	for _, r := range rows {
		row(w, fmt.Sprint(r.Key), r.Name, s.texts.Say(stateKeys[r.State], nil), s.texts.Int(r.Calls), s.texts.Int(r.ToLookAt), r.Definition, r.Fixer)
	}
}

// stateKeys are the texts for what became of an issue.
var stateKeys = map[codebook.State]text.Key{
	codebook.Open: "codebook.open", codebook.Split: "codebook.split", codebook.Retired: "codebook.retired", codebook.Merged: "codebook.merged",
}

// howKeys are the texts for how an issue of another codebook was met.
var howKeys = map[codebook.How]text.Key{
	codebook.ByID: "codebook.by_id", codebook.ByName: "codebook.by_name", codebook.Nearly: "codebook.nearly", codebook.New: "codebook.new",
}

// shows answers how an issue stands after an act.
func (s *session) shows(ctx context.Context, id string) error {
	e, err := s.Entry(ctx, id)
	if err != nil {
		return err
	}
	out := toEntry(e)
	return s.answer(out, func(w io.Writer) { s.printEntries(w, []entryShown{out}) })
}

// onIssue does an act on the issue of a name or id, and answers how that stands
// then.
func (s *session) onIssue(ctx context.Context, ref string, act func(id string) error) error {
	e, err := s.Entry(ctx, ref)
	if err != nil {
		return err
	}
	if err := act(e.ID); err != nil {
		return err
	}
	return s.shows(ctx, e.ID)
}

type codebookListCmd struct{}

// Run lists all issues, also those that were merged or retired.
func (codebookListCmd) Run(ctx context.Context, s *session) error {
	entries, err := s.Codebook(ctx)
	if err != nil {
		return err
	}
	return s.entries(entries)
}

type codebookDescribeCmd struct {
	Issue      string  `arg:"" help:"arg_issue"`
	Definition *string `help:"definition" placeholder:"TEXT"`
	Include    *string `help:"include" placeholder:"TEXT"`
	Exclude    *string `help:"exclude" placeholder:"TEXT"`
	Example    *string `help:"example" placeholder:"TEXT"`
	Prevented  *string `help:"prevented" placeholder:"TEXT"`
	Fixer      *string `help:"fixer" placeholder:"TEXT"`
}

// Run sets what is told of an issue, and shows it.
func (c *codebookDescribeCmd) Run(ctx context.Context, s *session) error {
	return s.onIssue(ctx, c.Issue, func(id string) error {
		return s.Describe(ctx, journal.IssueDescribed{
			Issue: id, Definition: c.Definition, Include: c.Include, Exclude: c.Exclude,
			Example: c.Example, Prevented: c.Prevented, Fixer: c.Fixer,
		})
	})
}

type codebookRenameCmd struct {
	Issue string `arg:"" help:"arg_issue"`
	Name  string `arg:"" help:"arg_name"`
}

// Run gives an issue another name.
func (c *codebookRenameCmd) Run(ctx context.Context, s *session) error {
	return s.onIssue(ctx, c.Issue, func(id string) error { return s.Rename(ctx, id, c.Name) })
}

type codebookMergeCmd struct {
	From string `arg:"" help:"arg_from"`
	Into string `arg:"" help:"arg_into"`
}

// Run lets the moments of one issue count for another, and shows that.
func (c *codebookMergeCmd) Run(ctx context.Context, s *session) error {
	from, err := s.Entry(ctx, c.From)
	if err != nil {
		return err
	}
	return s.onIssue(ctx, c.Into, func(id string) error { return s.Merge(ctx, from.ID, id) })
}

type codebookRetireCmd struct {
	Issue  string `arg:"" help:"arg_issue"`
	Revive bool   `help:"revive"`
}

// Run takes an issue from what is offered, or offers it again.
func (c *codebookRetireCmd) Run(ctx context.Context, s *session) error {
	return s.onIssue(ctx, c.Issue, func(id string) error {
		if c.Revive {
			return s.Revive(ctx, id)
		}
		return s.Retire(ctx, id)
	})
}

type codebookKeyCmd struct {
	Issue string `arg:"" help:"arg_issue"`
	Key   int    `arg:"" help:"arg_key"`
}

// Run gives an issue a key.
func (c *codebookKeyCmd) Run(ctx context.Context, s *session) error {
	return s.onIssue(ctx, c.Issue, func(id string) error { return s.SetKey(ctx, id, c.Key) })
}

type codebookNearCmd struct {
	Name string `arg:"" help:"arg_name"`
}

// Run lists the issues whose names look like a name.
func (c *codebookNearCmd) Run(ctx context.Context, s *session) error {
	near, err := s.Near(ctx, c.Name)
	if err != nil {
		return err
	}
	names := []string{}
	for _, issue := range near {
		names = append(names, issue.Name)
	}
	return s.answer(names, func(w io.Writer) {
		for _, name := range names {
			row(w, name)
		}
	})
}

type codebookAgainCmd struct {
	Issue  string `arg:"" help:"arg_issue"`
	Number int    `short:"n" default:"20" help:"again_number" placeholder:"N"`
}

// Run lists the calls to hear again for an issue that had no name yet when they
// were heard.
func (c *codebookAgainCmd) Run(ctx context.Context, s *session) error {
	e, err := s.Entry(ctx, c.Issue)
	if err != nil {
		return err
	}
	then, err := s.HeardBefore(ctx, e.ID, max(0, c.Number))
	if err != nil {
		return err
	}
	out := struct {
		Issue string   `json:"issue"`
		Calls int      `json:"calls"`
		First []string `json:"first"` // uids, in the order to hear them in
	}{e.Name, then.Total, []string{}}
	for _, call := range then.Calls {
		out.First = append(out.First, call.UID)
	}
	return s.answer(out, func(w io.Writer) {
		row(w, s.texts.Say("ctl.heard_before", review.Args{"n": out.Calls, "issue": out.Issue}))
		for _, call := range then.Calls {
			row(w, call.UID, local(call.Start))
		}
	})
}
