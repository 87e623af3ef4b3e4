package session

import "time"

// How long before everybody starts the host says so.
const (
	leastLead = 300 * time.Millisecond
	mostLead  = time.Second
)

// Lead is how long before it takes effect a start is told, when the slowest
// member's round trip is this long: all should have it by then, and nobody
// waits for one for ever.
func Lead(slowest time.Duration) time.Duration {
	return min(max(leastLead, 2*slowest), mostLead)
}

// At is where the call is at a time of the host's clock. Before a start that
// was told ahead it is where it will start.
func (p Play) At(host time.Time) time.Duration {
	at := time.Duration(p.PosMS) * time.Millisecond
	if gone := host.Sub(time.UnixMilli(p.AtHost)); p.Playing && gone > 0 {
		at += time.Duration(float64(gone) * p.Rate)
	}
	return at
}

// Order answers what the host plays once it grants what a member, or the host
// themself, asks for. What starts sound starts in lead; what ends it, or only
// changes speed or whose player is heard, is now. Opening a call stands at its beginning.
func (p Play) Order(a Ask, by string, now time.Time, lead time.Duration) Play {
	at := p.At(now)
	p.Epoch, p.By = p.Epoch+1, by
	switch a.Do {
	case AskPlay:
		p.Playing = true
	case AskPause:
		p.Playing = false
	case AskSeek:
		at = max(0, time.Duration(a.PosMS)*time.Millisecond)
	case AskRate:
		p.Rate = a.Rate
	case AskOpen:
		p.Round, p.Playing, at = a.Round, false, 0
	case AskOnly:
		p.Only = by
	case AskAll:
		p.Only = ""
	}
	if p.Rate <= 0 {
		p.Rate = 1
	}
	if a.Do == AskOnly || a.Do == AskAll {
		return p // what plays goes on as it was told, also where it has not begun
	}
	p.PosMS, p.AtHost = at.Milliseconds(), now.UnixMilli()
	if p.Playing && a.Do != AskRate {
		p.AtHost = now.Add(lead).UnixMilli()
	}
	return p
}
