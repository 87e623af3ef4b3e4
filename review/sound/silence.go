package sound

import "time"

// longestPause is how long nobody may make a sound before it is silence.
const longestPause = 1500 * time.Millisecond

// Silences is where no channel makes a sound for more than one and a half
// seconds, as far as the pass has come. A channel makes one where a sample
// lies above -45 dBFS and 6 dB above its noise floor; so on a quiet line these
// are the gaps that ffmpeg's silencedetect finds at -45 dB, to the block. Music
// on hold is no silence, and a click ends one.
func (p *Peaks) Silences() []Span {
	p.mu.RLock()
	defer p.mu.RUnlock()
	least := p.thresholds(block.extreme)
	var silences []Span
	begin := 0
	for i := range len(p.blocks[0]) + 1 {
		if i < len(p.blocks[0]) && p.silent(i, least) {
			continue
		}
		if s := (Span{p.time(begin), p.time(i)}); s.To-s.From > longestPause {
			silences = append(silences, s)
		}
		begin = i + 1
	}
	return silences
}

func (p *Peaks) silent(i int, least []float64) bool {
	for c, blocks := range p.blocks {
		if blocks[i].peak() > least[c] {
			return false
		}
	}
	return true
}
