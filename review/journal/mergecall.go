package journal

// TypeCallMerged says that two calls of a catalogue are one contact. It cannot
// be undone, as what an import found cannot.
const TypeCallMerged Type = "call.merged"

// CallMerged makes From a part of Into, the call that the library knew first.
// All that the story tells of From, before and after, is told of Into, After
// milliseconds later: that is where From's recordings begin in the whole.
type CallMerged struct {
	From  string `json:"from"`
	Into  string `json:"into"`
	After int64  `json:"after_ms,omitempty"`
}

// Type implements [Body].
func (CallMerged) Type() Type { return TypeCallMerged }

// Contacts say which calls are parts of others, by uid. A call that is whole is
// not among them.
type Contacts map[string]part

// A part begins so many milliseconds after the whole that stayed.
type part struct {
	whole string
	after int64
}

// MergeCalls makes the contacts of merges in the order of the story. A merge
// of calls that are one already says nothing new.
func MergeCalls(merges []CallMerged) Contacts {
	c := Contacts{}
	for _, m := range merges {
		from, within := c.stayed(m.From)
		into, after := c.stayed(m.Into)
		if from != into {
			c[from] = part{into, after + m.After - within}
		}
	}
	for uid := range c {
		_, _ = c.stayed(uid) // shortens the way
	}
	return c
}

// stayed follows uid to the call that stayed, says how long after its begin uid's
// is, and shortens the way there.
func (c Contacts) stayed(uid string) (whole string, after int64) {
	whole = uid
	for p, is := c[whole]; is; p, is = c[whole] {
		whole, after = p.whole, after+p.after
	}
	for left := after; uid != whole; {
		p := c[uid]
		c[uid] = part{whole, left}
		uid, left = p.whole, left-p.after
	}
	return whole, after
}

// Of is the call that stayed of uid's contact.
func (c Contacts) Of(uid string) string {
	if p, is := c[uid]; is {
		return p.whole
	}
	return uid
}

// About answers the change as one of the call that stayed, at its time there.
func (c Contacts) About(change Change) Change {
	p, is := c[change.Subject()]
	if !is {
		return change
	}
	later := func(at *int64) { *at = max(0, *at+p.after) }
	switch moved := About(change, p.whole).(type) {
	case AddMoment:
		later(&moved.At)
		if moved.Until > 0 {
			later(&moved.Until)
		}
		return moved
	case MoveMoment:
		later(&moved.At)
		if moved.Until > 0 {
			later(&moved.Until)
		}
		return moved
	case AddPraise:
		later(&moved.At)
		return moved
	default:
		return moved
	}
}

// About answers the change as one of the call uid, when it is one of a call.
func About(change Change, uid string) Change {
	switch c := change.(type) {
	case AddMoment:
		c.Call = uid
		return c
	case MoveMoment:
		c.Call = uid
		return c
	case DealMoment:
		c.Call = uid
		return c
	case RemoveMoment:
		c.Call = uid
		return c
	case SetWords:
		c.Call = uid
		return c
	case AddPraise:
		c.Call = uid
		return c
	case RemovePraise:
		c.Call = uid
		return c
	}
	return standAbout(change, uid)
}

// standAbout is [About] for what changes how a call stands as a whole.
func standAbout(change Change, uid string) Change {
	switch c := change.(type) {
	case HearCall:
		c.Call = uid
		return c
	case SkipCall:
		c.Call = uid
		return c
	case PickCall:
		c.Call = uid
		return c
	case DrawCall:
		c.Call = uid
		return c
	case PassCall:
		c.Call = uid
		return c
	}
	return change
}
