package mp3

import "sort"

// maxMarks bounds the index: 64 kilobytes, whatever the length.
const maxMarks = 4096

// An index remembers where some frames begin, so that a walk to one need not
// begin at the first. It grows as frames are passed; when it is full, every
// other one is forgotten and only half as many are remembered from then on.
type index struct {
	start walker
	marks []mark
	step  int64 // frames from mark to mark
}

type mark struct{ number, at int64 }

func newIndex(start walker) *index { return &index{start: start, step: 8} }

// add may remember where a frame begins. Those of a damaged part do not begin
// anywhere.
func (x *index) add(p place) {
	if p.lost || len(x.marks) > 0 && p.number < x.marks[len(x.marks)-1].number+x.step {
		return
	}
	if len(x.marks) == maxMarks {
		for i := range maxMarks / 2 {
			x.marks[i] = x.marks[2*i]
		}
		x.marks, x.step = x.marks[:maxMarks/2], 2*x.step
	}
	x.marks = append(x.marks, mark{p.number, p.at})
}

// walkTo returns a walker of which the next frame has this number.
func (x *index) walkTo(number int64) walker {
	w := x.start
	after := sort.Search(len(x.marks), func(i int) bool { return x.marks[i].number > number })
	if after > 0 {
		m := x.marks[after-1]
		w.number, w.at = m.number, m.at
	}
	for w.number < number {
		p, ok := w.next()
		if !ok {
			break
		}
		x.add(p)
	}
	return w
}
