package journal

import "github.com/earshot-app/earshot/review/codebook"

// The types of event about the codebook, beside naming and keys.
const (
	TypeIssueRenamed   Type = "issue.renamed"
	TypeIssueDescribed Type = "issue.described"
	TypeIssueMerged    Type = "issue.merged"
	TypeIssueSplit     Type = "issue.split"
	TypeIssueRetired   Type = "issue.retired"
	TypeIssueRevived   Type = "issue.revived"
	TypeMomentDealt    Type = "moment.dealt"
)

// IssueRenamed gives an issue another name.
type IssueRenamed struct {
	Issue string `json:"issue"`
	Name  string `json:"name"`
}

// IssueDescribed sets what is told of an issue. What is nil stays as it is, so
// that two people can describe one issue at once.
type IssueDescribed struct {
	Issue      string  `json:"issue"`
	Definition *string `json:"definition,omitempty"`
	Include    *string `json:"include,omitempty"`
	Exclude    *string `json:"exclude,omitempty"`
	Example    *string `json:"example,omitempty"`
	Prevented  *string `json:"prevented,omitempty"`
	Fixer      *string `json:"fixer,omitempty"`
}

// Apply sets in d what b sets.
func (b IssueDescribed) Apply(d *codebook.Description) {
	for _, field := range []struct{ to, from *string }{
		{&d.Definition, b.Definition},
		{&d.Include, b.Include},
		{&d.Exclude, b.Exclude},
		{&d.Example, b.Example},
		{&d.Prevented, b.Prevented},
		{&d.Fixer, b.Fixer},
	} {
		if field.from != nil {
			*field.to = *field.from
		}
	}
}

// IssueMerged lets the moments of an issue count for another.
type IssueMerged struct {
	Issue string `json:"issue"`
	Into  string `json:"into"`
}

// IssueSplit opens an issue to be dealt to its parts, moment by moment.
type IssueSplit struct {
	Issue string `json:"issue"`
	Parts []Part `json:"parts"`
}

// Part is one of the issues that another is split into. One with a name is
// new, and named by the split.
type Part struct {
	Issue string `json:"issue"`
	Name  string `json:"name,omitempty"`
	Key   int    `json:"key,omitempty"`
}

// IssueRetired takes an issue from what is offered while calls are heard.
type IssueRetired struct {
	Issue string `json:"issue"`
}

// IssueRevived offers a retired issue again.
type IssueRevived struct {
	Issue string `json:"issue"`
}

// MomentDealt gives a moment to another issue.
type MomentDealt struct {
	Moment string `json:"moment"`
	Call   string `json:"call"`
	Issue  string `json:"issue"`
}

// Type implements [Body].
func (IssueRenamed) Type() Type { return TypeIssueRenamed }

// Type implements [Body].
func (IssueDescribed) Type() Type { return TypeIssueDescribed }

// Type implements [Body].
func (IssueMerged) Type() Type { return TypeIssueMerged }

// Type implements [Body].
func (IssueSplit) Type() Type { return TypeIssueSplit }

// Type implements [Body].
func (IssueRetired) Type() Type { return TypeIssueRetired }

// Type implements [Body].
func (IssueRevived) Type() Type { return TypeIssueRevived }

// Type implements [Body].
func (MomentDealt) Type() Type { return TypeMomentDealt }

// issueSubjects are the issues that b, which is about the codebook, touches.
func issueSubjects(b Body) []string {
	switch b := b.(type) {
	case IssueNamed:
		return []string{b.Issue}
	case IssueKeyed:
		if b.From == "" {
			return []string{b.Issue}
		}
		return []string{b.Issue, b.From}
	case IssueRenamed:
		return []string{b.Issue}
	case IssueDescribed:
		return []string{b.Issue}
	case IssueMerged:
		return []string{b.Issue, b.Into}
	case IssueSplit:
		all := []string{b.Issue}
		for _, part := range b.Parts {
			all = append(all, part.Issue)
		}
		return all
	case IssueRetired:
		return []string{b.Issue}
	case IssueRevived:
		return []string{b.Issue}
	}
	return nil
}

// RenameIssue gives an issue another name.
type RenameIssue struct{ IssueRenamed }

