package journal

// TypeCallMerged says that two calls of a catalogue are one contact. It cannot
// be undone, as what an import found cannot.
const TypeCallMerged Type = "call.merged"

// CallMerged makes From a part of Into, the call that the library knew first.
// All that the story tells of From, before and after, is told of Into.
type CallMerged struct {
	From string `json:"from"`
	Into string `json:"into"`
}

// Type implements [Body].
func (CallMerged) Type() Type { return TypeCallMerged }

// Contacts say which calls are parts of others, by uid: each is given the one
// that stayed. A call that is whole is not among them.
type Contacts map[string]string

// MergeCalls makes the contacts of merges in the order of the story. A merge
// of calls that are one already says nothing new.
func MergeCalls(merges []CallMerged) Contacts {
	c := Contacts{}
	for _, m := range merges {
		if from, into := c.stayed(m.From), c.stayed(m.Into); from != into {
			c[from] = into
		}
	}
	for part := range c {
		c[part] = c.stayed(part)
	}
	return c
}

// stayed follows uid to the call that stayed, and shortens the way there.
func (c Contacts) stayed(uid string) string {
	whole := uid
	for c[whole] != "" {
		whole = c[whole]
	}
	for uid != whole {
		uid, c[uid] = c[uid], whole
	}
	return whole
}

// Of is the call that stayed of uid's contact.
func (c Contacts) Of(uid string) string {
	if whole, part := c[uid]; part {
		return whole
	}
	return uid
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
