package codebook

import (
	"cmp"
	"slices"
)

// A Step is one merge or split of an issue.
type Step struct {
	Issue string // that was merged or split
	Into  string // that it was merged into; "" for a split
	Parts []Part // that it was split into
}

// A Part is one of the issues that another was split into.
type Part struct {
	Issue string
	New   bool // the split named it
}

// A Naming is when an issue got its name: the journal's number and id of the
// event.
type Naming struct {
	N     int64
	Event string
}

// Lineage tells which issue became which.
type Lineage struct {
	into  map[string]string
	group map[string][]string // by survivor: it and all that became it
	parts map[string][]string
	basis map[string][]string // of a new part: the issues whose namings count for it
}

// Trace follows merges and splits in the order of the story. See the package's
// comment for what holds when they contradict each other.
func Trace(steps []Step) Lineage {
	l := Lineage{map[string]string{}, map[string][]string{}, map[string][]string{}, map[string][]string{}}
	for _, step := range steps {
		if step.Into != "" {
			l.merge(step.Issue, step.Into)
		} else {
			l.split(step.Issue, step.Parts)
		}
	}
	return l
}

func (l Lineage) merge(from, into string) {
	root := l.Survivor(into)
	if l.into[from] != "" || root == from {
		return
	}
	l.into[from] = into
	l.group[root] = append(l.groupOf(root), l.groupOf(from)...)
	delete(l.group, from)
}

func (l Lineage) split(issue string, parts []Part) {
	for _, part := range parts {
		if part.Issue == issue || slices.Contains(l.parts[issue], part.Issue) {
			continue
		}
		l.parts[issue] = append(l.parts[issue], part.Issue)
		if _, known := l.basis[part.Issue]; part.New && !known {
			l.basis[part.Issue] = l.basesOf(l.Survivor(issue))
		}
	}
}

// groupOf is a survivor with all that became it.
func (l Lineage) groupOf(survivor string) []string {
	if group := l.group[survivor]; group != nil {
		return group
	}
	return []string{survivor}
}

// basesOf are the issues whose namings count for a survivor.
func (l Lineage) basesOf(survivor string) []string {
	var all []string
	for _, issue := range l.groupOf(survivor) {
		if basis := l.basis[issue]; basis != nil {
			all = append(all, basis...)
		} else {
			all = append(all, issue)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Survivor is the issue in which the moments of an issue count: itself, unless
// it was merged.
func (l Lineage) Survivor(issue string) string {
	for l.into[issue] != "" {
		issue = l.into[issue]
	}
	return issue
}

// Into is the issue that an issue was merged into, or "".
func (l Lineage) Into(issue string) string { return l.into[issue] }

// Parts are the issues that an issue was split into, in the order in which they
// were told; none while it is merged.
func (l Lineage) Parts(issue string) []string {
	if l.into[issue] != "" {
		return nil
	}
	return l.parts[issue]
}

// PartOf are the issues that an issue was split from, by id.
func (l Lineage) PartOf(issue string) []string {
	var all []string
	for split := range l.parts {
		if slices.Contains(l.Parts(split), issue) {
			all = append(all, split)
		}
	}
	slices.Sort(all)
	return all
}

// Since is when all of a survivor had a name: the last of the namings that
// count for it, or its own where none of them is known.
func (l Lineage) Since(survivor string, named map[string]Naming) Naming {
	var last Naming
	for _, issue := range l.basesOf(survivor) {
		if n := named[issue]; cmp.Or(cmp.Compare(n.N, last.N), cmp.Compare(n.Event, last.Event)) > 0 {
			last = n
		}
	}
	if last == (Naming{}) {
		return named[survivor]
	}
	return last
}
