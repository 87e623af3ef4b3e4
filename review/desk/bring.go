package desk

import (
	"context"
	"slices"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/journal"
)

// BringCodebook brings the codebook of another library to this one, as one act:
// issues that this one lacks are named, and what it lacks of a description is
// taken over. Names that are near are told and not merged: that is for a person
// to judge.
//
// What the other merged or split is merged and split here too, where it is an
// issue that this library lacked or had from there. One that was named here by
// itself, under the same name, stays as it is: what was heard under it was never
// theirs to merge. It answers [review.BadName] or [WordsTooBig].
func (d *Desk) BringCodebook(ctx context.Context, theirs []codebook.Entry) ([]codebook.Meeting, error) {
	var meetings []codebook.Meeting
	err := d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		namer, err := d.namer(ctx, tx)
		if err != nil {
			return nil, err
		}
		meetings = codebook.Meet(namer.entries, theirs)
		b := incoming{namer: namer, theirs: theirs, here: map[string]string{}}
		for i := range meetings {
			if err := b.bring(&meetings[i]); err != nil {
				return nil, err
			}
		}
		for i := range meetings {
			b.split(&meetings[i])
		}
		for i := range meetings {
			b.merge(&meetings[i])
		}
		return b.bodies, nil
	})
	return meetings, err
}

// incoming is one codebook on its way into another.
type incoming struct {
	*namer
	theirs []codebook.Entry
	here   map[string]string // ids of issues here by theirs
	bodies []journal.Body
}

func (b *incoming) tell(bodies ...journal.Body) { b.bodies = append(b.bodies, bodies...) }

// bring names the issue of a meeting if it is new, with the id that it has
// elsewhere, and fills in what it says. What is retired there is retired here
// from the beginning.
func (b *incoming) bring(m *codebook.Meeting) error {
	if !m.Known() {
		if err := b.name(m); err != nil {
			return err
		}
	}
	for _, e := range b.theirs {
		if e.ID != "" && (e.ID == m.Theirs.ID || m.Theirs.State != codebook.Merged && e.State != codebook.Merged && review.SameName(e.Name, m.Theirs.Name)) {
			b.here[e.ID] = m.Same
		}
	}
	if m.Fill == m.Mine.Description {
		return nil
	}
	described, err := describing(m.Mine.ID, m.Mine.Description, m.Fill)
	b.tell(described)
	return err
}

// name makes the issue of a meeting.
func (b *incoming) name(m *codebook.Meeting) error {
	clean, err := review.CleanName(m.Theirs.Name)
	if err != nil {
		return err
	}
	issue := review.Issue{ID: m.Theirs.ID, Name: clean, Key: b.key(m.Theirs)}
	if issue.ID == "" {
		issue.ID = b.ids.New()
	}
	b.taken[issue.Key] = true
	b.tell(journal.IssueNamed{Issue: issue.ID, Name: issue.Name, Key: issue.Key})
	if m.Theirs.State == codebook.Retired {
		b.tell(journal.IssueRetired{Issue: issue.ID})
	}
	m.Same, m.Mine = issue.ID, codebook.Entry{Issue: issue, State: codebook.Open}
	b.entries = append(b.entries, m.Mine)
	return nil
}

// key is the key of a new issue: the one that it has there, if it is free here,
// or else the first free one. What another library left without a key, or does
// not offer, has none here either.
func (b *incoming) key(e codebook.Entry) int {
	switch {
	case e.State != codebook.Open, e.ID != "" && e.Key == 0:
		return 0
	case e.Key > 0 && e.Key <= Keys && !b.taken[e.Key]:
		return e.Key
	}
	return b.freeKey()
}

// split splits what they split, into the parts that are here.
func (b *incoming) split(m *codebook.Meeting) {
	whole := b.entry(m.Same)
	if m.Theirs.State != codebook.Split || m.How == codebook.ByName || whole == nil || whole.State == codebook.Merged {
		return
	}
	body := journal.IssueSplit{Issue: whole.ID}
	for _, theirs := range codebook.PartsOf(b.theirs, m.Theirs) {
		part := b.entry(b.of(theirs))
		if part != nil && part.ID != whole.ID && !slices.Contains(whole.Parts, part.ID) {
			whole.Parts = append(slices.Clip(whole.Parts), part.ID)
			m.Parts = append(m.Parts, part.ID)
			body.Parts = append(body.Parts, journal.Part{Issue: part.ID})
		}
	}
	if len(body.Parts) > 0 {
		b.tell(freeing(*whole)...)
		b.tell(body)
		whole.State, whole.Key = codebook.Split, 0
	}
}

// merge merges what they merged, unless it is merged here, or into itself.
func (b *incoming) merge(m *codebook.Meeting) {
	from, into := b.entry(m.Same), b.entry(b.of(m.Theirs.Into))
	if m.Theirs.State != codebook.Merged || m.How == codebook.ByName || from == nil || into == nil || from.State == codebook.Merged {
		return
	}
	if codebook.Survivor(b.entries, *into).ID == from.ID {
		return
	}
	b.tell(freeing(*from)...)
	b.tell(journal.IssueMerged{Issue: from.ID, Into: into.ID})
	from.State, from.Into, from.Key = codebook.Merged, into.ID, 0
	m.Into = into.ID
}

// of is the id here of an issue of theirs.
func (b *incoming) of(theirs string) string {
	if here, ok := b.here[theirs]; ok {
		return here
	}
	return theirs // from an earlier time, as they left it out now
}

// entry finds an issue of this codebook by its id; nil when there is none.
func (b *incoming) entry(id string) *codebook.Entry {
	i := slices.IndexFunc(b.entries, func(e codebook.Entry) bool { return e.ID == id })
	if i < 0 {
		return nil
	}
	return &b.entries[i]
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
