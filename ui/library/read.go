package library

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
)

// contents are what the library held when it was read.
type contents struct {
	filter      desk.CallFilter
	list        *pager // what it lets in
	counted     bool   // else list is no more than its beginning
	size        int    // calls of the library
	states      map[review.State]int
	draws       []desk.Draw // newest first
	sources     []desk.LookedAt
	profiles    map[string]string // names of those that sources are read by
	problems    [][]desk.Problem  // of each source
	unjoined    []desk.UnjoinedCount
	first, last time.Time // starts; zero when there are no calls
	names       names
	transcribed int // calls with a transcript
}

// names are those that a list can be narrowed to.
type names struct{ queues, categories []string }

// read reads the library, now or after what is being read.
func (s *Screen) read() {
	s.stale = false
	s.reading.Read()
}

// readNow reads what is listed. The calls in sight come with it, so that none is
// blank meanwhile.
func (s *Screen) readNow() job.Work[*contents] {
	filter, pages := s.model.filter, []int{0}
	if s.model.contents != nil {
		pages = append(pages, s.model.contents.list.recent(3)...)
	}
	return func(ctx context.Context, _ func(job.Progress)) (*contents, error) {
		return readAll(ctx, s.Desk, filter, pages)
	}
}

func (s *Screen) haveRead(c *contents, err error) {
	if err != nil {
		s.stale = true
		s.Shell.Fail(err)
		return
	}
	s.take(c)
}

func (s *Screen) take(c *contents) {
	if s.glimpsing != nil {
		s.glimpsing.Cancel()
		s.glimpsing = nil
	}
	s.model.contents = c
	if s.searching() {
		s.find(s.model.search.asked) // there may be more to find
	}
	s.model.what, s.model.problems, s.model.imported = s.LastImport()
	s.count()
	s.refresh()
}

// readAll reads all but the counts, which take longer.
func readAll(ctx context.Context, d Desk, f desk.CallFilter, pages []int) (*contents, error) {
	hours, err := d.CallHours(ctx, f)
	if err != nil {
		return nil, err
	}
	c := &contents{filter: f, list: newPager(hours), counted: true}
	slices.Sort(pages)
	for _, page := range slices.Compact(pages) {
		if page*rowsOfPage >= c.list.size() {
			break
		}
		calls, err := d.CallPage(ctx, c.list.within(f), c.list.place(page), rowsOfPage)
		if err != nil {
			return nil, err
		}
		c.list.ask(page)
		c.list.put(page, rowsOf(calls))
	}
	return c, c.readRest(ctx, d)
}

func (c *contents) readRest(ctx context.Context, d Desk) error {
	var errs [8]error
	c.states, errs[0] = d.StateCounts(ctx)
	for _, n := range c.states {
		c.size += n
	}
	c.first, c.last, errs[1] = span(ctx, d)
	c.draws, errs[2] = d.Draws(ctx)
	slices.Reverse(c.draws)
	c.transcribed, errs[3] = d.Transcribed(ctx)
	c.names.queues, errs[4] = d.Queues(ctx)
	c.names.categories, errs[5] = d.Categories(ctx)
	c.sources, errs[6] = d.Sources(ctx)
	c.unjoined, errs[7] = d.UnjoinedCounts(ctx)
	c.profiles = map[string]string{}
	c.problems = make([][]desk.Problem, len(c.sources))
	for i, source := range c.sources {
		c.profiles[source.Profile] = d.ProfileName(source.Profile)
		if source.Problems > 0 {
			problems, err := d.ProblemsOf(ctx, source.Root)
			c.problems[i], errs[6] = problems, errors.Join(errs[6], err)
		}
	}
	return errors.Join(errs[:]...)
}

// span are the starts of the first and last call.
func span(ctx context.Context, d Desk) (first, last time.Time, err error) {
	hours, err := d.CallHours(ctx, desk.CallFilter{})
	if err != nil || len(hours) == 0 {
		return first, last, err
	}
	newest, err1 := d.CallPage(ctx, desk.CallFilter{}, desk.ListPlace{}, 1)
	oldest := hours[len(hours)-1]
	place := desk.ListPlace{Start: oldest.Hour.Add(time.Hour), Skip: oldest.Calls - 1}
	firsts, err2 := d.CallPage(ctx, desk.CallFilter{}, place, 1)
	if len(newest) > 0 && len(firsts) > 0 {
		first, last = firsts[0].Start, newest[0].Start
	}
	return first, last, errors.Join(err1, err2)
}

// want reads the page of a row that is to be shown, after those that were wanted
// before.
func (s *Screen) want(row int) {
	c := s.model.contents
	if c == nil || c.filter != s.model.filter || row >= c.list.size() || !c.list.ask(row/rowsOfPage) || s.paging != nil {
		return
	}
	s.turn(row / rowsOfPage)
}

