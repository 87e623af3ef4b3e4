package playback

import "github.com/earshot-app/earshot/review"

// Assemble makes one source of a call's recordings, each opened as the source of
// its number: the two legs of a part side by side, the customer on the first
// channel, and the parts one after the other. A leg without its partner is heard
// as it is. It needs at least one recording; closing it closes all.
func Assemble(recordings []review.Recording, sources []Source) Source {
	var parts []Source
	for i := 0; i < len(sources); i++ {
		if i+1 < len(sources) && arePartners(recordings[i], recordings[i+1]) {
			parts = append(parts, Pair(sources[i], sources[i+1], recordings[i+1].Offset-recordings[i].Offset))
			i++
			continue
		}
		parts = append(parts, sources[i])
	}
	return Join(parts...)
}

// arePartners reports whether two recordings are the legs of one part, the
// customer's before the agent's.
func arePartners(a, b review.Recording) bool {
	return a.Part == b.Part && a.Leg == review.CustomerLeg && b.Leg == review.AgentLeg
}
