package playback

// bulk reads a source in large blocks for whoever wants small ones: a read of
// a file costs the same for twenty milliseconds as for half a second.
type bulk struct {
	Source
	block []float32
	ready []float32 // of block, not asked for yet
}

// blockFrames are read at once.
const blockFrames = 4096

func inBulk(s Source) *bulk {
	return &bulk{Source: s, block: make([]float32, blockFrames*s.Channels())}
}

// ReadFrames implements [Source].
func (b *bulk) ReadFrames(dst []float32) (int, error) {
	if len(b.ready) == 0 {
		n, err := b.Source.ReadFrames(b.block)
		if n == 0 {
			return 0, err
		}
		b.ready = b.block[:n*b.Channels()]
	}
	n := copy(dst, b.ready)
	b.ready = b.ready[n:]
	return n / b.Channels(), nil
}

// SeekFrame implements [Source].
func (b *bulk) SeekFrame(frame int64) error {
	b.ready = nil
	return b.Source.SeekFrame(frame)
}