func (s *Screen) turn(page int) {
	filter, c := s.model.filter, s.model.contents
	within, place := c.list.within(filter), c.list.place(page)
	work := func(ctx context.Context, _ func(job.Progress)) ([]callRow, error) {
		calls, err := s.Desk.CallPage(ctx, within, place, rowsOfPage)
		return rowsOf(calls), err
	}
	s.paging = job.Run(s.jobs, "", work, nil, func(rows []callRow, err error) {
		s.paging = nil
		if err != nil {
			s.Shell.Fail(err)
			return
		}
		if s.model.contents != c {
			return // it was read anew
		}
		c.list.put(page, rows)
		for _, next := range slices.Backward(c.list.recent(2)) {
			if _, there := c.list.pages[next]; !there {
				s.turn(next)
				break
			}
		}
		s.refresh()
	})
}

// counts are how many calls there are of each name.
type counts struct {
	filter             desk.CallFilter
	periods            []desk.PeriodCount
	queues, categories []count // most first, over all periods
}

// count is how many calls go by a name; the name is "" for those without.
type count struct {
	name string
	n    int
}

// countEvery is how long the screen waits before it counts again: while an import
// runs, the library changes every second.
const countEvery = 5 * time.Second

// count counts the calls by name, of the library and of what the filter lets in,
// unless that is under way.
func (s *Screen) count() {
	if s.counting != nil {
		s.recount = true
		return
	}
	s.recount = false
	m, d := s.model, s.Desk
	filter, edges := m.filter, edgesOf(m.contents.first, m.contents.last, m.zone)
	wait := max(0, countEvery-time.Since(s.counted))
	if m.all == nil || m.listed.filter != filter {
		wait = 0
	}
	work := func(ctx context.Context, _ func(job.Progress)) (both [2]*counts, err error) {
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return both, ctx.Err()
		}
		both[0], err = readCounts(ctx, d, desk.CallFilter{}, edges)
		both[1] = both[0]
		if err == nil && filter != (desk.CallFilter{}) {
			both[1], err = readCounts(ctx, d, filter, edges)
		}
		return both, err
	}
	s.counting = job.Run(s.jobs, "", work, nil, func(both [2]*counts, err error) {
		s.counting, s.counted = nil, time.Now()
		if err != nil {
			s.Shell.Fail(err)
			return
		}
		m.all, m.listed = both[0], both[1]
		s.refresh()
		if (s.recount || m.filter != filter) && s.shown {
			s.count()
		}
	})
}

func readCounts(ctx context.Context, d Desk, f desk.CallFilter, edges []time.Time) (*counts, error) {
	periods, err := d.CallCounts(ctx, f, edges)
	queues, categories := map[string]int{}, map[string]int{}
	for _, p := range periods {
		for name, n := range p.Queues {
			queues[name] += n
		}
		for name, n := range p.Categories {
			categories[name] += n
		}
	}
	return &counts{f, periods, ordered(queues), ordered(categories)}, err
}

// ordered are counts, most first.
func ordered(of map[string]int) []count {
	var all []count
	for name, n := range of {
		all = append(all, count{name, n})
	}
	slices.SortFunc(all, func(a, b count) int {
		if a.n != b.n {
			return b.n - a.n
		}
		return strings.Compare(a.name, b.name)
	})
	return all
}

// mostPeriods is how many periods the calls are counted by at most.
const mostPeriods = 60

// edgesOf cut the time between two calls into days, weeks, months, quarters or
// years of a zone.
func edgesOf(first, last time.Time, zone *time.Location) []time.Time {
	if first.IsZero() {
		return nil
	}
	first, last = first.In(zone), last.In(zone)
	day := time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, zone)
	monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
	month := time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, zone)
	quarter := month.AddDate(0, -(int(month.Month())-1)%3, 0)
	year := time.Date(first.Year(), 1, 1, 0, 0, 0, 0, zone)
	var edges []time.Time
	for _, step := range []struct {
		from         time.Time
		months, days int
		most         int
	}{{day, 0, 1, 21}, {monday, 0, 7, 30}, {month, 1, 0, mostPeriods}, {quarter, 3, 0, mostPeriods}, {year, 12, 0, mostPeriods}} {
		edges = []time.Time{step.from}
		for n := 1; len(edges) <= step.most && !edges[len(edges)-1].After(last); n++ {
			edges = append(edges, step.from.AddDate(0, n*step.months, n*step.days))
		}
		if edges[len(edges)-1].After(last) {
			break
		}
	}
	if !edges[len(edges)-1].After(last) { // a clock that was wrong by centuries
		edges = append(edges, last.AddDate(1, 0, 0))
	}
	return edges
}
