package desk

import (
	"context"

	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/journal"
)

// BringCodebook brings the codebook of another library to this one, as one act:
// issues that this one lacks are named, and what it lacks of a description is
// taken over. Names that are near are told and not merged: that is for a person
// to judge. It answers [review.BadName] or [WordsTooBig].
func (d *Desk) BringCodebook(ctx context.Context, theirs []codebook.Entry) ([]codebook.Meeting, error) {
	var meetings []codebook.Meeting
	err := d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		namer, err := d.namer(ctx, tx)
		if err != nil {
			return nil, err
		}
		meetings = codebook.Meet(namer.entries, theirs)
		var bodies []journal.Body
		for i := range meetings {
			brought, err := namer.bring(&meetings[i])
			if err != nil {
				return nil, err
			}
			bodies = append(bodies, brought...)
		}
		return bodies, nil
	})
	return meetings, err
}

// bring names the issue of a meeting if it is new, with the id that it has
// elsewhere, and fills in what it says. What is retired there is retired here
// from the beginning.
func (n *namer) bring(m *codebook.Meeting) (bodies []journal.Body, err error) {
	was := m.Mine
	if m.How == codebook.New || m.How == codebook.Nearly {
		issue, before, err := n.issue(m.Theirs.Name)
		if err != nil {
			return nil, err
		}
		if named, ok := before.(journal.IssueNamed); ok {
			if m.Theirs.ID != "" {
				issue.ID, named.Issue = m.Theirs.ID, m.Theirs.ID
				n.entries[len(n.entries)-1].ID = issue.ID
			}
			if m.Theirs.State == codebook.Retired {
				n.taken[named.Key], named.Key, issue.Key = false, 0, 0
				bodies = append(bodies, journal.IssueRetired{Issue: issue.ID})
			}
			bodies = append([]journal.Body{named}, bodies...)
		}
		m.Mine = codebook.Entry{Issue: issue, State: codebook.Open}
		was = m.Mine
	}
	if m.Fill == was.Description {
		return bodies, nil
	}
	described, err := describing(m.Mine.ID, was.Description, m.Fill)
	return append(bodies, described), err
}

// describing sets the fields in which want is not what was.
func describing(id string, was, want codebook.Description) (journal.IssueDescribed, error) {
	body := journal.IssueDescribed{Issue: id}
	for _, f := range []struct {
		was, want string
		set       **string
	}{
		{was.Definition, want.Definition, &body.Definition},
		{was.Include, want.Include, &body.Include},
		{was.Exclude, want.Exclude, &body.Exclude},
		{was.Example, want.Example, &body.Example},
		{was.Prevented, want.Prevented, &body.Prevented},
		{was.Fixer, want.Fixer, &body.Fixer},
	} {
		if f.was == f.want {
			continue
		}
		clean, err := cleanWords(f.want)
		if err != nil {
			return body, err
		}
		*f.set = &clean
	}
	return body, nil
}
