package sound

import (
	"slices"
	"time"
)

// Levels, as a part of full scale.
const (
	quietestSpeech = 0.0056 // -45 dBFS: below it is line noise, not someone speaking
	silence        = 0.0003 // -70 dBFS: below it is nothing, however quiet the rest
	aboveNoise     = 2      // 6 dB
	belowLoud      = 5.6    // 15 dB: the softer half of one voice
)

// Times that make words of sounds.
const (
	longestBreath = 300 * time.Millisecond // within one stretch of speech
	shortestWord  = 100 * time.Millisecond // below it is a click
)

// Speech is where someone speaks on any channel, as far as the pass has come.
// It goes by level alone, so music on hold counts as speech; it is meant for
// "how much of what was said has been heard", which does not ask who spoke.
func (p *Peaks) Speech() []Span {
	p.mu.RLock()
	defer p.mu.RUnlock()
	var loud []Span
	for _, blocks := range p.blocks {
		least := threshold(blocks)
		for i, b := range blocks {
			if float64(b.rms)/32767 > least {
				loud = append(loud, Span{p.time(i), p.time(i + 1)})
			}
		}
	}
	return words(Union(loud...))
}

// threshold is the level above which a channel's blocks are speech. The noise
// floor is the tenth percentile. Where nobody ever pauses that is speech too,
// so the threshold stays well below what is loud; this also lets a recording
// that is quiet throughout be heard as speech.
func threshold(blocks []block) float64 {
	levels := make([]int16, len(blocks))
	for i, b := range blocks {
		levels[i] = b.rms
	}
	slices.Sort(levels)
	noise, loud := percentile(levels, 10), percentile(levels, 95)
	return max(silence, min(max(aboveNoise*noise, quietestSpeech), loud/belowLoud))
}

func percentile(sorted []int16, percent int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return float64(sorted[(len(sorted)-1)*percent/100]) / 32767
}

// words bridges breaths and drops clicks.
func words(loud []Span) []Span {
	var spans []Span
	for _, s := range loud {
		if last := len(spans) - 1; last >= 0 && s.From-spans[last].To < longestBreath {
			spans[last].To = s.To
			continue
		}
		spans = append(spans, s)
	}
	return slices.DeleteFunc(spans, func(s Span) bool { return s.To-s.From < shortestWord })
}
