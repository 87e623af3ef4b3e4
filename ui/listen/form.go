package listen

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

// What can be wrong with what was typed for a draw.
const (
	BadAmount review.Code = "bad-draw-amount" // args: value
	BadDay    review.Code = "bad-draw-day"    // args: value
	BadLength review.Code = "bad-draw-length" // args: value
)

// A form is what was typed for a new draw.
type form struct {
	calls    bool   // the amount is a number of calls, not minutes
	amount   string // "30"
	from, to string // local days, to excluded; "" for open
	queue    string // "" for any
	category string // "" for any
	least    string // seconds; "" for any length
	seed     string // "" for the library's own
	strata   sampling.Strata
	equal    bool // as many of each stratum
}

// request reads the form as a wish for a draw, heard at speed. It answers
// [BadAmount], [BadDay] or [BadLength], or what the filter's Validate answers.
func (f form) request(zone *time.Location, speed float64) (desk.DrawRequest, error) {
	req := desk.DrawRequest{Speed: speed, Seed: strings.TrimSpace(f.seed), Strata: f.strata, Equal: f.equal && f.strata != sampling.Unstratified}
	amount, err := number(f.amount, BadAmount)
	if err != nil {
		return req, err
	}
	req.Minutes = amount
	if f.calls {
		req.Minutes, req.N = 0, int(amount)
	}
	if amount <= 0 || f.calls && float64(req.N) != amount {
		return req, review.Fail(BadAmount, review.Args{"value": f.amount})
	}
	req.Filter, err = f.filter(zone)
	return req, err
}

func (f form) filter(zone *time.Location) (sampling.Filter, error) {
	filter := sampling.Filter{Queue: f.queue, Category: f.category}
	var err error
	if filter.From, err = day(f.from, zone); err != nil {
		return filter, err
	}
	if filter.To, err = day(f.to, zone); err != nil {
		return filter, err
	}
	if strings.TrimSpace(f.least) != "" {
		seconds, err := number(f.least, BadLength)
		if err != nil {
			return filter, err
		}
		if seconds < 0 {
			return filter, review.Fail(BadLength, review.Args{"value": f.least})
		}
		filter.MinDuration = time.Duration(seconds * float64(time.Second)).Round(time.Millisecond)
	}
	return filter, filter.Validate()
}

// number reads a number with a decimal point or comma.
func number(text string, bad review.Code) (float64, error) {
	x, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(text), ",", "."), 64)
	if err != nil || !(math.Abs(x) <= 1e6) { // NaN is no number either
		return 0, &review.Error{Code: bad, Args: review.Args{"value": text}, Err: err}
	}
	return x, nil
}

// dayLayouts are the ways to write a day, of which the first is asked for.
var dayLayouts = []string{time.DateOnly, "2.1.2006"}

// day reads the beginning of a local day; zero for nothing.
func day(text string, zone *time.Location) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range dayLayouts {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, review.Fail(BadDay, review.Args{"value": text})
}
