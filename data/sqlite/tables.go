package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
)

// Tables implements [desk.ReadJournal]: what a check holds against the fold of
// the journal. It is for a check, not for screens: it reads all there is.
func (q queries) Tables(ctx context.Context) (*journal.State, error) {
	s := &journal.State{
		Calls: map[string]*journal.CallState{}, Issues: map[string]*journal.IssueState{}, Draws: map[string]*journal.DrawState{},
	}
	err := errors.Join(q.tableCalls(ctx, s), q.tableMoments(ctx, s), q.tablePraise(ctx, s), q.tableIssues(ctx, s), q.tableDraws(ctx, s))
	if err != nil {
		return nil, fmt.Errorf("read the derived tables: %w", err)
	}
	return s, nil
}

func (q queries) tableCalls(ctx context.Context, s *journal.State) error {
	type named struct {
		uid string
		journal.CallState
	}
	for c, err := range each(ctx, q.db, func(r *sql.Rows, c *named) error {
		return r.Scan(&c.uid, &c.State, &c.Scope, &c.Picked, &c.Passed, &c.Draw, &c.Rank, &c.Played, &c.HeardN, &c.Skip, &c.Reason)
	}, `SELECT uid, state, scope, picked, passed, draw, max(rank, 0), played, heard_n, skip, reason FROM call
		WHERE state <> 'new' OR picked = 1 OR uid IN (SELECT subject FROM event_subject)
		OR id IN (SELECT call_id FROM finding) OR id IN (SELECT call_id FROM praise)`) {
		if err != nil {
			return err
		}
		c.Moments, c.Praise = map[string]journal.MomentState{}, map[string]journal.PraiseAdded{}
		c.Found = map[string]review.Scope{}
		s.Calls[c.uid] = &c.CallState
	}
	return nil
}

func (q queries) tableMoments(ctx context.Context, s *journal.State) error {
	type found struct {
		journal.MomentState
		in    string // the issue in which it counts
		scope review.Scope
	}
	for m, err := range each(ctx, q.db, func(r *sql.Rows, m *found) error {
		return r.Scan(&m.Moment, &m.Call, &m.Issue, &m.At, &m.Until, &m.Words, &m.Counts, &m.in, &m.scope)
	}, `SELECT m.uid, c.uid, said.uid, m.at_ms, m.until_ms, m.words, m.counts, i.uid, f.scope FROM moment m
		JOIN finding f ON f.id = m.finding_id JOIN issue i ON i.id = f.issue_id JOIN call c ON c.id = f.call_id
		JOIN issue said ON said.id = m.said`) {
		if err != nil {
			return err
		}
		c := s.Calls[m.Call]
		c.Moments[m.Moment], c.Found[m.in] = m.MomentState, m.scope
	}
	return nil
}

func (q queries) tablePraise(ctx context.Context, s *journal.State) error {
	for p, err := range each(ctx, q.db, func(r *sql.Rows, p *journal.PraiseAdded) error {
		return r.Scan(&p.Praise, &p.Call, &p.At, &p.Words)
	}, `SELECT p.uid, c.uid, p.at_ms, p.words FROM praise p JOIN call c ON c.id = p.call_id`) {
		if err != nil {
			return err
		}
		s.Calls[p.Call].Praise[p.Praise] = p
	}
	return nil
}

func (q queries) tableIssues(ctx context.Context, s *journal.State) error {
	type named struct {
		uid string
		journal.IssueState
	}
	for i, err := range each(ctx, q.db, func(r *sql.Rows, i *named) error {
		targets := []any{
			&i.uid, &i.Name, &i.Key, &i.Named.N, &i.Named.Event, &i.Retired, &i.Survivor, &i.Split, &i.Since.N, &i.Since.Event,
			&i.Follow.ChosenN,
		}
		return r.Scan(slices.Concat(targets, described(&i.Description), followed(&i.Follow.Follow))...)
	}, `SELECT i.uid, i.name, i.key, i.named_n, i.named_by, i.retired, (SELECT r.uid FROM issue r WHERE r.id = `+survivor+`), i.split,
		i.since_n, i.since_by, i.chosen_n, `+describeColumns+`, `+followColumns+` FROM issue i WHERE i.live = 1`) {
		if err != nil {
			return err
		}
		s.Issues[i.uid] = &i.IssueState
	}
	return nil
}

func (q queries) tableDraws(ctx context.Context, s *journal.State) error {
	draws, err := q.Draws(ctx)
	if err != nil {
		return err
	}
	for _, listed := range draws {
		d, err := q.Draw(ctx, listed.ID)
		if err != nil {
			return err
		}
		made := desk.DrawMade(d.Record, d.Scope)
		made.Planned = d.Planned
		s.Draws[d.ID] = &journal.DrawState{DrawMade: made, Closed: d.Closed}
	}
	return nil
}
