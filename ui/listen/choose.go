package listen

import (
	"slices"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
)

// A chooser finds an issue to tag. It shows no counts: how often others were
// heard would suggest what to hear.
type chooser struct {
	before, elsewhere []review.Issue // heard under the call's category, and the rest
	order             map[string]int // an issue's place in the codebook, which gives its colour

	query   string
	near    []review.Issue // whose names look like the query, beside those that hold it
	choice  int            // of the shown issues, from 0
	entered bool           // someone is in the field, or has left it with something typed
	at      time.Duration  // where the call was when the field was entered
}

// enter notes where the call is, unless something is being typed already.
func (c *chooser) enter(at time.Duration) {
	if !c.entered {
		c.entered, c.at, c.choice = true, at, 0
	}
}

// blur is leaving the field for something else; what was typed stays.
func (c *chooser) blur() {
	if c.query == "" {
		c.entered = false
	}
}

// clear is the end of a search, by tagging or by Esc.
func (c *chooser) clear() { c.query, c.near, c.choice, c.entered = "", nil, 0, false }

// find searches for what was typed.
func (c *chooser) find(query string) {
	if c.query != query {
		c.query, c.choice = query, 0
		c.near = c.looksLike()
	}
}

// looksLike are the issues that may be what is being named, under another name:
// who types a new name is asked whether it is one of these.
func (c *chooser) looksLike() []review.Issue {
	c.near = nil
	held := c.listed()
	var names []codebook.Name
	byID := map[string]review.Issue{}
	for _, issues := range [][]review.Issue{c.before, c.elsewhere} {
		for _, issue := range issues {
			if !slices.ContainsFunc(held, func(h review.Issue) bool { return h.ID == issue.ID }) {
				names = append(names, codebook.Name{ID: issue.ID, Text: issue.Name})
				byID[issue.ID] = issue
			}
		}
	}
	var near []review.Issue
	for _, name := range codebook.Near(c.query, names) {
		near = append(near, byID[name.ID])
	}
	return near
}

// shown are the issues that hold every word of the query, as they are listed.
func (c *chooser) shown() (before, elsewhere []review.Issue) {
	return c.matching(c.before), c.matching(c.elsewhere)
}

func (c *chooser) matching(issues []review.Issue) []review.Issue {
	words := strings.Fields(strings.ToLower(c.query))
	if len(words) == 0 {
		return issues
	}
	var found []review.Issue
	for _, issue := range issues {
		if holdsAll(strings.ToLower(issue.Name), words) {
			found = append(found, issue)
		}
	}
	return found
}

func holdsAll(name string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(name, word) {
			return false
		}
	}
	return true
}

// listed are the shown issues from top to bottom.
func (c *chooser) listed() []review.Issue {
	before, elsewhere := c.shown()
	return slices.Concat(before, elsewhere, c.near)
}

// move chooses another of the listed issues.
func (c *chooser) move(by int) {
	c.choice = max(0, min(c.choice+by, len(c.listed())-1))
}

// chosen is the issue that Enter tags.
func (c *chooser) chosen() (review.Issue, bool) {
	listed := c.listed()
	if c.choice >= len(listed) {
		return review.Issue{}, false
	}
	return listed[c.choice], true
}

// onKey is the issue that has a key of its own.
func (c *chooser) onKey(key int) (review.Issue, bool) {
	for _, issues := range [][]review.Issue{c.before, c.elsewhere} {
		for _, issue := range issues {
			if issue.Key == key {
				return issue, true
			}
		}
	}
	return review.Issue{}, false
}

// newName is what was typed if it is no issue yet, else "".
func (c *chooser) newName() string {
	name := strings.Join(strings.Fields(c.query), " ")
	for _, issues := range [][]review.Issue{c.before, c.elsewhere} {
		for _, issue := range issues {
			if review.SameName(issue.Name, name) {
				return ""
			}
		}
	}
	return name
}
