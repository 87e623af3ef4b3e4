package catalog

import (
	"path"
	"strings"

	"github.com/earshot-app/earshot/review"
)

// sides are how the file names of the two legs of a call end, behind a hyphen,
// an underscore or a dot. Asterisk's Monitor, and VICIdial with it, end them in
// "in" and "out", as heard from the line that is recorded: in is what comes from
// the caller. MixMonitor's options r() and t() take names of the
// administrator's choice for what is received and what is transmitted.
var sides = []struct{ customer, agent string }{
	{"in", "out"},
	{"rx", "tx"},
	{"r", "t"},
	{"caller", "agent"},
	{"customer", "agent"},
	{"client", "agent"},
}

// A legName is what the name of a file says of the leg that it may be.
type legName struct {
	leg   review.Leg
	whole string // the name without the leg, as a recording of the whole call would have it
	pair  string // the same for both legs, and for no other file
}

// legOf reads the name of a file; ok is false for one that tells of no leg.
func legOf(name string) (l legName, ok bool) {
	extension := path.Ext(name)
	rest := strings.TrimSuffix(name, extension)
	cut := strings.LastIndexAny(rest, "-_.")
	if cut <= strings.LastIndexByte(rest, '/')+1 {
		return legName{}, false
	}
	for _, s := range sides {
		l.pair = rest[:cut+1] + "{" + s.agent + "}" + extension
		l.whole = rest[:cut] + extension
		switch {
		case strings.EqualFold(rest[cut+1:], s.customer):
			l.leg = review.CustomerLeg
			return l, true
		case strings.EqualFold(rest[cut+1:], s.agent):
			l.leg = review.AgentLeg
			return l, true
		}
	}
	return legName{}, false
}
