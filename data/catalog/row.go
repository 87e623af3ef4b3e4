package catalog

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"strconv"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// A row is one line of a table, usable unless it has a fault.
type row struct {
	line  int
	place int // among the usable rows, from 0
	fault fault

	file                                        string // canonical, "" for none
	callID, contact                             string
	agent, queue, category, customer, direction string
	start, updated                              int64  // Unix milliseconds, or unset
	said                                        string // the start in the table's words
	offset                                      int64  // of the zone that it was read in, in seconds
	guessed                                     bool   // nothing named that zone
	duration                                    time.Duration
	fields                                      []review.Field
}

const unset = -1 << 63

// A fault is why a line cannot be used.
type fault struct {
	line   int
	code   review.Code
	column string // of the header, "" when it is about the whole line
	n      int    // the cells it has, the line it contradicts, its recordings
}

// glance reads of a packed row only its line and, if it has no fault, its place.
func glance(record []byte) (line, place int, usable bool) {
	var n [3]uint64
	for i := range n {
		var size int
		n[i], size = binary.Uvarint(record)
		record = record[max(0, size):]
	}
	return int(n[0]), int(n[1]), n[2] == 0
}

// texts are what a row says in words, in the order in which they are packed.
func (r *row) texts() []*string {
	return []*string{
		&r.file, &r.callID, &r.contact, &r.agent, &r.queue, &r.category, &r.customer, &r.direction, &r.said,
		(*string)(&r.fault.code), &r.fault.column,
	}
}

// pack writes the row to be kept.
func (r *row) pack(to []byte) []byte {
	for _, n := range [...]int{r.line, r.place, len(r.fault.code), r.fault.n, len(r.fields)} {
		to = binary.AppendUvarint(to, uint64(n))
	}
	for _, n := range [...]int64{r.start, r.updated, r.offset, int64(r.duration)} {
		to = binary.AppendVarint(to, n)
	}
	to = strconv.AppendBool(to, r.guessed)[:len(to)+1] // t or f
	for _, text := range [...]string{
		r.file, r.callID, r.contact, r.agent, r.queue, r.category, r.customer, r.direction, r.said, string(r.fault.code), r.fault.column,
	} {
		to = appendText(to, text)
	}
	for _, f := range r.fields {
		to = appendText(appendText(to, f.Name), f.Value.Open())
	}
	return to
}

func appendText(to []byte, text string) []byte {
	return append(binary.AppendUvarint(to, uint64(len(text))), text...)
}

// An unpacker reads what pack wrote.
type unpacker struct {
	rest string
	bad  bool
}

func (u *unpacker) number() uint64 {
	n, size := binary.Uvarint([]byte(u.rest[:min(len(u.rest), binary.MaxVarintLen64)]))
	if size <= 0 {
		u.bad, size = true, 0
	}
	u.rest = u.rest[size:]
	return n
}

func (u *unpacker) signed() int64 {
	n := u.number()
	return int64(n>>1) ^ -int64(n&1)
}

func (u *unpacker) text() string {
	n := u.number()
	if n > uint64(len(u.rest)) {
		u.bad = true
		return ""
	}
	text := u.rest[:n]
	u.rest = u.rest[n:]
	return text
}

// unpack reads a row back.
func unpack(record []byte) (row, error) {
	u := unpacker{rest: string(record)}
	r := row{line: int(u.number()), place: int(u.number())}
	_ = u.number() // whether it has a fault, for those who look no further
	r.fault.n = int(u.number())
	fields := int(u.number())
	r.start, r.updated, r.offset, r.duration = u.signed(), u.signed(), u.signed(), time.Duration(u.signed())
	if u.rest != "" {
		r.guessed, u.rest = u.rest[0] == 't', u.rest[1:]
	}
	for _, text := range r.texts() {
		*text = u.text()
	}
	for range fields {
		r.fields = append(r.fields, review.Field{Name: u.text(), Value: review.Hide(u.text())})
		if u.bad {
			break
		}
	}
	if r.fault.line = r.line; u.bad {
		return r, fmt.Errorf("line %d was not kept whole", r.line)
	}
	return r, nil
}

// meta is what the row tells of its recording.
func (r *row) meta() desk.Meta {
	m := desk.Meta{
		CallID: cmp.Or(r.contact, r.callID), Duration: r.duration, Customer: review.Hide(r.customer),
		Agent: review.Hide(r.agent), Queue: r.queue, Category: r.category, Direction: r.direction, Fields: r.fields,
	}
	if r.start != unset {
		m.Start, m.StartSaid, m.ZoneGuessed = time.UnixMilli(r.start).UTC(), r.said, r.guessed
		m.Zone = m.Start.In(time.FixedZone("", int(r.offset))).Format("-07:00")
	}
	return m
}

// tells is what the row says by name, for those who ask why it did not join.
func (r *row) tells() []review.Field {
	var said []review.Field
	say := func(name desk.Meaning, value string) {
		if value != "" {
			said = append(said, review.Field{Name: string(name), Value: review.Hide(value)})
		}
	}
	say(desk.MeansFile, r.file)
	say(desk.MeansCall, r.callID)
	say(desk.MeansContact, r.contact)
	if r.start != unset {
		say(desk.MeansStart, time.UnixMilli(r.start).UTC().Format(time.RFC3339))
	}
	if r.duration > 0 {
		say(desk.MeansDuration, strconv.FormatFloat(r.duration.Seconds(), 'f', -1, 64))
	}
	say(desk.MeansAgent, r.agent)
	say(desk.MeansQueue, r.queue)
	say(desk.MeansCategory, r.category)
	say(desk.MeansCustomer, r.customer)
	say(desk.MeansDirection, r.direction)
	return said
}

// same reports whether two rows about one recording say the same of it.
func (r *row) same(other *row) bool {
	a, b := r.texts(), other.texts()
	for i := range a {
		if *a[i] != *b[i] && a[i] != &r.said {
			return false
		}
	}
	if len(r.fields) != len(other.fields) {
		return false
	}
	for i, f := range r.fields {
		if f != other.fields[i] {
			return false
		}
	}
	return r.start == other.start && r.duration == other.duration
}