// DescribeIssue sets what is told of an issue.
type DescribeIssue struct{ IssueDescribed }

// RetireIssue sets whether an issue is retired.
type RetireIssue struct {
	Issue   string
	Retired bool
}

// TraceIssue says that the lineage of the codebook has changed about an issue:
// what became of which is traced anew from all merges and splits, and moments
// count where they then belong.
type TraceIssue struct{ Issue string }

// DealMoment gives a moment to another issue.
type DealMoment struct{ MomentDealt }

// Subject implements [Change].
func (c RenameIssue) Subject() string { return c.Issue }

// Subject implements [Change].
func (c DescribeIssue) Subject() string { return c.Issue }

// Subject implements [Change].
func (c RetireIssue) Subject() string { return c.Issue }

// Subject implements [Change].
func (c TraceIssue) Subject() string { return c.Issue }

// Subject implements [Change].
func (c DealMoment) Subject() string { return c.Call }

// codebookChanges answers what an event about the codebook does; known is
// false for one that is about something else.
func codebookChanges(body Body, e Event) (changes []Change, known bool) {
	switch b := body.(type) {
	case IssueNamed:
		return []Change{NameIssue{b, e.N, e.ID}}, true
	case IssueKeyed:
		if b.From == "" {
			return []Change{KeyIssue{b.Issue, b.Key}}, true
		}
		return []Change{KeyIssue{b.From, 0}, KeyIssue{b.Issue, b.Key}}, true
	case IssueRenamed:
		return []Change{RenameIssue{b}}, true
	case IssueDescribed:
		return []Change{DescribeIssue{b}}, true
	case IssueMerged:
		return []Change{TraceIssue{b.Into}, TraceIssue{b.Issue}}, true
	case IssueSplit:
		for _, part := range b.Parts {
			if part.Name != "" {
				changes = append(changes, NameIssue{IssueNamed(part), e.N, e.ID})
			}
			changes = append(changes, TraceIssue{part.Issue})
		}
		return append(changes, TraceIssue{b.Issue}), true
	case IssueRetired:
		return []Change{RetireIssue{b.Issue, true}}, true
	case IssueRevived:
		return []Change{RetireIssue{b.Issue, false}}, true
	}
	return nil, false
}

// Step is what b says of the lineage; ok is false for a body that says nothing
// of it.
func Step(b Body) (step codebook.Step, ok bool) {
	switch b := b.(type) {
	case IssueMerged:
		return codebook.Step{Issue: b.Issue, Into: b.Into}, true
	case IssueSplit:
		step.Issue = b.Issue
		for _, part := range b.Parts {
			step.Parts = append(step.Parts, codebook.Part{Issue: part.Issue, New: part.Name != ""})
		}
		return step, true
	}
	return step, false
}

// traced settles, at the end of the story, what the lineage makes of issues and
// findings.
func (s *State) traced(steps []codebook.Step) {
	lineage, named := codebook.Trace(steps), map[string]codebook.Naming{}
	for id, issue := range s.Issues {
		named[id] = issue.Named
	}
	for id, issue := range s.Issues {
		issue.Survivor = lineage.Survivor(id)
		issue.Split = len(lineage.Parts(id)) > 0
		issue.Since = lineage.Since(id, named)
	}
	for _, c := range s.Calls {
		c.Found = c.findings(lineage)
	}
}

// applyIssue applies the changes to one issue of the codebook.
func (s *State) applyIssue(change Change) {
	if c, ok := change.(NameIssue); ok {
		s.name(c)
		return
	}
	i := s.Issues[change.Subject()]
	if i == nil {
		return
	}
	switch c := change.(type) {
	case KeyIssue:
		i.Key = c.Key
	case RenameIssue:
		i.Name = c.Name
	case DescribeIssue:
		c.Apply(&i.Description)
	case RetireIssue:
		i.Retired = c.Retired
	}
}

// name adds an issue, or gives one that is here another name and key.
func (s *State) name(c NameIssue) {
	i := s.Issues[c.Issue]
	if i == nil {
		i = &IssueState{Named: codebook.Naming{N: c.N, Event: c.Event}, Follow: unfollowed}
		s.Issues[c.Issue] = i
	}
	i.Name, i.Key = c.Name, c.Key
}
