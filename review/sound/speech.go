package sound

import (
	"slices"
	"time"
)

// Times that make words of sounds.
const (
	longestBreath = 300 * time.Millisecond // within one stretch of speech
	shortestWord  = 100 * time.Millisecond // below it is a click
	shortestTalk  = 300 * time.Millisecond // of both: below it is a nod
)

// Speech is where someone speaks on any channel, as far as the pass has come.
// It goes by level alone, so music on hold counts as speech; it is meant for
// "how much of what was said has been heard", which does not ask who spoke.
func (p *Peaks) Speech() []Span {
	p.mu.RLock()
	defer p.mu.RUnlock()
	least := p.thresholds(block.root)
	var loud []Span
	for c := range p.blocks {
		loud = append(loud, p.loud(c, least[c])...)
	}
	return words(Union(loud...))
}

// TalkOver is where both channels speak at once for 0.3 s or longer, as far as
// the pass has come. One channel talks over nobody.
func (p *Peaks) TalkOver() []Span {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.channels < 2 {
		return nil
	}
	least := p.thresholds(block.root)
	first, second := words(p.loud(0, least[0])), words(p.loud(1, least[1]))
	both := shared(first, second)
	return slices.DeleteFunc(both, func(s Span) bool { return s.To-s.From < shortestTalk })
}

// loud is where a channel's level lies above least.
func (p *Peaks) loud(channel int, least float64) []Span {
	var loud []Span
	for i, b := range p.blocks[channel] {
		switch last := len(loud) - 1; {
		case b.level() <= least:
		case last >= 0 && loud[last].To == p.time(i):
			loud[last].To = p.time(i + 1)
		default:
			loud = append(loud, Span{p.time(i), p.time(i + 1)})
		}
	}
	return loud
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
