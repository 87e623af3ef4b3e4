package library

import (
	"slices"
	"sort"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

const (
	// rowsOfPage is how many calls are read at once: a few windows full.
	rowsOfPage = 120
	// mostPages is how many pages are kept; what is scrolled back to further away
	// is read again.
	mostPages = 40
)

// callRow is one call of the list: what is shown of it, and no name.
type callRow struct {
	uid      string
	start    time.Time
	duration time.Duration
	queue    string
	category string
	state    review.State
	picked   bool
	said     review.Said // how the source told the start
	rough    bool        // the start is guessed
}

// pager is a list of calls of which only the pages near those in sight are in
// memory. How many calls began in each hour tells how long the list is, and where
// a page is that nobody has read yet.
type pager struct {
	hours []desk.HourCount // newest first
	ends  []int            // calls of the hours up to each
	pages map[int][]callRow
	asked []int // pages by when they were last asked for, the last one last
}

func newPager(hours []desk.HourCount) *pager {
	p := &pager{hours: hours, pages: map[int][]callRow{}}
	n := 0
	for _, hour := range hours {
		n += hour.Calls
		p.ends = append(p.ends, n)
	}
	return p
}

// size is how many calls the list has.
func (p *pager) size() int {
	if len(p.ends) == 0 {
		return 0
	}
	return p.ends[len(p.ends)-1]
}

// row answers a row, and false while its page is not there.
func (p *pager) row(n int) (callRow, bool) {
	page := p.pages[n/rowsOfPage]
	if at := n % rowsOfPage; at < len(page) {
		return page[at], true
	}
	return callRow{}, false
}

// ask notes that a page is wanted, and answers whether it has to be read.
func (p *pager) ask(page int) bool {
	if at := slices.Index(p.asked, page); at >= 0 {
		p.asked = slices.Delete(p.asked, at, at+1)
	}
	p.asked = append(p.asked, page)
	_, there := p.pages[page]
	return !there
}

// place is where a page begins: behind the page before, or in the hour that its
// first row lies in.
func (p *pager) place(page int) desk.ListPlace {
	if before := p.pages[page-1]; len(before) == rowsOfPage {
		last := before[rowsOfPage-1]
		return desk.ListPlace{Start: last.start, UID: last.uid}
	}
	first := page * rowsOfPage
	at := sort.SearchInts(p.ends, first+1)
	if at == len(p.hours) {
		return desk.ListPlace{}
	}
	hour := p.hours[at]
	return desk.ListPlace{Start: hour.Hour.Add(time.Hour), Skip: first - (p.ends[at] - hour.Calls)}
}

// within narrows a filter to the time of its calls, so that the page with the last
// of them is not filled up by a search through all that is older.
func (p *pager) within(f desk.CallFilter) desk.CallFilter {
	if n := len(p.hours); n > 0 && f.From.Before(p.hours[n-1].Hour) {
		f.From = p.hours[n-1].Hour
	}
	return f
}

// put keeps a page, and drops that which was asked for longest ago.
func (p *pager) put(page int, rows []callRow) {
	p.pages[page] = rows
	for len(p.pages) > mostPages && len(p.asked) > 0 {
		delete(p.pages, p.asked[0])
		p.asked = p.asked[1:]
	}
}

// recent are the pages asked for last, at most so many.
func (p *pager) recent(most int) []int {
	return slices.Clone(p.asked[max(0, len(p.asked)-most):])
}

func rowsOf(calls []review.Call) []callRow {
	rows := make([]callRow, len(calls))
	for i, c := range calls {
		rows[i] = callRow{
			uid: c.UID, start: c.Start, duration: c.Duration, queue: c.Queue, category: c.Category, state: c.State, picked: c.Picked,
			said: c.Said, rough: c.StartGuessed,
		}
	}
	return rows
}
