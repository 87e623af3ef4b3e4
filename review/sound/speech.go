package sound

import (
	"math"
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
			if b.level() > least {
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
	l := newLevels(blocks, block.level)
	noise, loud := l.percentile(10), l.percentile(95)
	return max(silence, min(max(aboveNoise*noise, quietestSpeech), loud/belowLoud))
}

// levels counts the blocks at each level.
type levels struct {
	counts []int // by level, full scale 32767
	total  int
}

func newLevels(blocks []block, of func(block) float64) levels {
	l := levels{make([]int, fullScale+1), len(blocks)}
	for _, b := range blocks {
		l.counts[int(math.Round(of(b)*fullScale))]++
	}
	return l
}

// percentile is the level that so many in a hundred blocks do not exceed.
func (l levels) percentile(percent int) float64 {
	rank := (l.total - 1) * percent / 100
	for level, n := range l.counts {
		if rank -= n; rank < 0 && l.total > 0 {
			return float64(level) / fullScale
		}
	}
	return 0
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
