package sampling

import "time"

// What a forgotten call keeps is as coarse as can be while every draw, and every
// ranking of whole weeks, still counts it as before.

// CoarseStart answers an instant in the week of start, which begins on Monday
// in zone and in UTC, that no design tells from start: the middle of what the
// week and the designs leave of it.
func CoarseStart(start time.Time, zone *time.Location, designs []Design) time.Time {
	from, to := start.Add(-8*week), start.Add(8*week)
	cut := func(at time.Time) {
		if at.After(start) {
			to = earlier(to, at)
		} else {
			from = later(from, at)
		}
	}
	for _, z := range []*time.Location{zone, time.UTC} {
		day := start.In(z)
		since := (int(day.Weekday()) + 6) % 7
		for _, days := range []int{-since, 7 - since} {
			cut(time.Date(day.Year(), day.Month(), day.Day()+days, 0, 0, 0, 0, z))
		}
	}
	for _, d := range designs {
		for _, at := range []time.Time{d.Filter.From, d.Filter.To} {
			if !at.IsZero() {
				cut(at)
			}
		}
		if d.Strata == ByWeek {
			first := d.Filter.weekOf(start)
			cut(first)
			cut(first.Add(week))
		}
	}
	middle := from.Add(to.Sub(from) / 2).Truncate(time.Second)
	if middle.Before(from) { // they leave less than a second
		middle = start
	}
	return middle.UTC()
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// CoarseLength answers the longest of the designs' least lengths that a call has,
// 0 for none.
func CoarseLength(length time.Duration, designs []Design) time.Duration {
	var coarse time.Duration
	for _, d := range designs {
		if d.Filter.MinDuration <= length {
			coarse = max(coarse, d.Filter.MinDuration)
		}
	}
	return coarse
}
