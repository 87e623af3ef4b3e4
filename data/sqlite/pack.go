package sqlite

import (
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	sqlite "modernc.org/sqlite"
)

// Counting many calls by what they have in common has SQLite sort them, and
// handing them over one by one costs more than all that is done with them. Two
// aggregate functions do neither. Both take whole numbers and texts and answer
// rows for [unpack]:
//
//	packed(a, b, …)  every row, in the order in which they are read
//	tally(a, b, …)   every different row once, with how often it came
var aggregates = sync.OnceValue(func() error {
	const anyNumber = -1
	return errors.Join(
		sqlite.RegisterFunction("packed", &sqlite.FunctionImpl{
			NArgs: anyNumber, VolatileArgs: true,
			MakeAggregate: func(sqlite.FunctionContext) (sqlite.AggregateFunction, error) { return &packed{}, nil },
		}),
		sqlite.RegisterFunction("tally", &sqlite.FunctionImpl{
			NArgs: anyNumber, VolatileArgs: true,
			MakeAggregate: func(sqlite.FunctionContext) (sqlite.AggregateFunction, error) {
				return &tally{times: map[string]*int64{}}, nil
			},
		}),
	)
})

// packed is the function of that name.
type packed struct {
	notInWindows
	rows []byte
}

// Step adds a row.
func (p *packed) Step(_ *sqlite.FunctionContext, row []driver.Value) error {
	var err error
	p.rows, err = appendRow(p.rows, row)
	return err
}

// WindowValue answers the rows.
func (p *packed) WindowValue(*sqlite.FunctionContext) (driver.Value, error) { return p.rows, nil }

// tally is the function of that name.
type tally struct {
	notInWindows
	row   []byte
	times map[string]*int64
}

// Step counts a row.
func (t *tally) Step(_ *sqlite.FunctionContext, row []driver.Value) error {
	var err error
	if t.row, err = appendRow(t.row[:0], row); err != nil {
		return err
	}
	if n := t.times[string(t.row)]; n != nil {
		*n++
		return nil
	}
	n := int64(1)
	t.times[string(t.row)] = &n
	return nil
}

// WindowValue answers the different rows.
func (t *tally) WindowValue(*sqlite.FunctionContext) (driver.Value, error) {
	var rows []byte
	for row, n := range t.times {
		rows = binary.AppendVarint(append(rows, row...), *n)
	}
	return rows, nil
}

// notInWindows is what the driver asks of functions that no statement uses as
// window functions.
type notInWindows struct{}

// WindowInverse refuses to take a row back.
func (notInWindows) WindowInverse(*sqlite.FunctionContext, []driver.Value) error {
	return errors.New("not a window function")
}

// Final has nothing to give back.
func (notInWindows) Final(*sqlite.FunctionContext) {}

// appendRow writes a row for [unpack].
func appendRow(to []byte, row []driver.Value) ([]byte, error) {
	for _, value := range row {
		switch v := value.(type) {
		case int64:
			to = binary.AppendVarint(to, v)
		case string:
			to = append(binary.AppendVarint(to, int64(len(v))), v...)
		default:
			return nil, fmt.Errorf("pack a %T", value)
		}
	}
	return to, nil
}

// unpack sets the targets, each an *int64 or a *string, to the values of one row
// after the other and calls row for each.
func unpack(rows []byte, targets []any, row func()) {
	for len(rows) > 0 {
		for _, target := range targets {
			n, size := binary.Varint(rows)
			rows = rows[size:]
			switch t := target.(type) {
			case *int64:
				*t = n
			case *string:
				*t, rows = string(rows[:n]), rows[n:]
			}
		}
		row()
	}
}
