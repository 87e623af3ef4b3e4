package journal

// A Hush says of which calls only the words are forgotten: what was noted of
// them, and the reasons that were given.
type Hush struct {
	Calls map[string]bool // by uid
	Words []string        // what was noted of them: an issue may quote it
}

// Bury answers the tombstone of s, which says all that s said but the words, or
// false where s has none. It answers [BadEvent].
func (h Hush) Bury(s Signed) (Signed, bool, error) { return bury(s, h.keep) }

func (h Hush) keep(body Body) (kept Body, found bool) {
	if d, ok := body.(IssueDescribed); ok {
		return Burial{Words: h.Words}.described(d)
	}
	call := CallOf(body)
	if r, ok := body.(Revealed); ok {
		call = r.Call
	}
	said, silent := silenced(body)
	return silent, h.Calls[call] && said != ""
}

// Words are what a body notes of a call in somebody's own words, "" for nothing. A
// reason is none: it may be the same of many calls.
func Words(b Body) string {
	switch b.(type) {
	case CallSkipped, Revealed:
		return ""
	}
	said, _ := silenced(b)
	return said
}

// silenced answers the words of a body, and the body without them.
func silenced(b Body) (said string, silent Body) {
	switch b := b.(type) {
	case MomentAdded:
		said, b.Words = b.Words, ""
		return said, b
	case WordsChanged:
		said, b.Words = b.Words, ""
		return said, b
	case PraiseAdded:
		said, b.Words = b.Words, ""
		return said, b
	case CallSkipped:
		said, b.Reason = b.Reason, ""
		return said, b
	case Revealed:
		said, b.Reason = b.Reason, ""
		return said, b
	}
	return "", b
}
