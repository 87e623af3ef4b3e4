package sound

import (
	"slices"
	"time"
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
	least := p.thresholds(block.level)
	for c, blocks := range p.blocks {
		for i, b := range blocks {
			if b.level() > least[c] {
				loud = append(loud, Span{p.time(i), p.time(i + 1)})
			}
		}
	}
	return words(Union(loud...))
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
