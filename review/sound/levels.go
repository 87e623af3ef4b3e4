package sound

// Levels, as a part of full scale.
const (
	quietestSpeech = 0.0056 // -45 dBFS: below it is line noise, not someone speaking
	nothing        = 0.0003 // -70 dBFS: below it is nothing, however quiet the rest
	aboveNoise     = 2      // 6 dB
	belowLoud      = 5.6    // 15 dB: the softer half of one voice
)

// thresholds is, for each channel, the level above which a block is more than
// its line's noise: -45 dBFS, or 6 dB above the noise floor, which is the tenth
// percentile. Where nobody ever pauses that is speech too, and where a whole
// recording is quiet all of it lies below -45 dBFS; so both bounds stay well
// below what is loud, on the channel and in the recording.
func (p *Peaks) thresholds(of func(block) int16) []float64 {
	least := make([]float64, len(p.blocks))
	var loudest float64
	for c, blocks := range p.blocks {
		l := newLevels(blocks, of)
		noise, loud := l.percentile(10), l.percentile(98)
		least[c] = min(aboveNoise*noise, loud/belowLoud)
		loudest = max(loudest, loud)
	}
	for c := range least {
		least[c] = max(nothing, least[c], min(quietestSpeech, loudest/belowLoud))
	}
	return least
}

// levels counts the blocks at each level.
type levels struct {
	counts []int // by level, full scale 32767
	total  int
}

func newLevels(blocks []block, of func(block) int16) levels {
	l := levels{make([]int, fullScale+1), len(blocks)}
	for _, b := range blocks {
		l.counts[of(b)]++
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
