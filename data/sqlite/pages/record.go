package pages

import (
	"errors"
	"math"
	"unicode/utf8"
)

var errRecord = errors.New("the record is none")

// Record reads a row: nil, int64, float64, string or []byte for each column.
func Record(payload []byte) ([]any, error) {
	size, types, err := varint(payload)
	if err != nil || size < int64(len(payload)-len(types)) || size > int64(len(payload)) {
		return nil, errRecord
	}
	body := payload[size:]
	types = types[:int(size)-(len(payload)-len(types))]
	var row []any
	for len(types) > 0 {
		var kind int64
		if kind, types, err = varint(types); err != nil {
			return nil, errRecord
		}
		var value any
		if value, body, err = field(kind, body); err != nil {
			return nil, err
		}
		row = append(row, value)
	}
	if len(body) > 0 {
		return nil, errRecord
	}
	return row, nil
}

// widths are the bytes of the types up to 9.
var widths = [...]int{0, 1, 2, 3, 4, 6, 8, 8, 0, 0}

// field reads one value of a type from the beginning of body.
func field(kind int64, body []byte) (any, []byte, error) {
	width := (kind - 12) / 2
	if kind >= 0 && kind < int64(len(widths)) {
		width = int64(widths[kind])
	}
	if kind < 0 || kind == 10 || kind == 11 || width > int64(len(body)) {
		return nil, nil, errRecord
	}
	raw, rest := body[:width], body[width:]
	switch {
	case kind == 0:
		return nil, rest, nil
	case kind == 7:
		return math.Float64frombits(uint64(integer(raw))), rest, nil
	case kind < 8:
		return integer(raw), rest, nil
	case kind < 10:
		return kind - 8, rest, nil
	case kind%2 == 0:
		return append([]byte{}, raw...), rest, nil
	}
	if !utf8.Valid(raw) {
		return nil, nil, errRecord
	}
	return string(raw), rest, nil
}

// integer reads a number with a sign.
func integer(raw []byte) int64 {
	n := int64(int8(raw[0]))
	for _, b := range raw[1:] {
		n = n<<8 | int64(b)
	}
	return n
}
