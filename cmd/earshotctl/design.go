package main

import (
	"errors"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/sampling"
)

// designFlags are what a draw and the weekly plan are both made by.
type designFlags struct {
	Speed       float64    `default:"1" help:"speed" placeholder:"X"`
	Queue       cellName   `help:"queue" placeholder:"NAME"`
	Category    cellName   `help:"category" placeholder:"NAME"`
	MinDuration float64    `help:"min_duration" placeholder:"SECONDS"`
	Stratify    strataFlag `help:"stratify" placeholder:"category|queue|week|FIELD"`
	Equal       bool       `help:"equal"`
}

// Validate is called by the parser.
func (f designFlags) Validate() error {
	if f.Equal && f.Stratify == "" {
		return errors.New("--stratify=FIELD --equal")
	}
	return nil
}

// filter lets in the calls of the design, of any day. It answers
// [review.BadArgument] for a speed of 0, which the desk takes for none named.
func (f designFlags) filter() (sampling.Filter, error) {
	if f.Speed == 0 {
		return sampling.Filter{}, review.Fail(review.BadArgument, review.Args{"name": "speed", "value": f.Speed})
	}
	return sampling.Filter{Queue: string(f.Queue), Category: string(f.Category), MinDuration: seconds(f.MinDuration)}, nil
}
