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
	if !h.Calls[call] || Words(body) == "" {
		return body, false
	}
	switch body := body.(type) {
	case MomentAdded:
		body.Words = ""
		return body, true
	case WordsChanged:
		body.Words = ""
		return body, true
	case PraiseAdded:
		body.Words = ""
		return body, true
	case CallSkipped:
		body.Reason = ""
		return body, true
	case Revealed:
		body.Reason = ""
		return body, true
	}
	return body, false
}

// Words are what a body says of a call in somebody's own words, "" for nothing.
func Words(b Body) string {
	switch b := b.(type) {
	case MomentAdded:
		return b.Words
	case WordsChanged:
		return b.Words
	case PraiseAdded:
		return b.Words
	case CallSkipped:
		return b.Reason
	case Revealed:
		return b.Reason
	}
	return ""
}
